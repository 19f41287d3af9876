package io.gmq.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.RefusalCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The engine against its twin, effect by effect. {@code -Dgmq.sim.commands=N} for a longer run, {@code -Dgmq.sim.seed=S} for
 * other commands or to repeat a failure.
 */
final class SimulationTest {
    private static final long COMMANDS = Long.getLong("gmq.sim.commands", 640_000);
    private static final long SEED = Long.getLong("gmq.sim.seed", 1);
    private static final int COMMANDS_PER_SEED = 20_000;
    /** From so many commands on every kind of command and of refusal must have occurred. */
    private static final long COMPLETE_FROM = 500_000;
    private static final long PROGRESS_EVERY_NANOS = 1_000_000_000;
    /** Sixteen of so many seeds, one of each kind, are given to an engine alone once more, to see how long it takes. */
    private static final int TIMED_EVERY = 128;
    private static final Set<RefusalCode> REFUSALS = EnumSet.of(RefusalCode.BAD_REQUEST, RefusalCode.MESSAGE_TOO_LARGE, RefusalCode.QUEUE_FULL,
        RefusalCode.TOO_MANY_QUEUES, RefusalCode.NO_SUCH_QUEUE, RefusalCode.NOT_LEASED, RefusalCode.NOT_EMPTY, RefusalCode.STORAGE_FULL,
        RefusalCode.OVERLOADED);

    private final PrintStream out = System.out;
    private final Tally tally = new Tally();
    private long done;
    private long timedCommands;
    private long timedNanos;

    @Test
    void shouldGiveTheEffectsOfItsTwin() {
        final long begin = System.nanoTime();
        long said = begin;
        long seed = SEED;
        while (done < COMMANDS) {
            final List<Step> steps = new ArrayList<>(COMMANDS_PER_SEED);
            final String difference = Simulation.run(seed, COMMANDS_PER_SEED, steps, tally);
            if (difference != null) {
                fail(difference);
            }
            done += COMMANDS_PER_SEED;
            if ((seed - SEED) % TIMED_EVERY < 16) {
                timedNanos += Simulation.engineNanos(steps);
                timedCommands += COMMANDS_PER_SEED;
            }
            seed++;
            final long now = System.nanoTime();
            if (now - said > PROGRESS_EVERY_NANOS) {
                said = now;
                say("%,d of %,d commands, seed %d, %,.0f/s", done, COMMANDS, seed, perSecond(now - begin));
            }
        }
        summary(System.nanoTime() - begin, seed);
        if (COMMANDS >= COMPLETE_FROM) {
            for (final CommandType type : CommandType.values()) {
                assertThat(tally.of("command " + type.operation())).as(type.operation()).isPositive();
            }
            for (final RefusalCode code : REFUSALS) {
                assertThat(tally.of("refused " + code.word())).as(code.word()).isPositive();
            }
        }
    }

    private double perSecond(final long nanos) {
        return done * 1e9 / nanos;
    }

    private void summary(final long nanos, final long nextSeed) {
        tally.forEach((what, count) -> say("%,14d  %s", count, what));
        final double engineNanos = timedCommands == 0 ? 0 : (double) timedNanos / timedCommands;
        say("%,d commands, seeds %d to %d, in %.1f s: %,.0f/s; the engine alone takes %.0f ns a command, %.0f %% of the time", done, SEED,
            nextSeed - 1, nanos / 1e9, perSecond(nanos), engineNanos, 100 * engineNanos * done / nanos);
    }

    private void say(final String format, final Object... values) {
        out.println("simulation: " + String.format(Locale.ROOT, format, values));
    }

    @Test
    void shouldShrinkWhatFailsToWhatMakesItFail() {
        final List<Integer> failing = IntStream.range(0, 1000).boxed().toList();

        assertThat(Shrinker.shrink(failing, few -> few.contains(17) && few.contains(18) && few.contains(901)))
            .containsExactly(0, 17, 18, 901);
    }
}
