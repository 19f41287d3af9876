package io.gmq.transport.ingress;

import io.gmq.transport.codec.Right;

/** The rights that a user has, by name. Any thread's, without a lock. */
@FunctionalInterface
public interface NameRights {
    /** Every right on everything. Recognised by identity. */
    NameRights ALL = (name, length) -> -1;

    /**
     * The rights on a queue or topic, as {@link Right#bit bits}.
     *
     * @param name   begins with the name, in UTF-8; the caller's, valid during the call.
     * @param length of the name in bytes.
     */
    int of(byte[] name, int length);
}
