package io.gmq.engine.api;

/** Why a request was refused. The words are part of the wire protocol and stable. */
public enum RefusalCode {
    BAD_JSON("bad_json"),
    BAD_REQUEST("bad_request"),
    BAD_PAYLOAD("bad_payload"),
    UNKNOWN_OPERATION("unknown_operation"),
    FRAME_TOO_LARGE("frame_too_large"),
    MESSAGE_TOO_LARGE("message_too_large"),
    QUEUE_FULL("queue_full"),
    TOO_MANY_QUEUES("too_many_queues"),
    NO_SUCH_QUEUE("no_such_queue"),
    NOT_LEASED("not_leased"),
    NOT_EMPTY("not_empty"),
    UNSUPPORTED("unsupported"),
    STORAGE_FULL("storage_full"),
    OVERLOADED("overloaded"),
    SHUTTING_DOWN("shutting_down"),
    UNAUTHORIZED("unauthorized"),
    FORBIDDEN("forbidden");

    private static final RefusalCode[] BY_CODE = values();

    private final String word;

    RefusalCode(final String word) {
        this.word = word;
    }

    /** The code as it stands in a reply. */
    public String word() {
        return word;
    }

    public byte code() {
        return (byte) ordinal();
    }

    public static RefusalCode of(final byte code) {
        return BY_CODE[code];
    }
}
