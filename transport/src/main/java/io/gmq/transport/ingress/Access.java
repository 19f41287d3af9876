package io.gmq.transport.ingress;

import io.gmq.transport.codec.Permission;
import io.gmq.transport.codec.Right;
import java.util.Arrays;

/**
 * What one connection may do, by the account that let it in. A user with every right costs one comparison for each request; for others the
 * rights on the names used last are kept as bits. Belongs to the connection's selector thread; allocates nothing once it knows the names.
 *
 * <pre>
 *   name ─► hash ─► slot: name | rights         a name of the same slot takes its place
 * </pre>
 */
final class Access implements Permission {
    private static final int SLOTS = 16;
    private static final int NAME_LENGTH_MIN = 32;

    private final Account account;
    private final byte[][] names = new byte[SLOTS][];
    private final int[] lengths = new int[SLOTS];
    private final int[] rights = new int[SLOTS];
    /** What the slots were filled from. */
    private NameRights source;

    Access(final Account account) {
        this.account = account;
    }

    Account account() {
        return account;
    }

    /** For the decoder of the next request. */
    Permission permission() {
        return account.rights() == NameRights.ALL ? Permission.ALL : this;
    }

    /** Whether the account has ended since. */
    boolean isRevoked() {
        return account.rights() == null;
    }

    /** Lets one more request in, and returns 0; or says for how many milliseconds the user has sent enough. */
    long tryTake(final long nowMs) {
        final Rate rate = account.rate();
        return rate == null ? 0 : rate.tryTake(nowMs);
    }

    /** Requests a second. */
    long perSecond() {
        final Rate rate = account.rate();
        return rate == null ? 0 : rate.perSecond();
    }

    @Override
    public boolean allows(final Right right, final byte[] name, final int length) {
        final NameRights now = account.rights();
        if (now == NameRights.ALL) {
            return true;
        }
        return now != null && length > 0 && (of(now, name, length) & right.bit()) != 0;
    }

    private int of(final NameRights now, final byte[] name, final int length) {
        if (now != source) {
            Arrays.fill(lengths, 0);
            source = now;
        }
        final int slot = slot(name, length);
        if (lengths[slot] != length || !Arrays.equals(names[slot], 0, length, name, 0, length)) {
            if (names[slot] == null || names[slot].length < length) {
                names[slot] = new byte[Math.max(NAME_LENGTH_MIN, length)];
            }
            System.arraycopy(name, 0, names[slot], 0, length);
            lengths[slot] = length;
            rights[slot] = now.of(name, length);
        }
        return rights[slot];
    }

    private static int slot(final byte[] name, final int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + name[i];
        }
        return (hash ^ hash >>> 15) & SLOTS - 1;
    }
}
