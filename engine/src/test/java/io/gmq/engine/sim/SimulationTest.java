package io.gmq.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The engine against its twin, effect by effect. {@code -Dgmq.sim.commands=N} for a longer run, {@code -Dgmq.sim.seed=S} for
 * other commands or to repeat a failure.
 */
final class SimulationTest {
    private static final long COMMANDS = Long.getLong("gmq.sim.commands", 1_000_000);
    private static final long SEED = Long.getLong("gmq.sim.seed", 1);
    private static final int COMMANDS_PER_SEED = 10_000;

    @Test
    void shouldGiveTheEffectsOfItsTwin() {
        long seed = SEED;
        for (long done = 0; done < COMMANDS; done += COMMANDS_PER_SEED) {
            assertThat(Simulation.run(seed++, COMMANDS_PER_SEED)).isNull();
        }
    }

    @Test
    void shouldShrinkWhatFailsToWhatMakesItFail() {
        final List<Integer> failing = IntStream.range(0, 1000).boxed().toList();

        assertThat(Shrinker.shrink(failing, few -> few.contains(17) && few.contains(18) && few.contains(901)))
            .containsExactly(0, 17, 18, 901);
    }
}
