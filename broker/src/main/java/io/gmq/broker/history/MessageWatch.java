package io.gmq.broker.history;

import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;

/** Compares how one message is with how it was one record before. */
final class MessageWatch {
    private final long message;
    private final MessageView view = new MessageView();
    private Sight before;
    private Sight now;

    MessageWatch(final long message) {
        this.message = message;
    }

    /** All that can change about a message; the queue and what the message is are as they were at its publishing. */
    record Sight(
        String queue, MessageState state, int priority, int attempt, long deadlineMs, long expiryMs, long connection, long consumer,
        boolean keep, String reason) {
        boolean isLeased() {
            return state == MessageState.LEASED;
        }
    }

    long message() {
        return message;
    }

    /** How it was before the record; {@code null} if it was not there. */
    Sight before() {
        return before;
    }

    /** How it is after the record; {@code null} if it is not there. */
    Sight now() {
        return now;
    }

    /** Looks again, after a record; says whether anything about it has changed. */
    boolean look(final Witness witness) {
        before = now;
        final boolean isThere = message < witness.nextMessage() && witness.inspector().message(message, view);
        if (isThere) {
            if (before == null || !isSame(before)) {
                now = see(witness);
                return true;
            }
        } else {
            now = null;
        }
        return before == null != (now == null) || witness.delivery(message) != null;
    }

    private boolean isSame(final Sight sight) {
        return view.state == sight.state && view.priority == sight.priority && view.attempt == sight.attempt
            && view.deadlineMs == sight.deadlineMs && view.connection == sight.connection && view.consumer == sight.consumer
            && view.keep == sight.keep;
    }

    private Sight see(final Witness witness) {
        String reason = "";
        if (view.reason != Payloads.NONE) {
            final Payloads.View bytes = witness.bytes(view.reason);
            reason = Contents.text(bytes.buffer(), bytes.payloadOffset(), bytes.payloadLength());
        }
        return new Sight(before == null ? Contents.text(view.queue, 0, view.queue.capacity()) : before.queue, view.state, view.priority,
            view.attempt, view.deadlineMs, view.expiryMs, view.connection, view.consumer, view.keep, reason);
    }
}
