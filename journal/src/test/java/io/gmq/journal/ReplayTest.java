package io.gmq.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.sim.Host;
import io.gmq.engine.sim.RandomCommands;
import io.gmq.journal.chronicle.ChronicleJournal;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal gives back brings an engine to where it was, also after several restarts. */
final class ReplayTest {
    private static final int SEEDS = Integer.getInteger("gmq.sim.replays", 40);
    private static final int RESTARTS = 3;
    private static final int COMMANDS = 400;
    private static final int PER_BATCH = 7;
    /** Large enough for the longest command of a seed of the large kind. */
    private static final int RECORD_BYTES_MAX = 128 << 10;

    @TempDir
    private Path folder;

    private ChronicleJournal open(final int seed, final Host recovered) {
        final JournalSettings settings =
            new JournalSettings(folder.resolve("seed-" + seed), JournalSettings.SEGMENT_BYTES_MIN, RECORD_BYTES_MAX);
        return ChronicleJournal.open(settings, (sequence, buffer, offset, length) -> recovered.applyRecovered(buffer, offset, length),
            RecoveryProgress.NONE);
    }

    private static void keep(final ChronicleJournal journal) {
        try {
            while (!journal.hasRoom()) {
                journal.keeper().doWork();
            }
        } catch (final Exception e) {
            throw new AssertionError("the keeper failed", e);
        }
    }

    @Test
    void shouldRecoverTheEngineFromItsJournal() {
        for (int seed = 0; seed < SEEDS; seed++) {
            runWithRestarts(seed);
        }
    }

    /** One engine lives through, another is recovered again and again; both are given the same commands. */
    private void runWithRestarts(final int seed) {
        final SplittableRandom when = new SplittableRandom(seed);
        final RandomCommands random = new RandomCommands(seed);
        final Host throughout = new Host();
        long changes = 0;
        for (int restart = 0; restart <= RESTARTS; restart++) {
            final Host recovered = new Host();
            try (ChronicleJournal journal = open(seed, recovered)) {
                assertThat(journal.recovery().records()).as("seed %d", seed).isEqualTo(changes);
                assertThat(journal.recovery().tornTail()).isEmpty();
                assertThat(recovered.digest()).as("seed %d after %d changes", seed, changes).isEqualTo(throughout.digest());
                assertThat(recovered.nextDeadlineMs()).isEqualTo(throughout.nextDeadlineMs());
                for (int left = when.nextInt(COMMANDS); left > 0; left--) {
                    final byte[] command = random.next(throughout.highestId());
                    assertThat(recovered.applyLive(command)).as("seed %d", seed).isEqualTo(throughout.applyLive(command));
                    if (recovered.isChanged()) {
                        changes++;
                        keep(journal);
                        journal.append(new UnsafeBuffer(command), 0, command.length);
                    }
                    if (left % PER_BATCH == 1) {
                        journal.commit();
                    }
                }
                journal.commit();
            }
        }
    }
}
