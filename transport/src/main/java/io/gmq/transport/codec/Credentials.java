package io.gmq.transport.codec;

import java.util.Arrays;

/**
 * What a request says in {@code auth}. Kept as copies, since whoever checks them does so later and elsewhere; overwritten by the
 * next request. Belongs to one selector's thread.
 */
public final class Credentials {
    /** Bytes of either that are kept: the longest password that there can be, as one of the original's tokens. */
    public static final int LENGTH_MAX = 2 * (1024 + 64);

    private byte[] user;
    private byte[] password;

    void clear() {
        user = null;
        password = null;
    }

    /** Keeps one of the two; what is longer than any that is valid is cut, and so stays wrong. */
    void set(final Member member, final byte[] text, final int from, final int length) {
        final byte[] copy = Arrays.copyOfRange(text, from, from + Math.min(length, LENGTH_MAX));
        if (member == Member.USER) {
            user = copy;
        } else {
            password = copy;
        }
    }

    /** Whether there are both, and the user's name says something. */
    public boolean areGiven() {
        return user != null && user.length > 0 && password != null;
    }

    /** In UTF-8; the caller's to keep. */
    public byte[] user() {
        return user;
    }

    /** In UTF-8; the caller's to keep, and to wipe. */
    public byte[] password() {
        return password;
    }
}
