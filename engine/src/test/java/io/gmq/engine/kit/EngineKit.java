package io.gmq.engine.kit;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.core.Engine;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A real engine with a clock that is moved by hand. Each command gives back its effects as {@link EffectText}. */
public final class EngineKit {
    public static final long START_MS = 1_000_000;
    public static final Limits LIMITS = new Limits(100, 1000, 100_000, 5000, 1 << 30, 100);

    private final Engine engine;
    private final RecordedEffects effects;
    private final Commands commands = new Commands();
    private long nowMs = START_MS;
    private long sequence;
    private boolean isChanged;

    public EngineKit(final Limits limits) {
        this(limits, FateSink.NOBODY);
    }

    public EngineKit(final Limits limits, final FateSink sink) {
        engine = new Engine(sink);
        effects = new RecordedEffects(engine.payloads(), new EffectText(false));
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

    public String storage(final StorageState state) {
        return apply(by(CommandHeader.HOST).storage(state));
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

    public String publish(final long connection, final Publish publish) {
        return apply(by(connection).publish(publish));
    }

    /** Some commands in one, each built by the function from the connection's {@link Commands}. */
    @SafeVarargs
    public final String atomic(final long connection, final Function<Commands, byte[]>... steps) {
        final byte[][] built = new byte[steps.length][];
        for (int i = 0; i < steps.length; i++) {
            built[i] = steps[i].apply(by(connection));
        }
        return apply(by(connection).atomic(built));
    }

    public String peek(final long connection, final Peek peek) {
        return apply(by(connection).peek(peek));
    }

    public String consume(final long connection, final Consume consume) {
        return apply(by(connection).consume(consume));
    }

    public String credit(final long connection, final long consumer, final int credit) {
        return apply(by(connection).credit(consumer, credit));
    }

    public String cancel(final long connection, final long consumer) {
        return apply(by(connection).cancel(consumer));
    }

    public String drained(final long connection, final long bytes) {
        return apply(by(connection).drained(bytes));
    }

    public String bind(final String topic, final String queue) {
        return apply(by(9).bind(topic, queue));
    }

    public String unbind(final String topic, final String queue) {
        return apply(by(9).unbind(topic, queue));
    }

    /** What the reply says behind the word, or all of a refusal. */
    public String configure(final Configure configure) {
        return behind("c9: configured ", apply(by(9).configure(configure)));
    }

    /** The counts that are not zero. */
    public String counts(final String queue) {
        final String described = apply(by(9).describe(queue));
        return described.substring(described.indexOf('|') + 1).strip();
    }

    /** The settings. */
    public String settings(final String queue) {
        final String described = apply(by(9).describe(queue));
        return behind("c9: described ", described.substring(0, Math.max(0, described.indexOf('|')))).strip();
    }

    public String kick(final String queue, final int max) {
        return apply(by(9).kick(queue, max));
    }

    public String purge(final String queue, final MessageState... states) {
        int set = states.length == 0 ? MessageState.ALL_BUT_LEASED : 0;
        for (final MessageState state : states) {
            set |= state.bit();
        }
        return apply(by(9).purge(queue, set));
    }

    public String delete(final String queue) {
        return apply(by(9).delete(queue, false));
    }

    public String deleteIfEmpty(final String queue) {
        return apply(by(9).delete(queue, true));
    }

    /** Applies what must change nothing, whatever the clock says, and checks that nothing came of it. */
    public String unchanged(final Supplier<String> command) {
        final long before = engine.digest();
        final long deadline = engine.nextDeadlineMs();
        nowMs += 7;
        final String text = command.get();
        nowMs -= 7;
        if (isChanged || engine.digest() != before || engine.nextDeadlineMs() != deadline) {
            throw new AssertionError("should have changed nothing: " + text);
        }
        return text;
    }

    private static String behind(final String prefix, final String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    public String length(final String queue) {
        return apply(by(9).length(queue)).substring("c9: length ".length());
    }

    public String queues(final String prefix, final String after, final int max, final int replyBytesMax) {
        return apply(by(9).queues(prefix, after, max, replyBytesMax)).substring("c9: queues".length()).strip();
    }
}
