package io.gmq.broker.archive;

import io.gmq.engine.api.Ending;
import io.gmq.engine.api.MessageState;

/** What a batch changes in a row of {@code gmq_fate}: all that became of one message in it. Times of 0 are none. */
final class FateRow {
    static final int NOT_KNOWN = -1;

    final long message;
    String state;
    /** {@link #NOT_KNOWN} where it stays as it was. */
    int attempt = NOT_KNOWN;
    /** How many there were. */
    int deliveries;
    long firstDeliveredMs;
    long lastDeliveredMs;
    long deliveredTo;
    long changedMs;
    long endedMs;
    long endedBy;
    String reason;
    long became;

    FateRow(final long message) {
        this.message = message;
    }

    void is(final MessageState its, final String why, final long atMs) {
        state = its.word();
        reason = why;
        changedMs = atMs;
    }

    void delivered(final int itsAttempt, final long connection, final long atMs) {
        is(MessageState.LEASED, null, atMs);
        attempt = itsAttempt;
        deliveries++;
        firstDeliveredMs = firstDeliveredMs == 0 ? atMs : firstDeliveredMs;
        lastDeliveredMs = atMs;
        deliveredTo = connection;
    }

    /** The reason of a dead letter is that for which it was set aside, a moment before. */
    void ended(final Ending ending, final long itBecame, final long connection, final long atMs) {
        state = ending.word();
        reason = ending == Ending.DEAD_LETTERED ? reason : null;
        changedMs = atMs;
        endedMs = atMs;
        endedBy = connection;
        became = itBecame;
    }
}
