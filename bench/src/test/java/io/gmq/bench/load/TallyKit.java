package io.gmq.bench.load;

import org.agrona.concurrent.UnsafeBuffer;

/** Lets tests of other packages look into a tally. */
public final class TallyKit {
    private final Ledger ledger = new Ledger(4);
    private final Tally tally = new Tally(ledger, false, Stamp.CHARS);

    public Tally tally() {
        return tally;
    }

    public long confirmedFrames() {
        tally.takeConfirmed();
        return tally.confirmedFrames();
    }

    public long delivered() {
        return tally.delivered();
    }

    public long settled() {
        return tally.settled();
    }

    public long empty() {
        return tally.emptied();
    }

    /** Of producer 0: messages that have not come, though they were sent. */
    public long missing(final long sent) {
        return ledger.missing(0, sent);
    }

    public long repeats() {
        return ledger.repeats();
    }

    /** A stamp of producer 0, in letters. */
    public static String stamp(final int sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Stamp.CHARS]);
        Stamp.putSequence(buffer, 0, sequence);
        Stamp.putMiddle(buffer, 0, Stamp.middle(0, 0));
        Stamp.putDue(buffer, 0, Stamp.letters(0));
        return buffer.getStringWithoutLengthAscii(0, Stamp.CHARS);
    }

    /** What waits in an output, taken out. */
    public static String text(final Output output) {
        return output.take();
    }
}
