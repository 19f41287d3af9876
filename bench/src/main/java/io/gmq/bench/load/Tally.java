package io.gmq.bench.load;

import org.agrona.DirectBuffer;

/** What a side reports to, while it reads. One for each thread of the generator. */
public final class Tally {
    private final Ledger ledger;
    private final boolean hasOneProducer;
    private final int stampChars;
    private final Latency confirms = new Latency();
    private final Latency deliveries = new Latency();
    private long nowNs;
    private long countFromNs = Long.MAX_VALUE;
    private long countToNs = Long.MAX_VALUE;
    private int confirmedFrames;
    private long allConfirmedFrames;
    private long delivered;
    private long settled;
    private long empty;
    private long lastMiddle;
    private long lastDue;
    private long lastDueNs;
    private int lastProducer;

    Tally(final Ledger ledger, final boolean hasOneProducer, final int stampChars) {
        this.ledger = ledger;
        this.hasOneProducer = hasOneProducer;
        this.stampChars = stampChars;
    }

    /** So many frames of this connection, the oldest unconfirmed ones, are confirmed. */
    public void confirmed(final int frames) {
        confirmedFrames += frames;
    }

    /** A message has come, and its stamp, or as much of it as the message has room for, is there. */
    public void delivered(final DirectBuffer in, final int stampAt) {
        delivered++;
        if (stampChars == Stamp.CHARS) {
            final long middle = Stamp.middle(in, stampAt);
            final long due = Stamp.due(in, stampAt);
            if (middle != lastMiddle || due != lastDue) {
                lastMiddle = middle;
                lastDue = due;
                lastProducer = Stamp.producer(middle);
                lastDueNs = Stamp.dueNs(middle, due);
            }
            ledger.came(lastProducer, Stamp.sequence(in, stampAt));
            if (lastDueNs >= countFromNs && lastDueNs < countToNs) {
                deliveries.record(nowNs - lastDueNs, 1);
            }
        } else if (stampChars == Stamp.SEQUENCE_CHARS && hasOneProducer) {
            ledger.came(0, Stamp.sequence(in, stampAt));
        }
    }

    /** So many messages are settled for good. */
    public void settled(final int messages) {
        settled += messages;
    }

    /** So many requests found no message. */
    public void empty(final int requests) {
        empty += requests;
    }

    /** Each message can be told from the others. */
    boolean seesSequences() {
        return stampChars == Stamp.CHARS || stampChars == Stamp.SEQUENCE_CHARS && hasOneProducer;
    }

    void at(final long itsNowNs) {
        nowNs = itsNowNs;
    }

    /** Only messages that were due within this time count in the histograms. */
    void count(final long fromNs, final long toNs) {
        countFromNs = fromNs;
        countToNs = toNs;
    }

    /** So many messages that were due then are confirmed now. */
    void confirmedSince(final long dueNs, final int messages) {
        if (dueNs >= countFromNs && dueNs < countToNs) {
            confirms.record(nowNs - dueNs, messages);
        }
    }

    /** Those of the last read. */
    int takeConfirmed() {
        final int frames = confirmedFrames;
        confirmedFrames = 0;
        allConfirmedFrames += frames;
        return frames;
    }

    long confirmedFrames() {
        return allConfirmedFrames;
    }

    long delivered() {
        return delivered;
    }

    long settled() {
        return settled;
    }

    long emptied() {
        return empty;
    }

    Latency confirms() {
        return confirms;
    }

    Latency deliveries() {
        return deliveries;
    }
}
