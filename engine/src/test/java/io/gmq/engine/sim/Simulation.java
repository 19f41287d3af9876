package io.gmq.engine.sim;

import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.kit.HandleCatcher;
import io.gmq.engine.kit.RecordedEffects;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine and its twin, side by side from the first command on. Now and then the engine crashes, and another goes on that
 * was given what had changed the first, as after a restart of the broker.
 */
final class Simulation {
    private static final int RECLAIM_EVERY = 16;
    /** How often an engine that was restored is compared with the one that went on. */
    private static final int COMPARE_EVERY = 500;
    private static final int DIGEST_CHECK_EVERY = 200;
    private static final int CRASHES_MAX = 2;
    private static final int CHECKPOINTS_MAX = 8;

    private final ReferenceModel model;
    private final List<Change> changes = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer();
    private Engine engine;
    private ToldState told;
    private RecordedEffects effects;
    private long sequence;

    private Simulation(final Tally tally) {
        model = new ReferenceModel(tally);
        use(new Engine());
    }

    private void use(final Engine its) {
        engine = its;
        told = null;
        effects = new RecordedEffects(engine.payloads(), new EffectText(true));
    }

    /** Runs one seed; {@code null}, or what went wrong, with a short sequence that makes it happen. */
    static String run(final long seed, final int count, final List<Step> steps, final Tally tally) {
        final Simulation simulation = new Simulation(tally);
        final RandomCommands random = new RandomCommands(seed, simulation.model::queueOf);
        final SplittableRandom checks = new SplittableRandom(~seed);
        for (int i = 0; i < count; i++) {
            String difference;
            if (i > 0 && checks.nextInt(count) < CRASHES_MAX) {
                steps.add(Step.CRASH);
                difference = simulation.apply(Step.CRASH);
                tally.count("crash");
                if (difference != null) {
                    return report(seed, steps, difference);
                }
            }
            if (i > 0 && checks.nextInt(count) < CHECKPOINTS_MAX) {
                steps.add(Step.CHECKPOINT);
                difference = simulation.apply(Step.CHECKPOINT);
                tally.count("checkpoint");
                if (difference != null) {
                    return report(seed, steps, difference);
                }
            }
            final byte[] command = random.next(simulation.model.highestId());
            final Step step = new Step(command, checks.nextInt(DIGEST_CHECK_EVERY) == 0);
            steps.add(step);
            difference = simulation.apply(step);
            if (difference != null) {
                return report(seed, steps, difference);
            }
            simulation.count(tally, step);
        }
        return null;
    }

    private void count(final Tally tally, final Step step) {
        tally.count("command " + model.type().operation());
        if (model.refusal() != null) {
            tally.count("refused " + model.refusal().word());
        }
        if (step.checksDigest()) {
            tally.count("digest looked at");
        }
    }

    private static String report(final long seed, final List<Step> steps, final String difference) {
        final List<Step> few = Shrinker.shrink(steps, shorter -> replay(shorter) != null);
        final String shortened = replay(few);
        return "-Dgmq.sim.seed=" + seed + " differs after " + steps.size() + " commands; the shortest found:\n" + Step.lines(few)
            + (shortened == null ? "(does not repeat)\n" + difference : shortened);
    }

    private static String replay(final List<Step> steps) {
        final Simulation simulation = new Simulation(new Tally());
        for (final Step step : steps) {
            final String difference = simulation.apply(step);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** How long an engine alone takes for some steps, crashes left out. */
    static long engineNanos(final List<Step> steps) {
        final Engine engine = new Engine();
        final Unheard unheard = new Unheard();
        final UnsafeBuffer command = new UnsafeBuffer();
        long sequence = 0;
        final long before = System.nanoTime();
        for (final Step step : steps) {
            if (step.command() != null) {
                command.wrap(step.command());
                engine.apply(++sequence, command, 0, command.capacity(), unheard);
                if (sequence % RECLAIM_EVERY == 0) {
                    engine.reclaim(sequence - RECLAIM_EVERY / 2);
                }
            }
        }
        return System.nanoTime() - before;
    }

    /** Does one step; {@code null} where both agree. */
    private String apply(final Step step) {
        try {
            if (step == Step.CHECKPOINT) {
                told = new ToldState(engine, changes.size());
                return null;
            }
            return step.command() == null ? crash() : apply(step.command(), step.checksDigest());
        } catch (final RuntimeException | AssertionError e) {
            final StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    private String crash() {
        final Engine recovered = new Engine();
        final Unheard unheard = new Unheard();
        for (final Change change : changes) {
            buffer.wrap(change.command);
            if (!recovered.apply(change.sequence, buffer, 0, change.command.length, unheard)) {
                return "recovery: said to change nothing: " + CommandText.of(change.command);
            }
            recovered.reclaim(change.sequence - RECLAIM_EVERY);
        }
        if (recovered.digest() != engine.digest()) {
            return "recovery: another digest";
        }
        if (recovered.messages() != engine.messages() || recovered.nextDeadlineMs() != engine.nextDeadlineMs()
            || recovered.highestConnection() != engine.highestConnection()) {
            return "recovery: of the same digest, and not the same";
        }
        final String difference = told == null ? null : restore(told.finish());
        use(recovered);
        return difference;
    }

    /** Builds an engine from a checkpoint and what has changed since, beside the one that goes on; {@code null} if it is the same. */
    private String restore(final ToldState from) {
        final Engine restored = from.restore();
        if (restored.digest() != from.digest()) {
            return "checkpoint: restored with another digest";
        }
        for (final Change change : changes.subList(from.changes(), changes.size())) {
            buffer.wrap(change.command);
            if (!restored.apply(change.sequence, buffer, 0, change.command.length, new Unheard())) {
                return "checkpoint: said to change nothing: " + CommandText.of(change.command);
            }
        }
        if (restored.digest() != engine.digest() || restored.messages() != engine.messages()
            || restored.nextDeadlineMs() != engine.nextDeadlineMs() || restored.highestConnection() != engine.highestConnection()) {
            return "checkpoint: restored, and not the same after " + (changes.size() - from.changes()) + " changes";
        }
        return null;
    }

    /** Gives both one command. */
    private String apply(final byte[] command, final boolean checksDigest) {
        effects.text().clear();
        final long digest = checksDigest ? engine.digest() : 0;
        buffer.wrap(command);
        final boolean isChanged = engine.apply(++sequence, buffer, 0, command.length, effects);
        if (isChanged) {
            changes.add(new Change(sequence, command));
        }
        final boolean shouldChange = model.apply(command);
        if (!effects.text().isEqual(model.effects())) {
            return "engine:\n" + effects.text() + "\nmodel:\n" + model.effects();
        }
        if (isChanged != shouldChange) {
            return "changed: engine " + isChanged + ", model " + shouldChange;
        }
        if (engine.messages() != model.messages() || engine.nextDeadlineMs() != model.nextDeadlineMs()) {
            return "engine: " + engine.messages() + " messages, next deadline " + engine.nextDeadlineMs() + "\nmodel: " + model.messages()
                + " messages, next deadline " + model.nextDeadlineMs();
        }
        if (checksDigest && engine.highestConnection() != model.highestConnection()) {
            return "highest connection: engine " + engine.highestConnection() + ", model " + model.highestConnection();
        }
        if (checksDigest && !isChanged && engine.digest() != digest) {
            return "said to have changed nothing, and has another digest";
        }
        if (sequence % RECLAIM_EVERY == 0) {
            engine.reclaim(sequence - RECLAIM_EVERY / 2);
        }
        if (told != null && told.proceed() && sequence % COMPARE_EVERY == 0) {
            return restore(told);
        }
        return null;
    }

    private record Change(long sequence, byte[] command) {
    }

    /** Effects that nobody wants to hear of. */
    private static final class Unheard extends HandleCatcher {
        @Override
        public void refused(
            final ReplyTo to,
            final RefusalCode code,
            final DirectBuffer name,
            final int offset,
            final int length,
            final long limit,
            final long actual,
            final int step) {
            // a refusal is as good as any effect here
        }
    }
}
