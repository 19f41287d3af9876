package io.gmq.engine.sim;

import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.kit.RecordedEffects;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine and its twin, side by side from the first command on. */
final class Simulation {
    private static final int RECLAIM_EVERY = 16;

    private final Engine engine = new Engine();
    private final ReferenceModel model = new ReferenceModel();
    private final RecordedEffects effects = new RecordedEffects(engine.payloads(), new EffectText(true));
    private long sequence;

    /** Runs one seed; {@code null}, or what went wrong, with a short sequence that makes it happen. */
    static String run(final long seed, final int count) {
        final RandomCommands random = new RandomCommands(seed);
        final Simulation simulation = new Simulation();
        final List<byte[]> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final byte[] command = random.next(simulation.model.highestId());
            commands.add(command);
            if (simulation.apply(command) != null) {
                return report(seed, commands);
            }
        }
        return null;
    }

    private static String report(final long seed, final List<byte[]> commands) {
        final List<byte[]> few = Shrinker.shrink(commands, shorter -> replay(shorter) != null);
        final StringBuilder text = new StringBuilder("-Dgmq.sim.seed=" + seed + " differs after " + commands.size()
            + " commands; the shortest found:\n");
        few.forEach(command -> text.append("  ").append(CommandText.of(command)).append('\n'));
        return text.append(replay(few)).toString();
    }

    private static String replay(final List<byte[]> commands) {
        final Simulation simulation = new Simulation();
        for (final byte[] command : commands) {
            final String difference = simulation.apply(command);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** Gives both one command; {@code null} where they agree. */
    private String apply(final byte[] command) {
        effects.text().clear();
        final boolean isChanged;
        try {
            isChanged = engine.apply(++sequence, new UnsafeBuffer(command), 0, command.length, effects);
        } catch (final RuntimeException | AssertionError e) {
            final StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
        final boolean shouldChange;
        try {
            shouldChange = model.apply(command);
        } catch (final IllegalStateException | IllegalArgumentException e) {
            return null; // a shortened sequence that begins without a start is nobody's fault
        }
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
        if (sequence % RECLAIM_EVERY == 0) {
            engine.reclaim(sequence - RECLAIM_EVERY / 2);
        }
        return null;
    }
}
