package io.gmq.engine.kit;

import io.gmq.engine.api.MessageState;

/** What a peek asks for; one ready message unless it says so. */
public record Peek(String queue, MessageState state, int max, int replyBytesMax, int expansion) {
    private static final int PLENTY = 1 << 30;

    public static Peek at(final String queue) {
        return new Peek(queue, MessageState.READY, 1, PLENTY, 4);
    }

    public Peek state(final MessageState its) {
        return new Peek(queue, its, max, replyBytesMax, expansion);
    }

    public Peek max(final int its) {
        return new Peek(queue, state, its, replyBytesMax, expansion);
    }

    public Peek room(final int bytes, final int expandsTo) {
        return new Peek(queue, state, max, bytes, expandsTo);
    }
}
