package io.gmq.transport.tcp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers connections, and counts those that are open over all selectors, in all and by the address they come from, and those that were
 * sent away or ended at some bound. Any thread's.
 *
 * <p>Of IPv6 the first 64 bits count as one address, since whoever has one address of such a network has all of them.
 */
public final class ConnectionCount {
    private final BoundCounts bounds = new BoundCounts();
    private final AtomicLong lastId;
    private final AtomicInteger open = new AtomicInteger();
    private final int max;
    private final int maxPerAddress;
    /** Of the two only where there is a bound per address that matters. */
    private final ConcurrentHashMap<SocketChannel, Long> origins = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Integer> perOrigin = new ConcurrentHashMap<>();

    /**
     * @param max           connections that may be open at once.
     * @param maxPerAddress the same from one address.
     * @param lastId        the number after which the numbers of this process begin.
     */
    public ConnectionCount(final int max, final int maxPerAddress, final long lastId) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.lastId = new AtomicLong(lastId);
    }

    long nextId() {
        return lastId.incrementAndGet();
    }

    /**
     * Counts one more, unless there are as many as may be.
     *
     * @return the bound that it would be beyond, or {@code null} if it is admitted.
     * @throws IOException if the client is gone already; then it is not counted.
     */
    Bound tryEnter(final SocketChannel client) throws IOException {
        final boolean isPerAddress = maxPerAddress < max;
        final long origin = isPerAddress ? origin(((InetSocketAddress) client.getRemoteAddress()).getAddress()) : 0;
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return Bound.CONNECTIONS;
        }
        if (isPerAddress) {
            if (perOrigin.merge(origin, 1, Integer::sum) > maxPerAddress) {
                leaveOrigin(origin);
                open.decrementAndGet();
                return Bound.CONNECTIONS_OF_ADDRESS;
            }
            origins.put(client, origin);
        }
        return null;
    }

    /** A client that was admitted is gone. */
    void leave(final SocketChannel client) {
        final Long origin = origins.remove(client);
        if (origin != null) {
            leaveOrigin(origin);
        }
        open.decrementAndGet();
    }

    private void leaveOrigin(final Long origin) {
        perOrigin.computeIfPresent(origin, (key, count) -> count == 1 ? null : count - 1);
    }

    /** IPv4 addresses have 32 bits, and no IPv6 network in use begins with 32 bits of zeros. */
    static long origin(final InetAddress address) {
        final ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? bytes.getLong() : bytes.getInt() & 0xFFFF_FFFFL;
    }

    /** How often the bounds were reached that end connections. */
    public BoundCounts bounds() {
        return bounds;
    }

    public int open() {
        return open.get();
    }

    public int max() {
        return max;
    }

    int maxPerAddress() {
        return maxPerAddress;
    }
}
