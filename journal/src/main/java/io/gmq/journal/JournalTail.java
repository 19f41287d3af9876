package io.gmq.journal;

/**
 * Follows a journal that a broker of this process is writing: first a state to begin from, then record after record as they become
 * durable. It takes no lock, holds nobody up, and sees only what has been synced, so what it hands over has really happened. Owned by
 * one thread; closed by it.
 *
 * <p>The journal deletes what it needs no longer. A follower that is too slow finds that the next record is gone ({@link #GONE}), and
 * begins again from a later state.
 */
public interface JournalTail extends AutoCloseable {
    /** There is no state to begin from, or the next record has been deleted. */
    int GONE = -1;

    /** All records up to this one are durable. Any thread's. */
    long synced();

    /**
     * Begins from the newest state that is not after a sequence: hands over its entries, if it has any.
     *
     * @param handler hears them, and the records that are polled later.
     * @return the sequence of the last record that has gone into the state, 0 before the first; {@link #GONE} where there is none.
     * @throws JournalException if it could not be read to its end; what the handler has heard is of no use then.
     */
    long begin(long sequenceMax, RecoveryHandler handler);

    /** Begins from the oldest state that is known; otherwise like {@link #begin}. */
    long beginOldest(RecoveryHandler handler);

    /**
     * Hands over the records that come next.
     *
     * @param recordsMax after which it ends, with the batch in which the last of them was written.
     * @return how many there were; {@link #GONE} if the next one has been deleted.
     * @throws JournalException if the journal cannot be read now; the next call goes on where this one has ended.
     */
    int poll(int recordsMax);

    @Override
    void close();
}
