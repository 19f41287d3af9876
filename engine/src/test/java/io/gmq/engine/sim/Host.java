package io.gmq.engine.sim;

import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.kit.RecordedEffects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine hosted as a broker hosts it: live commands get places that grow, recovered ones the place before all others. */
public final class Host {
    private static final long RECOVERED = -1;
    private static final int BEHIND = 10;
    private static final String PUBLISHED = ": published ";

    private final Engine engine = new Engine();
    private final RecordedEffects effects = new RecordedEffects(engine.payloads(), new EffectText(true));
    private long sequence;
    private boolean isChanged;
    private long highestId;

    /** Applies a command of now, and gives back its effects as text. */
    public String applyLive(final byte[] command) {
        effects.text().clear();
        isChanged = engine.apply(sequence++, new UnsafeBuffer(command), 0, command.length, effects);
        engine.reclaim(sequence - BEHIND);
        final String text = effects.text().toString();
        noteId(text);
        return text;
    }

    /** Applies a command out of a journal. */
    public void applyRecovered(final byte[] command) {
        applyRecovered(new UnsafeBuffer(command), 0, command.length);
    }

    /** Applies a command out of a journal. */
    public void applyRecovered(final DirectBuffer buffer, final int offset, final int length) {
        effects.text().clear();
        engine.apply(RECOVERED, buffer, offset, length, effects);
        engine.reclaim(RECOVERED);
        noteId(effects.text().toString());
    }

    private void noteId(final String text) {
        for (int at = text.indexOf(PUBLISHED); at >= 0; at = text.indexOf(PUBLISHED, at + 1)) {
            final int plus = text.indexOf('+', at);
            final int end = text.indexOf('\n', plus);
            final long first = Long.parseLong(text.substring(at + PUBLISHED.length(), plus));
            highestId = Math.max(highestId, first + Long.parseLong(text.substring(plus + 1, end < 0 ? text.length() : end)) - 1);
        }
    }

    /** Whether the last live command changed the engine. */
    public boolean isChanged() {
        return isChanged;
    }

    /** The highest id that a publish to a queue has named so far. */
    public long highestId() {
        return highestId;
    }

    public long digest() {
        return engine.digest();
    }

    public long nextDeadlineMs() {
        return engine.nextDeadlineMs();
    }
}
