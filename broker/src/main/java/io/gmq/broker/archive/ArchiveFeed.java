package io.gmq.broker.archive;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import java.sql.SQLException;

/**
 * Brings an archive on, step by step: connects, begins where the archive is, and then reads and writes. A step that fails with an
 * {@link SQLException} has lost the connection and nothing else: the next {@link #connect} finds out whether what was being written is
 * there. Owned by one thread; only {@link #abort} is any thread's.
 */
final class ArchiveFeed implements AutoCloseable {
    /** Of one step, so that whoever drives it can pause. */
    private static final int STEP_RECORDS_MAX = 2000;

    private final ArchiveWriter writer;
    private final JournalTail tail;
    private final FateBatch batch = new FateBatch();
    /** Where the archive is, as far as this one knows; {@code null} before it was asked. */
    private ArchivePosition archived;
    /** What a write has tried to get to, of which the answer is not known; else {@code null}. */
    private ArchivePosition inDoubt;
    /** {@code null} while there is no state to go on from. */
    private ShadowEngine shadow;
    private Gap gap;
    private boolean isGone;

    ArchiveFeed(final ArchiveWriter writer, final JournalTail tail) {
        this.writer = writer;
        this.tail = tail;
    }

    /**
     * Records that the archive will never have.
     *
     * @param isCutOff whether it had begun, and they were deleted before it came to them.
     */
    record Gap(long first, long last, boolean isCutOff) {
    }

    boolean isConnected() {
        return writer.isOpen();
    }

    /** Whether there is a state to go on from. */
    boolean hasBegun() {
        return shadow != null;
    }

    /** Where the archive is, {@code null} while nobody knows. */
    ArchivePosition archived() {
        return archived;
    }

    /** Whether there is something that was read and not written. */
    boolean hasUnwritten() {
        return shadow != null && !shadow.isCatchingUp() && shadow.position().sequence() > archived.sequence();
    }

    /** The records left out when it began last; {@code null} for none. */
    Gap gap() {
        return gap;
    }

    /** Connects, and finds out where the archive is. */
    void connect() throws SQLException {
        final ArchivePosition found;
        try {
            found = writer.open();
        } catch (final SQLException | RuntimeException e) {
            writer.close();
            throw e;
        }
        if (inDoubt != null && found.equals(inDoubt)) {
            batch.clear(); // only the answer was lost
        } else if (!found.equals(archived)) {
            shadow = null; // the first time, or somebody else has written to it
        }
        inDoubt = null;
        archived = found;
    }

    /** Makes the archive anew. */
    void recreate() throws SQLException {
        writer.recreate();
        archived = ArchivePosition.BEGINNING;
    }

    /** Builds a state to go on from: the newest that is not beyond the archive, or the oldest that there is for an empty one. */
    void begin() throws SQLException {
        checkOrder();
        batch.clear();
        gap = null;
        ShadowEngine begun = new ShadowEngine(batch, archived);
        final boolean isNew = archived.sequence() == 0;
        long base = isGone ? JournalTail.GONE : isNew ? tail.beginOldest(begun) : tail.begin(archived.sequence(), begun);
        if (base == JournalTail.GONE) {
            begun = new ShadowEngine(batch, archived);
            base = tail.begin(Long.MAX_VALUE, begun);
        }
        if (base == JournalTail.GONE) {
            throw new JournalException("the journal has no state from which the archive can begin: no snapshot is whole");
        }
        if (base > archived.sequence()) {
            leap(begun, !isNew);
        }
        isGone = false;
        shadow = begun;
    }

    private void checkOrder() {
        if (archived.sequence() > tail.synced()) {
            throw new OtherJournalException("it has come to sequence " + archived.sequence() + ", and this journal to " + tail.synced());
        }
    }

    /** Goes on from a state that came about without the archive. */
    private void leap(final ShadowEngine to, final boolean isCutOff) throws SQLException {
        writer.forgetOpen(to.position().timeMs());
        to.tellAll(() -> {
            writer.found(batch);
            batch.clear();
        });
        writer.skip(archived, to.position());
        gap = new Gap(archived.sequence() + 1, to.position().sequence(), isCutOff);
        archived = to.position();
    }

    /**
     * Reads a few records, fewer where they are large.
     *
     * @return how many.
     */
    int read() {
        int read = 0;
        int polled = 1;
        while (polled > 0 && read < STEP_RECORDS_MAX && !batch.isFull()) {
            polled = tail.poll(1);
            read += Math.max(0, polled);
        }
        isGone = polled == JournalTail.GONE;
        return read;
    }

    /** Whether the records that come next were deleted. */
    boolean isGone() {
        return isGone;
    }

    boolean isFull() {
        return batch.isFull();
    }

    /** Lets go of the state, to begin from another. */
    void forget() {
        shadow = null;
    }

    /** Writes what was read. */
    void write() throws SQLException {
        inDoubt = shadow.position();
        writer.write(batch, archived, inDoubt);
        archived = inDoubt;
        inDoubt = null;
        batch.clear();
    }

    /** Asks the database for an answer. */
    void ping() throws SQLException {
        writer.ping();
    }

    void abort() {
        writer.abort();
    }

    @Override
    public void close() {
        writer.close();
        tail.close();
    }
}
