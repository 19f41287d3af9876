package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Durability;
import org.junit.jupiter.api.Test;

/** When a journal is synced, and what a reply waits for. */
final class SyncerTest {
    private final FakeJournal journal = new FakeJournal();
    private int wakeUps;
    private int told;

    private Syncer syncer(final Durability levelAtCommit, final Durability levelMax) {
        journal.levelAtCommit = levelAtCommit;
        journal.levelMax = levelMax;
        return new Syncer(journal, () -> wakeUps++, () -> told++);
    }

    private void work(final Syncer syncer) {
        try {
            syncer.doWork();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSyncAFileOnlyWhenAReplyWaitsForIt() {
        final Syncer syncer = syncer(Durability.WRITTEN, Durability.SYNCED);
        syncer.onCommitted(5);
        work(syncer);
        assertThat(journal.calls).isEmpty();
        assertThat(syncer.goal(Durability.WRITTEN, 5)).isEqualTo(Syncer.NOTHING);
        final long goal = syncer.goal(Durability.SYNCED, 7);
        assertThat(goal).as("what came after it has changed nothing").isEqualTo(5);
        assertThat(syncer.isSynced(goal)).isFalse();
        syncer.request(goal);
        work(syncer);
        assertThat(journal.calls).containsExactly("sync");
        assertThat(syncer.isSynced(goal)).isTrue();
    }

    @Test
    void shouldSyncWhatACommitHasNotStoredAlthoughNobodyWaits() {
        final Syncer syncer = syncer(Durability.MEMORY, Durability.SYNCED);
        syncer.onCommitted(5);
        assertThat(wakeUps).isEqualTo(1);
        assertThat(syncer.isSynced(syncer.goal(Durability.WRITTEN, 5))).as("a delivery waits, too").isFalse();
        assertThat(syncer.goal(Durability.MEMORY, 5)).isEqualTo(Syncer.NOTHING);
        work(syncer);
        work(syncer);
        assertThat(journal.calls).containsExactly("sync");
        assertThat(syncer.isSynced(5)).isTrue();
        assertThat(told).isEqualTo(1);
    }

    @Test
    void shouldConfirmNothingThatWasGivenUp() {
        final Syncer syncer = syncer(Durability.MEMORY, Durability.SYNCED);
        syncer.onCommitted(5);
        journal.giveUp();
        work(syncer);
        assertThat(syncer.isSynced(5)).isFalse();
        assertThat(told).isZero();
    }

    @Test
    void shouldNeverSyncWhatStoresNothing() {
        final Syncer syncer = syncer(Durability.MEMORY, Durability.MEMORY);
        syncer.onCommitted(5);
        work(syncer);
        assertThat(journal.calls).isEmpty();
        assertThat(wakeUps).isZero();
    }
}
