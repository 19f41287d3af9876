package io.gmq.engine.kit;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Limits;
import io.gmq.engine.core.Engine;
import org.agrona.concurrent.UnsafeBuffer;

/** A real engine with a clock that is moved by hand. Each command gives back its effects as {@link EffectText}. */
public final class EngineKit {
    public static final long START_MS = 1_000_000;
    public static final Limits LIMITS = new Limits(100, 1000, 100_000, 5000, 1 << 30);

    private final Engine engine = new Engine();
    private final RecordedEffects effects = new RecordedEffects(engine.payloads(), new EffectText(false));
    private final Commands commands = new Commands();
    private long nowMs = START_MS;
    private long sequence;
    private boolean isChanged;

    public EngineKit(final Limits limits) {
        start(limits);
    }

    public EngineKit() {
        this(LIMITS);
    }

    public Engine engine() {
        return engine;
    }

    /** The place of the last command. */
    public long sequence() {
        return sequence;
    }

    public long nowMs() {
        return nowMs;
    }

    /** Moves the clock, and tells the engine nothing. */
    public EngineKit advance(final long ms) {
        nowMs += ms;
        return this;
    }

    /** What the last command said. */
    public boolean isChanged() {
        return isChanged;
    }

    public String apply(final byte[] command) {
        effects.text().clear();
        isChanged = engine.apply(++sequence, new UnsafeBuffer(command), 0, command.length, effects);
        return effects.text().toString();
    }

    private Commands by(final long connection) {
        return commands.by(connection).at(nowMs);
    }

    public String start(final Limits limits) {
        return apply(by(CommandHeader.HOST).start(limits));
    }

    public String tick() {
        return apply(by(CommandHeader.HOST).plain(CommandType.TICK));
    }

    public String close(final long connection) {
        return apply(by(connection).plain(CommandType.CLOSE));
    }

    public String publish(final long connection, final String queue, final String... payloads) {
        final Draft[] drafts = new Draft[payloads.length];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = Draft.of(payloads[i]);
        }
        return publish(connection, queue, drafts);
    }

    public String publish(final long connection, final String queue, final Draft... drafts) {
        return apply(by(connection).publish(queue, drafts));
    }

    public String take(final long connection, final String queue) {
        return take(connection, Take.from(queue));
    }

    public String take(final long connection, final Take take) {
        return apply(by(connection).take(take));
    }

    public String settle(final long connection, final Settle settle) {
        return apply(by(connection).settle(settle));
    }

    public String length(final String queue) {
        return apply(by(9).length(queue)).substring("c9: length ".length());
    }

    public String queues(final String prefix, final String after, final int max, final int replyBytesMax) {
        return apply(by(9).queues(prefix, after, max, replyBytesMax)).substring("c9: queues".length()).strip();
    }
}
