package io.gmq.engine.core;

import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.TakeCommand;

/** A take: what was asked, by whom, and, if it waits, until when. Pooled by {@link Waiters}. */
final class Waiter extends Taker {
    final int index;
    int max;
    long deadlineMs;
    /** The order in which waiters came. */
    long number;
    int place = MessageTable.NONE;
    Waiter sessionNext;
    Waiter sessionPrev;

    Waiter(final int index) {
        this.index = index;
    }

    void set(final ReplyTo asked, final TakeCommand take, final MessageQueue its) {
        to.set(asked);
        queue = its;
        max = take.max();
        bytesMax = take.replyBytesMax();
        expansion = take.expansion();
        leaseMs = take.leaseMs();
        keep = take.keep();
    }
}
