package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;

/** What the broker says of one queue. */
record Counters(
    long length, long ready, long delayed, long leased, long parked, long published, long acked, long expired, long deadLettered, long dropped) {

    static Counters of(final Reply describe) {
        return new Counters(describe.number("length"), describe.number("ready"), describe.number("delayed"), describe.number("leased"),
            describe.number("parked"), describe.number("published"), describe.number("acked"), describe.number("expired"),
            describe.number("dead_lettered"), describe.number("dropped"));
    }

    /** Every message that came is either there or went in a way that is counted. */
    boolean isBalanced(final QueuePlan queue) {
        final long gone = acked + dropped + (queue.deadLetter() == null ? expired : deadLettered);
        return published == length + gone && length == ready + delayed + leased + parked;
    }
}
