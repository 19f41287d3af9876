package io.gmq.transport.codec;

/** What a connection may do. Asked by its selector's thread, once a request is known to be good. */
@FunctionalInterface
public interface Permission {
    /** Everything. Recognised by identity, so that whoever has it is not asked for each name. */
    Permission ALL = (right, name, length) -> true;

    /**
     * Whether it has a right.
     *
     * @param name   begins with the name of a queue or topic, in UTF-8; the caller's, valid during the call.
     * @param length of the name in bytes; 0 where the right is not about one.
     */
    boolean allows(Right right, byte[] name, int length);
}
