package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.Keep;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.snapshot.Follower;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Journals of records whose content follows from their sequence, and of a state that is nothing but the number of records. */
final class JournalKit {
    static final int RECORD_BYTES_MAX = 8 << 10;
    private static final long LEASE_MS = 3000;
    private static final long SEGMENT_BYTES = 64 << 10;
    private static final long NEVER = Long.MAX_VALUE;

    private JournalKit() {
    }

    static MySqlSettings settings(final Database database, final String owner) {
        return new MySqlSettings(database, owner, 10_000, LEASE_MS, SEGMENT_BYTES, RECORD_BYTES_MAX, Keep.NONE, NEVER);
    }

    static MySqlJournal open(final MySqlSettings settings, final State state) {
        final MySqlJournal journal = MySqlJournal.open(settings, state, RecoveryProgress.NONE, () -> Follower.NONE, Waker.NONE, Waker.NONE);
        assertThat(journal.recovery().lastSequence()).isEqualTo(state.last);
        return journal;
    }

    static UnsafeBuffer recordOf(final long sequence) {
        final SplittableRandom random = new SplittableRandom(sequence);
        final byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        return new UnsafeBuffer(bytes);
    }

    /** Appends and commits so many. */
    static void append(final MySqlJournal journal, final State state, final int count) {
        for (int i = 0; i < count; i++) {
            state.last++;
            final UnsafeBuffer record = recordOf(state.last);
            journal.append(record, 0, record.capacity());
        }
        journal.commit();
    }

    /** The keeper's work, until there is none. */
    static void keep(final MySqlJournal journal) {
        try {
            int work = 1;
            while (work > 0) {
                work = journal.keeper().doWork();
            }
        } catch (final Exception e) {
            throw new AssertionError("the keeper failed", e);
        }
    }

    /** A snapshot, told and stored. */
    static void checkpoint(final MySqlJournal journal, final State state) {
        final Checkpoint checkpoint = journal.beginCheckpoint();
        state.last++;
        final UnsafeBuffer record = recordOf(state.last);
        journal.append(record, 0, record.capacity());
        journal.markCheckpoint();
        journal.commit();
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[Long.BYTES]);
        entry.putLong(0, state.last);
        checkpoint.entry(entry, Long.BYTES, entry, 0, 0);
        checkpoint.complete(state.last);
        assertThat(journal.sync()).isTrue();
        keep(journal);
    }

    /** Takes in what a journal holds, and checks each record. */
    static final class State implements RecoveryHandler {
        long last;
        long snapshot;

        @Override
        public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
            assertThat(length).isEqualTo(Long.BYTES);
            last = buffer.getLong(offset);
        }

        @Override
        public void onSnapshot(final long sequence, final long digest) {
            assertThat(sequence).isEqualTo(last);
            assertThat(digest).isEqualTo(last);
            snapshot = sequence;
        }

        @Override
        public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            last++;
            assertThat(sequence).isEqualTo(last);
            final UnsafeBuffer expected = recordOf(sequence);
            assertThat(length).isEqualTo(expected.capacity());
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            assertThat(record).isEqualTo(expected.byteArray());
        }
    }
}
