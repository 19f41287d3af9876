package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the engine can say, the client hears: effects made up at random, encoded, and read by a parser that is not ours. */
final class EffectRoundTripTest {
    private static final int KINDS = 12;
    private static final CommandType[] SETTLINGS = {CommandType.ACK, CommandType.NACK, CommandType.EXTEND, CommandType.PARK};
    private static final String[] SETTLED = {"acked", "nacked", "extended", "parked"};
    private static final String[] TEXTS = {"", "a", "é\u0000\n\"\\/", "\uD83D\uDE00", "0123456789"};

    private final CodecSettings settings =
        new CodecSettings(CodecKit.LIMITS, 4 << 20, Durability.WRITTEN, Durability.SYNCED, "filesystem", "GMQ test");
    private final EffectKit kit = new EffectKit(settings);

    /* What is being made up: what to tell, and the frame that shall come of it. */
    private Random random;
    private ReplyTo to;
    private Map<String, Object> frame;
    private Consumer<EffectSink> told;

    private static long id(final Random random) {
        return random.nextLong() >>> 1 + random.nextInt(60);
    }

    private boolean is(final int presentation) {
        return (to.presentation() & presentation) != 0;
    }

    private ReplyTo to(final int presentations) {
        return new ReplyTo().set(1 + id(random), random.nextBoolean() ? CommandHeader.NO_CORRELATION : id(random) >>> 10,
            random.nextInt(256) & presentations, Durability.of((byte) random.nextInt(3)));
    }

    private Map<String, Object> confirmed() {
        final Map<String, Object> members = new LinkedHashMap<>();
        if (to.correlation() != CommandHeader.NO_CORRELATION) {
            members.put("id", to.correlation());
        }
        members.put("confirmation", "Y");
        return level(members, to);
    }

    private static Map<String, Object> level(final Map<String, Object> members, final ReplyTo of) {
        if ((of.presentation() & Presentation.NAMED_LEVEL) != 0) {
            members.put("durability", of.level().level());
        }
        return members;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private void makeUp(final int kind) {
        to = to(Presentation.NAMED_LEVEL | Presentation.TEXT | Presentation.DETAILS | Presentation.BATCH);
        frame = confirmed();
        switch (kind) {
            case 0 -> told = published(to, frame);
            case 1 -> told = settled(to, frame);
            case 2 -> messages(false);
            case 3 -> messages(true);
            case 4 -> delivery();
            case 5 -> consumer();
            case 6 -> counted();
            case 7 -> queue();
            case 8 -> queues();
            case 9 -> atomic();
            case 10 -> refused();
            default -> length();
        }
    }

    private Consumer<EffectSink> published(final ReplyTo its, final Map<String, Object> members) {
        final boolean isDuplicate = random.nextBoolean();
        final long first = isDuplicate && random.nextBoolean() ? 0 : 1 + id(random) / 2;
        final int count = first == 0 ? 0 : random.nextInt(5);
        if (isDuplicate) {
            members.put("duplicate", true);
        }
        if ((its.presentation() & Presentation.BATCH) == 0) {
            put(members, "message", first, first != 0);
        } else {
            put(members, "first", first, first != 0 && count > 0);
            put(members, "count", count, first != 0);
        }
        return isDuplicate ? sink -> sink.duplicate(its, first, count) : sink -> sink.published(its, first, count);
    }

    private static void put(final Map<String, Object> members, final String name, final long value, final boolean isSaid) {
        if (isSaid) {
            members.put(name, value);
        }
    }

    private Consumer<EffectSink> settled(final ReplyTo its, final Map<String, Object> members) {
        final int type = random.nextInt(SETTLINGS.length);
        final int count = random.nextInt(1000);
        final long[] missing = random.longs(random.nextInt(3) == 0 ? Limits.BATCH_MAX : 2, 0, Long.MAX_VALUE).toArray();
        final int missingCount = random.nextInt(missing.length + 1);
        members.put(SETTLED[type], (long) count);
        final List<Object> ids = new ArrayList<>();
        for (int i = 0; i < missingCount; i++) {
            ids.add(missing[i]);
        }
        if (missingCount > 0) {
            members.put("missing", ids);
        }
        return sink -> sink.settled(its, SETTLINGS[type], count, missing, missingCount);
    }

    private Consumer<EffectSink> message(final List<Object> list, final boolean isPeeked) {
        final long message = id(random);
        final int attempt = random.nextInt(3) + (isPeeked ? 0 : 1);
        final int priority = random.nextInt(10);
        final boolean isText = random.nextBoolean();
        final byte[] payload = isText ? text().getBytes(StandardCharsets.UTF_8) : new byte[] {(byte) 0xC0, (byte) random.nextInt()};
        final String[] headers = random.nextBoolean() ? new String[0] : new String[] {"a" + text(), text(), "b" + text(), text()};
        final Map<String, Object> members = new LinkedHashMap<>();
        members.put("message", message);
        if (isText && is(Presentation.TEXT)) {
            members.put("text", new String(payload, StandardCharsets.UTF_8));
        } else {
            members.put("payload", Base64.getEncoder().encodeToString(payload));
        }
        put(members, "attempt", attempt, attempt != 1 || is(Presentation.DETAILS));
        put(members, "priority", priority, priority != 4 || is(Presentation.DETAILS));
        put(members, "published_ms", EffectKit.PUBLISHED_MS, is(Presentation.DETAILS));
        if (headers.length > 0) {
            members.put("headers", Map.of(headers[0], headers[1], headers[2], headers[3]));
        }
        list.add(members);
        final long handle = kit.payload(payload, headers);
        if (!isPeeked) {
            return sink -> sink.message(message, attempt, priority, handle);
        }
        final MessageState state = MessageState.values()[random.nextInt(4)];
        final String why = text();
        members.put("state", state.word());
        final long reason = random.nextBoolean() ? Payloads.NONE : kit.payload(why);
        if (reason != Payloads.NONE && !why.isEmpty()) {
            members.put("reason", why);
        }
        return sink -> sink.peeked(message, attempt, priority, handle, state, reason);
    }

    private List<Consumer<EffectSink>> messages(final List<Object> list, final boolean isPeeked) {
        final List<Consumer<EffectSink>> all = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            all.add(message(list, isPeeked));
        }
        return all;
    }

    private void messages(final boolean isPeeked) {
        final List<Object> list = new ArrayList<>();
        final List<Consumer<EffectSink>> all = messages(list, isPeeked);
        frame.put("messages", list);
        told = sink -> {
            sink.beginMessages(to);
            all.forEach(one -> one.accept(sink));
            sink.endMessages();
        };
    }

    private void delivery() {
        final long consumer = id(random);
        final String queue = "q" + text();
        final List<Object> list = new ArrayList<>();
        final List<Consumer<EffectSink>> all = messages(list, false);
        frame.clear();
        frame.putAll(Map.of("consumer", consumer, "queue", queue, "messages", list));
        final DirectBuffer name = EffectKit.name(queue);
        told = sink -> {
            sink.beginDelivery(to, consumer, name, 0, name.capacity());
            all.forEach(one -> one.accept(sink));
            sink.endDelivery(5);
        };
    }

    private void consumer() {
        final long consumer = id(random);
        if (random.nextBoolean()) {
            to.set(to.connection(), to.correlation(), to.presentation() & ~Presentation.NAMED_LEVEL, to.level());
            frame = confirmed();
            frame.put("consumer", consumer);
            told = sink -> sink.consuming(to, consumer);
        } else {
            frame.clear();
            frame.putAll(Map.of("consumer", consumer, "ended", "deleted"));
            told = sink -> sink.consumerEnded(to, consumer);
        }
    }

    private void counted() {
        final int count = random.nextInt();
        final boolean isKick = random.nextBoolean();
        if (random.nextInt(3) == 0) {
            told = sink -> sink.done(to);
            return;
        }
        frame.put(isKick ? "kicked" : "purged", (long) count);
        told = sink -> sink.counted(to, isKick ? CommandType.KICK : CommandType.PURGE, count);
    }

    private QueueSettings settings(final Map<String, Object> members) {
        final QueueSettings its = new QueueSettings();
        for (final Setting setting : Setting.values()) {
            its.set(setting, setting == Setting.ON_FULL || setting == Setting.PAUSED ? random.nextInt(2) : id(random));
            members.put(setting.word(), its.get(setting));
        }
        members.put("on_full", OnFull.of(its.get(Setting.ON_FULL)).word());
        members.put("paused", its.get(Setting.PAUSED) == 1);
        final String deadLetter = text();
        final DirectBuffer name = EffectKit.name(deadLetter);
        members.put("dead_letter", deadLetter);
        return its.deadLetter(name, 0, name.capacity());
    }

    private QueueCounts counts(final Map<String, Object> members) {
        final QueueCounts its = new QueueCounts();
        for (final Count count : Count.values()) {
            its.set(count, count == Count.OLDEST_READY_MS && random.nextBoolean() ? Count.NONE : id(random));
            put(members, count.word(), its.get(count), its.get(count) != Count.NONE);
        }
        return its;
    }

    private void queue() {
        final QueueSettings its = settings(frame);
        if (random.nextBoolean()) {
            told = sink -> sink.configured(to, its);
        } else {
            final QueueCounts counts = counts(frame);
            told = sink -> sink.described(to, its, counts);
        }
    }

    private void queues() {
        final List<Object> list = new ArrayList<>();
        final List<Consumer<EffectSink>> all = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            final Map<String, Object> members = new LinkedHashMap<>();
            final QueueCounts counts = counts(members);
            final String queue = "q" + text();
            final DirectBuffer name = EffectKit.name(queue);
            members.put("queue", queue);
            list.add(members);
            all.add(sink -> sink.queue(name, 0, name.capacity(), counts));
        }
        final boolean more = random.nextBoolean();
        frame.put("queues", list);
        if (more) {
            frame.put("more", true);
        }
        told = sink -> {
            sink.beginQueues(to);
            all.forEach(one -> one.accept(sink));
            sink.endQueues(more);
        };
    }

    private void atomic() {
        to.set(to.connection(), to.correlation(), 0, to.level());
        frame = confirmed();
        final List<Object> list = new ArrayList<>();
        final List<Consumer<EffectSink>> all = new ArrayList<>();
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            final Map<String, Object> members = new LinkedHashMap<>();
            final ReplyTo its = to(Presentation.NAMED_LEVEL | Presentation.BATCH);
            all.add(random.nextBoolean() ? published(its, members) : settled(its, members));
            list.add(level(members, its));
        }
        frame.put("results", list);
        told = sink -> {
            sink.beginAtomic(to);
            all.forEach(one -> one.accept(sink));
            sink.endAtomic();
        };
    }

    private void refused() {
        final RefusalCode[] codes = {RefusalCode.QUEUE_FULL, RefusalCode.NO_SUCH_QUEUE, RefusalCode.NOT_EMPTY, RefusalCode.MESSAGE_TOO_LARGE};
        final RefusalCode code = codes[random.nextInt(codes.length)];
        final String queue = "q" + text();
        final long limit = random.nextBoolean() ? -1 : id(random);
        final long actual = random.nextBoolean() ? -1 : id(random);
        final int step = random.nextBoolean() ? -1 : random.nextInt(100);
        final Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code.word());
        error.put("queue", queue);
        put(error, "limit", limit, limit >= 0);
        put(error, "actual", actual, actual >= 0);
        put(error, "step", step, step >= 0);
        put(error, "retry_after_ms", 100, code == RefusalCode.QUEUE_FULL);
        frame.remove("durability");
        frame.put("confirmation", "N");
        frame.put("error", error);
        final DirectBuffer name = EffectKit.name(queue);
        told = sink -> sink.refused(to, code, name, 0, name.capacity(), limit, actual, step);
    }

    private void length() {
        final int[] counts = random.ints(4, 0, 100_000_000).toArray();
        frame.put("length", (long) counts[0] + counts[1] + counts[2] + counts[3]);
        frame.put("ready", (long) counts[0]);
        frame.put("delayed", (long) counts[1]);
        frame.put("leased", (long) counts[2]);
        frame.put("parked", (long) counts[3]);
        told = sink -> sink.length(to, counts[0], counts[1], counts[2], counts[3]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void shouldSayWhatTheEngineSaid(final int kind) {
        for (long seed = 0; seed < 1000; seed++) {
            random = new Random(seed * KINDS + kind);
            makeUp(kind);
            final String text = kit.tell(told);
            final Object read = JsonValue.of(text.substring(text.indexOf('{')));
            if (((Map<?, ?>) read).get("error") instanceof Map<?, ?> error) {
                assertThat(error.remove("message")).as("seed %d", seed).isInstanceOf(String.class);
            }
            assertThat(read).as("seed %d: %s", seed, text).isEqualTo(frame);
        }
    }
}
