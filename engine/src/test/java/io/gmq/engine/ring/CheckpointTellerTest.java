package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.EngineKit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

final class CheckpointTellerTest {
    private static final int HELD = 100;

    private final FakeJournal journal = new FakeJournal();
    private final EngineKit kit = new EngineKit();
    private final JournalWatch watch = new JournalWatch(journal, () -> 0, new NoSink(), Waker.NONE);
    private final CheckpointTeller teller = new CheckpointTeller(kit.engine(), journal, watch);

    private void publish() {
        for (int i = 0; i < HELD; i++) {
            kit.publish(1, "orders", "message " + i);
        }
    }

    @Test
    void shouldHaveNothingToDoWithoutACheckpoint() {
        publish();
        assertThat(teller.proceed()).isFalse();
        assertThat(journal.entries).isZero();
    }

    @Test
    void shouldTellTheStateAsItWasWhenItBegan() {
        publish();
        final long digest = kit.engine().digest();
        teller.begin();
        kit.publish(1, "orders", "later");
        while (journal.digests.isEmpty()) {
            assertThat(teller.proceed()).isTrue();
        }
        assertThat(journal.digests).containsExactly(digest);
        assertThat(journal.entries).isGreaterThan(HELD);
        assertThat(teller.proceed()).isFalse();
    }

    @Test
    void shouldWaitWhileTheJournalHasNoRoom() {
        publish();
        teller.begin();
        final int before = journal.entries;
        journal.hasRoom = false;
        assertThat(teller.proceed()).isFalse();
        assertThat(journal.entries).isEqualTo(before);
        journal.hasRoom = true;
        assertThat(teller.proceed()).isTrue();
        assertThat(journal.entries).isGreaterThan(before);
    }

    @Test
    void shouldGiveUpWhatTheJournalHasAbandoned() {
        publish();
        teller.begin();
        journal.isAbandoned = true;
        journal.hasRoom = false;
        teller.proceed();
        final int before = journal.entries;
        kit.take(1, "orders");
        assertThat(teller.proceed()).isFalse();
        assertThat(journal.entries).isEqualTo(before);
        assertThat(journal.digests).isEmpty();
    }

    private static final class NoSink implements CommandSink {
        @Override
        public boolean offer(final DirectBuffer buffer, final int offset, final int length, final Object origin, final int replyBytes) {
            throw new AssertionError("nothing is handed in here");
        }

        @Override
        public void flush() {
            // nothing was handed in
        }
    }
}
