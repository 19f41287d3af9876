package io.gmq.engine.api;

/**
 * Every command the engine knows, with the byte that stands for it in records. The codes are part of the journal's format:
 * they are never reused and never renumbered.
 */
public enum CommandType {
    /** A host begins (or begins again): sets the limits and ends every connection of the process before. */
    START(1, "start"),
    /** A connection is gone. */
    CLOSE(2, "close"),
    /** Time has passed: whatever is due happens now. */
    TICK(3, "tick"),
    PUBLISH(4, "publish"),
    TAKE(5, "take"),
    ACK(6, "ack"),
    NACK(7, "nack"),
    EXTEND(8, "extend"),
    LENGTH(9, "length"),
    QUEUES(10, "queues"),
    HELLO(11, "hello"),
    PING(12, "ping"),
    /** A request that could not be decoded; it takes its place in the order of replies, and touches no state. */
    REJECT(13, "reject"),
    PARK(14, "park"),
    KICK(15, "kick"),
    PEEK(16, "peek"),
    ATOMIC(17, "atomic"),
    CONSUME(18, "consume"),
    CREDIT(19, "credit"),
    CANCEL(20, "cancel"),
    BIND(21, "bind"),
    UNBIND(22, "unbind"),
    CONFIGURE(23, "configure"),
    DESCRIBE(24, "describe"),
    PURGE(25, "purge"),
    DELETE(26, "delete"),
    /** So much of what was pushed to a connection has gone out: there is room for more. */
    DRAINED(27, "drained"),
    /**
     * A place in the journal at which the host has the state told ({@link StateMachine#beginCheckpoint}). Changes nothing, and is
     * recorded all the same.
     */
    CHECKPOINT(28, "checkpoint"),
    /** What the state at the last {@link #CHECKPOINT} before hashes to. Changes nothing, and is recorded all the same. */
    DIGEST(29, "digest"),
    /** What the host can store has changed: the room on its disk has run low or is back, its database has gone away or is back. */
    STORAGE(30, "storage");

    private static final CommandType[] BY_CODE = new CommandType[31];

    static {
        for (final CommandType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final byte code;
    private final String operation;

    CommandType(final int code, final String operation) {
        this.code = (byte) code;
        this.operation = operation;
    }

    public byte code() {
        return code;
    }

    /** Whether it changes nothing and is recorded all the same, since its place among the records means something. */
    public boolean isMark() {
        return this == CHECKPOINT || this == DIGEST;
    }

    /** Whether a client asks with it for a change, which would have to be stored. */
    public boolean asksForChange() {
        return switch (this) {
            case PUBLISH, TAKE, ACK, NACK, EXTEND, PARK, KICK, ATOMIC, CONSUME, CREDIT, CANCEL, BIND, UNBIND, CONFIGURE, PURGE, DELETE -> true;
            default -> false;
        };
    }

    /** The word for it in the protocol and in documents. */
    public String operation() {
        return operation;
    }

    /**
     * @param code the byte of a record.
     * @return the type.
     * @throws IllegalArgumentException if no command has this code: the record is of a newer version, or damaged.
     */
    public static CommandType of(final byte code) {
        final CommandType type = code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (type == null) {
            throw new IllegalArgumentException("unknown command code " + code);
        }
        return type;
    }
}
