package io.gmq.engine.core;

import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.TakeCommand;

/** A take that waits for a message: what was asked, by whom, until when. Pooled by {@link Waiters}. */
final class Waiter {
    final int index;
    final ReplyTo to = new ReplyTo();
    MessageQueue queue;
    int max;
    int replyBytesMax;
    int expansion;
    long leaseMs;
    boolean keep;
    long deadlineMs;
    /** The order in which waiters came. */
    long number;
    int place = MessageTable.NONE;
    Session session;
    Waiter queueNext;
    Waiter queuePrev;
    Waiter sessionNext;
    Waiter sessionPrev;

    Waiter(final int index) {
        this.index = index;
    }

    void set(final ReplyTo asked, final TakeCommand take, final MessageQueue its, final long until) {
        to.set(asked);
        queue = its;
        max = take.max();
        replyBytesMax = take.replyBytesMax();
        expansion = take.expansion();
        leaseMs = take.leaseMs();
        keep = take.keep();
        deadlineMs = until;
    }
}
