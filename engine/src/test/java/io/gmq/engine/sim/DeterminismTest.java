package io.gmq.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same commands give the same state and effects, also after those that changed something have been replayed. */
final class DeterminismTest {
    private static final int SEEDS = Integer.getInteger("gmq.sim.determinism", 1000);
    private static final int COMMANDS = 300;
    /** Engines keep messages off heap, where only a collection gives memory back: without one, these tests would hold gigabytes. */
    private static final int SEEDS_PER_COLLECTION = 50;

    private static void collectNowAndThen(final int seed) {
        if (seed % SEEDS_PER_COLLECTION == 0) {
            System.gc();
        }
    }

    @Test
    void shouldGiveTheSameDigestAndEffectsTwice() {
        for (int seed = 0; seed < SEEDS; seed++) {
            collectNowAndThen(seed);
            final Host one = new Host();
            final Host other = new Host();
            final RandomCommands random = new RandomCommands(seed);
            for (int i = 0; i < COMMANDS; i++) {
                final byte[] command = random.next(one.highestId());
                assertThat(other.applyLive(command)).as("seed %d", seed).isEqualTo(one.applyLive(command));
                if (i % 100 == 99) {
                    assertThat(other.digest()).as("seed %d", seed).isEqualTo(one.digest());
                }
            }
        }
    }

    @Test
    void shouldGoOnAfterAReplayOfTheChangesAsIfNothingHadHappened() {
        long replayed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            collectNowAndThen(seed);
            final SplittableRandom when = new SplittableRandom(seed);
            final Host host = new Host();
            final RandomCommands random = new RandomCommands(seed);
            final List<byte[]> changes = new ArrayList<>();
            final int crash = 1 + when.nextInt(COMMANDS - 1);
            for (int i = 0; i < crash; i++) {
                final byte[] command = random.next(host.highestId());
                host.applyLive(command);
                if (host.isChanged()) {
                    changes.add(command);
                }
            }
            final Host recovered = new Host();
            changes.forEach(recovered::applyRecovered);
            replayed += changes.size();

            assertThat(recovered.digest()).as("seed %d after %d", seed, crash).isEqualTo(host.digest());
            assertThat(recovered.nextDeadlineMs()).isEqualTo(host.nextDeadlineMs());
            for (int i = crash; i < COMMANDS; i++) {
                final byte[] command = random.next(host.highestId());
                assertThat(recovered.applyLive(command)).as("seed %d", seed).isEqualTo(host.applyLive(command));
                assertThat(recovered.isChanged()).isEqualTo(host.isChanged());
            }
            assertThat(recovered.digest()).as("seed %d", seed).isEqualTo(host.digest());
        }
        assertThat(replayed).isGreaterThan(SEEDS * COMMANDS / 8L);
    }
}
