package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DigestCommand;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.StorageState;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

final class JournalWatchTest {
    private final FakeJournal journal = new FakeJournal();
    private final List<String> offered = new ArrayList<>();
    private boolean isRingFull;
    private boolean isDigestRefused;
    private int wakeUps;
    private final JournalWatch watch = new JournalWatch(journal, () -> 17, new Sink(), () -> wakeUps++);

    private List<String> watchTwice() {
        offered.clear();
        watch.doWork();
        watch.doWork();
        return offered;
    }

    @Test
    void shouldTellOnceThatTheDiskIsFullAndOnceThatItHasRoom() {
        assertThat(watchTwice()).isEmpty();
        journal.storage = StorageState.FULL;
        assertThat(watchTwice()).containsExactly("storage full");
        journal.storage = StorageState.READY;
        assertThat(watchTwice()).containsExactly("storage ready");
    }

    @Test
    void shouldAskForACheckpointOnceUntilItHasBegun() {
        journal.isCheckpointDue = true;
        assertThat(watchTwice()).containsExactly("checkpoint");
        watch.onCheckpoint();
        assertThat(watchTwice()).containsExactly("checkpoint");
        journal.isCheckpointDue = false;
        watch.onCheckpoint();
        assertThat(watchTwice()).isEmpty();
    }

    @Test
    void shouldHandInADigestOnceAndBeWokenForIt() {
        watch.onDigest(-5);
        assertThat(wakeUps).isEqualTo(1);
        assertThat(watchTwice()).containsExactly("digest -5");
    }

    @Test
    void shouldHandInADigestBeforeAnotherCheckpoint() {
        watch.onDigest(7);
        journal.isCheckpointDue = true;
        isDigestRefused = true;
        assertThat(watchTwice()).isEmpty();
        isDigestRefused = false;
        assertThat(watchTwice()).containsExactly("digest 7", "checkpoint");
    }

    @Test
    void shouldTryAgainWhenTheRingWasFull() {
        journal.storage = StorageState.FULL;
        journal.isCheckpointDue = true;
        watch.onDigest(7);
        isRingFull = true;
        assertThat(watchTwice()).isEmpty();
        isRingFull = false;
        assertThat(watchTwice()).containsExactly("storage full", "digest 7", "checkpoint");
    }

    @Test
    void shouldSayNothingMoreWhenStopped() {
        watch.stop();
        journal.storage = StorageState.FULL;
        assertThat(watchTwice()).isEmpty();
    }

    private final class Sink implements CommandSink {
        @Override
        public boolean offer(final DirectBuffer buffer, final int offset, final int length, final Object origin, final int replyBytes) {
            final CommandType type = CommandHeader.type(buffer, offset);
            if (isRingFull || isDigestRefused && type == CommandType.DIGEST) {
                return false;
            }
            assertThat(CommandHeader.timestampMs(buffer, offset)).isEqualTo(17);
            offered.add(switch (type) {
                case STORAGE -> "storage " + StorageCommand.state(buffer, offset).word();
                case DIGEST -> "digest " + DigestCommand.digest(buffer, offset);
                default -> type.operation();
            });
            return true;
        }

        @Override
        public void flush() {
            // nobody sleeps
        }
    }
}
