package io.gmq.broker.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds failed attempts to log in: of each address, and of all together. An address of IPv6 stands for its network of 64 bits, which
 * one client has to itself. The gate's thread's.
 */
final class Throttle {
    /** An address may fail so often at once, and then once a second. */
    static final int ADDRESS_MAX = 10;
    static final long ADDRESS_REFILL_MS = 1000;
    /** All together may fail so often at once, and then five times a second: each takes tens of milliseconds of a core. */
    static final int ALL_MAX = 50;
    static final long ALL_REFILL_MS = 200;
    /** Addresses that are remembered; the one that has failed longest ago is forgotten first. */
    static final int ADDRESSES_MAX = 16_384;

    private static final int IPV6_NETWORK_LENGTH = 8;

    private final Map<ByteBuffer, TokenBucket> addresses = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<ByteBuffer, TokenBucket> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };
    private final TokenBucket all;

    Throttle(final long nowMs) {
        all = new TokenBucket(ALL_MAX, ALL_REFILL_MS, nowMs);
    }

    /** How long this address has failed too often, or 0. */
    long waitOfAddressMs(final InetAddress address, final long nowMs) {
        final TokenBucket bucket = addresses.get(key(address));
        return bucket == null ? 0 : bucket.waitMs(nowMs);
    }

    /** How long all together have failed too often, or 0. */
    long waitOfAllMs(final long nowMs) {
        return all.waitMs(nowMs);
    }

    /** An attempt from there has failed. */
    void failed(final InetAddress address, final long nowMs) {
        all.tryTake(nowMs);
        countForAddress(address, nowMs);
    }

    /** An attempt from there was not what is known of the user, and was not looked at further. */
    void countForAddress(final InetAddress address, final long nowMs) {
        addresses.computeIfAbsent(key(address), unseen -> new TokenBucket(ADDRESS_MAX, ADDRESS_REFILL_MS, nowMs)).tryTake(nowMs);
    }

    private static ByteBuffer key(final InetAddress address) {
        if (address == null) {
            return ByteBuffer.allocate(0);
        }
        final byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_LENGTH) : bytes);
    }
}
