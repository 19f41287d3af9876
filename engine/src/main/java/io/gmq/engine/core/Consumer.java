package io.gmq.engine.core;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.ReplyTo;

/** Somebody to whom a queue's messages are pushed while credit lasts. Pooled by {@link Consumers}. */
final class Consumer extends Taker {
    final int slot;
    /** Its number among the consumers of its connection, from 1 on. */
    long number;
    int credit;
    /** Messages that are leased to it, each of which gives a credit back. */
    int leases;
    /** Whether it has been cancelled or has ended: it only waits for its leases. */
    boolean isGone;
    Consumer queueNext;
    Consumer queuePrev;
    Consumer sessionNext;
    Consumer sessionPrev;

    Consumer(final int slot) {
        this.slot = slot;
    }

    void set(final ReplyTo asked, final ConsumeCommand consume, final MessageQueue its, final Session from) {
        to.set(asked.connection(), CommandHeader.NO_CORRELATION, asked.presentation(), asked.level());
        queue = its;
        session = from;
        bytesMax = consume.pushBytesMax();
        expansion = consume.expansion();
        leaseMs = consume.leaseMs();
        keep = consume.keep();
        credit = consume.credit();
        leases = 0;
        isGone = false;
    }

    /** Gives it so much more, as far as it may have. */
    void addCredit(final int more) {
        credit = Math.min(credit + more, Limits.CREDIT_HELD_MAX);
    }

    /** Whether it may be given something. */
    boolean isEligible() {
        return !isGone && credit > 0 && !session.isClosing && session.hasRoom();
    }
}
