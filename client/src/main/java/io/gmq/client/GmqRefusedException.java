package io.gmq.client;

import java.util.OptionalLong;

/** The broker refused a request; nothing has changed in it. {@link #getMessage} is the broker's text for people. */
public final class GmqRefusedException extends GmqException {
    private static final long serialVersionUID = 1L;
    private static final long ABSENT = Long.MIN_VALUE;

    private final String code;
    private final String member;
    private final String queue;
    private final String leader;
    private final long limit;
    private final long actual;
    private final long retryAfterMs;
    private final long offset;
    private final long step;

    GmqRefusedException(final Builder error) {
        super(error.message == null ? "refused: " + error.code : error.message, null);
        code = error.code == null ? "unknown" : error.code;
        member = error.member;
        queue = error.queue;
        leader = error.leader;
        limit = error.limit;
        actual = error.actual;
        retryAfterMs = error.retryAfterMs;
        offset = error.offset;
        step = error.step;
    }

    /** The stable word for the reason, such as {@code queue_full}. */
    public String code() {
        return code;
    }

    /** The member of the request that was at fault, or {@code null}. */
    public String member() {
        return member;
    }

    /** The queue that it was about, or {@code null}. */
    public String queue() {
        return queue;
    }

    /** Another broker to ask instead, as {@code host:port}, or {@code null}. */
    public String leader() {
        return leader;
    }

    /** The bound that was reached. */
    public OptionalLong limit() {
        return optional(limit);
    }

    /** What it is or would have been. */
    public OptionalLong actual() {
        return optional(actual);
    }

    /** After how many milliseconds it makes sense to try again. */
    public OptionalLong retryAfterMs() {
        return optional(retryAfterMs);
    }

    /** Where in a payload the fault is. */
    public OptionalLong offset() {
        return optional(offset);
    }

    /** Which of the {@link Steps} was refused, counted from 0. */
    public OptionalLong step() {
        return optional(step);
    }

    private static OptionalLong optional(final long value) {
        return value == ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The {@code error} of a reply while it is being read. */
    static final class Builder {
        String code;
        String message;
        String member;
        String queue;
        String leader;
        long limit = ABSENT;
        long actual = ABSENT;
        long retryAfterMs = ABSENT;
        long offset = ABSENT;
        long step = ABSENT;

        GmqRefusedException build() {
            return new GmqRefusedException(this);
        }
    }
}
