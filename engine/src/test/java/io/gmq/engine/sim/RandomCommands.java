package io.gmq.engine.sim;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Peek;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A host with a few busy clients and a clock that sometimes goes back, all from one seed. Limits are small, so that refusals
 * are frequent. Every fourth seed is of long messages, which fill the windows of consumers; every sixteenth is
 * {@linkplain #isLarge large} instead, with more messages and more who wait than one command moves.
 */
public final class RandomCommands {
    private static final String[] NAMES = {"a", "ab", "b", "ä", "\u20ac", "q\"\\", "z".repeat(255), "ab.c"};
    private static final String[] TOPICS = {"a", "a.b", "a.b.c", "a.x", "x.b", "b", "a.b.c.d", "x.x.c"};
    private static final String[] BINDINGS =
        {"a", "a.b", "a.b.c", "a.*", "*.b", "a.>", ">", "*", "*.*", "a.*.c", "*.*.c", "*.>", "a.b.>", "a*", "b.>x"};
    private static final String[] PRODUCERS = {"p", "pp", "q", "ü", "y".repeat(255)};
    private static final String[] HEADERS = {"h", "gmq-origin-queue", "gmq-origin-message", "gmq-reason", "gmq-reasons", "ä"};
    private static final String[] REASONS = {"", "", "broken", "späť", "r".repeat(255)};
    private static final CommandType[] SETTLINGS =
        {CommandType.ACK, CommandType.ACK, CommandType.ACK, CommandType.NACK, CommandType.NACK, CommandType.EXTEND, CommandType.PARK};
    private static final CommandType[] PLAIN = {CommandType.CHECKPOINT, CommandType.PING, CommandType.HELLO, CommandType.REJECT};
    private static final Setting[] SETTINGS = Setting.values();
    private static final long CLOCK_START_MS = 1_700_000_000_000L;
    private static final int FLOOD = 1300;
    private static final byte[] FILLER = "abcdefghijklmnopqrstuvwxyz.".repeat(200).getBytes(StandardCharsets.US_ASCII);
    private static final int REMEMBERED = 4096;

    private final SplittableRandom random;
    private final boolean isLarge;
    private final boolean isLong;
    private final LongFunction<String> queueOf;
    private final Commands commands = new Commands();
    private final long[] connections = new long[4];
    private final long[] producerSequences = new long[PRODUCERS.length];
    private long lastConnection;
    private long nowMs = CLOCK_START_MS;
    private Limits limits;
    /** The queues of the last messages published, by their ids. */
    private final String[] queues = new String[REMEMBERED];
    private String lastPublishedTo = NAMES[0];
    private long highestSeen;
    private long highestId;
    private int floodLeft;
    private String floodQueue;
    private Flood flood;

    /** Knows of messages only what it has asked for, so that many settlings miss. */
    public RandomCommands(final long seed) {
        this(seed, null);
    }

    /** @param queueOf says in which queue a message is, {@code null} for one that is gone. */
    RandomCommands(final long seed, final LongFunction<String> queueOf) {
        random = new SplittableRandom(seed);
        isLarge = isLarge(seed);
        isLong = !isLarge && (seed & 3) == 2;
        this.queueOf = queueOf == null ? this::rememberedQueueOf : queueOf;
    }

    /** Whether this seed's commands are of the large kind. */
    public static boolean isLarge(final long seed) {
        return (seed & 15) == 15;
    }

    /**
     * The next command; the first is a start.
     *
     * @param highest id of the messages published so far, so that settlings have something to settle.
     */
    public byte[] next(final long highest) {
        highestId = highest;
        while (highestSeen < highestId) {
            queues[(int) (++highestSeen % REMEMBERED)] = lastPublishedTo;
        }
        moveClock();
        commands.at(nowMs).by(oneOf(connections)).promised(random.nextInt(8) == 0 ? random.nextInt(1000) : 0)
            .reply(random.nextInt(3) == 0 ? CommandHeader.NO_CORRELATION : random.nextInt(100), random.nextInt(256), level());
        if (limits == null) {
            return start();
        }
        return floodLeft > 0 ? flood() : any();
    }

    private byte[] any() {
        final int dice = random.nextInt(1000);
        if (dice < 190) {
            return publish(false);
        } else if (dice < 350) {
            return take();
        } else if (dice < 620) {
            return settle(SETTLINGS);
        } else if (dice < 650) {
            return isLarge && random.nextInt(4) > 0 ? tick() : atomic();
        } else if (dice < 740) {
            return tick();
        } else if (dice < 840) {
            return consumers(dice);
        } else if (dice < 970) {
            return queues(dice);
        } else if (dice < 980) {
            return close();
        } else if (dice < 994) {
            return commands.plain(oneOf(PLAIN));
        } else if (dice < 997) {
            return random.nextBoolean() ? commands.storage(storage()) : commands.digest(random.nextLong());
        } else {
            return isLarge && random.nextBoolean() ? beginFlood() : start();
        }
    }

    private byte[] consumers(final int dice) {
        if (dice < 765) {
            return consume();
        } else if (dice < 790) {
            return commands.credit(random.nextInt(6), upTo(random.nextInt(8) == 0 ? Limits.CREDIT_MAX : 4));
        } else if (dice < 800) {
            return commands.cancel(random.nextInt(6));
        } else {
            return commands.drained(upTo(DrainedCommand.WINDOW >> (isLong ? 3 : 0)));
        }
    }

    private StorageState storage() {
        final int dice = random.nextInt(16);
        return dice < 3 ? StorageState.FULL : dice < 4 ? StorageState.AWAY : StorageState.READY;
    }

    private byte[] queues(final int dice) {
        if (dice < 860) {
            return commands.kick(name(), random.nextInt(8) == 0 ? upTo(Limits.BATCH_MAX) : upTo(3));
        } else if (dice < 885) {
            return commands.peek(new Peek(name(), MessageState.of((byte) random.nextInt(4)), upTo(6), room(), expansion()));
        } else if (dice < 920) {
            return random.nextInt(4) > 0 ? commands.bind(oneOf(BINDINGS), name()) : commands.unbind(oneOf(BINDINGS), name());
        } else if (dice < 938) {
            return configure();
        } else if (dice < 948) {
            return commands.describe(name());
        } else if (dice < 953) {
            return commands.length(name());
        } else if (dice < 958) {
            return commands.queues(prefix(), random.nextBoolean() ? "" : name(), upTo(4), random.nextInt(4000));
        } else if (dice < 965) {
            return commands.purge(name(), random.nextInt(3) == 0 ? MessageState.ALL_BUT_LEASED : upTo(15));
        } else {
            return commands.delete(name(), random.nextInt(3) > 0);
        }
    }

    private void moveClock() {
        final int dice = random.nextInt(100);
        if (dice < 50) {
            nowMs += random.nextInt(2);
        } else if (dice < 54) {
            nowMs += random.nextInt(20);
        } else if (dice == 54) {
            nowMs += 200;
        } else if (dice < 57) {
            nowMs -= random.nextInt(40);
        }
    }

    private Durability level() {
        return Durability.of((byte) random.nextInt(4));
    }

    private <T> T oneOf(final T[] all) {
        return all[random.nextInt(all.length)];
    }

    private long oneOf(final long[] all) {
        return all[random.nextInt(all.length)];
    }

    private String name() {
        return oneOf(NAMES);
    }

    private String prefix() {
        return random.nextBoolean() ? "" : random.nextBoolean() ? "a" : name();
    }

    private int upTo(final int most) {
        return 1 + random.nextInt(most);
    }

    /** At least a millisecond, mostly short, and now and then as long as it can be. */
    private long durationMs(final int usual) {
        return random.nextInt(300) == 0 ? Limits.DURATION_MS_MAX : upTo(usual);
    }

    private int room() {
        return random.nextInt(4) == 0 ? random.nextInt(800) : 1 << 20;
    }

    private int expansion() {
        return isLong ? 127 : random.nextBoolean() ? 4 : 18;
    }

    // ---------------------------------------------------------------- the host

    private byte[] start() {
        if (limits == null || random.nextBoolean()) {
            limits = newLimits();
        }
        // a process that starts numbers its connections on from those of the one before
        Arrays.setAll(connections, slot -> ++lastConnection);
        return commands.by(CommandHeader.HOST).start(limits);
    }

    private Limits newLimits() {
        if (isLarge) {
            return new Limits(4 + upTo(6), 10 + random.nextInt(40), 2000 + random.nextInt(3000), upTo(200),
                500_000 + random.nextInt(1_000_000), upTo(4));
        }
        return new Limits(2 + upTo(8), isLong ? 1000 + upTo(3000) : upTo(40), upTo(24), upTo(40),
            (isLong ? 100_000 : 1000) + random.nextInt(8000), upTo(4));
    }

    private byte[] tick() {
        return commands.by(CommandHeader.HOST).plain(CommandType.TICK);
    }

    private byte[] close() {
        if (random.nextInt(8) == 0) {
            // one that is long gone, or has never been
            return commands.by(lastConnection + (random.nextBoolean() ? 1 : -upTo(10))).plain(CommandType.CLOSE);
        }
        return close(random.nextInt(connections.length));
    }

    private byte[] close(final int slot) {
        final long gone = connections[slot];
        connections[slot] = ++lastConnection;
        return commands.by(gone).plain(CommandType.CLOSE);
    }

    /** More of one kind at one queue than one command moves, and then what makes it move. */
    private byte[] beginFlood() {
        flood = oneOf(Flood.values());
        floodLeft = flood == Flood.MESSAGES ? 2 + upTo(2) : FLOOD;
        floodQueue = name();
        return flood();
    }

    private byte[] flood() {
        commands.by(connections[0]);
        if (--floodLeft == 0) {
            return endFlood();
        }
        return switch (flood) {
            case TAKES -> commands.take(Take.from(floodQueue).waitMs(200 + upTo(200)).leaseMs(random.nextInt(20)));
            case CONSUMERS -> commands.consume(Consume.from(floodQueue).credit(upTo(2)).leaseMs(20 + upTo(200)));
            case MESSAGES -> floodOfMessages(5);
        };
    }

    private byte[] floodOfMessages(final long ttlMs) {
        final Draft[] drafts = new Draft[Limits.BATCH_MAX];
        Arrays.fill(drafts, Draft.of(letters(random.nextInt(4))).ttlMs(ttlMs));
        lastPublishedTo = floodQueue;
        return commands.publish(floodQueue, drafts);
    }

    private byte[] endFlood() {
        if (flood == Flood.MESSAGES) {
            nowMs += 50;
            commands.at(nowMs);
            return switch (random.nextInt(3)) {
                case 0 -> tick();
                case 1 -> commands.take(Take.from(floodQueue).waitMs(random.nextInt(2) * 50));
                default -> commands.consume(Consume.from(floodQueue));
            };
        }
        return switch (random.nextInt(4)) {
            case 0 -> {
                nowMs += 300;
                commands.at(nowMs);
                yield tick();
            }
            case 1 -> commands.delete(floodQueue, false);
            case 2 -> floodOfMessages(0);
            default -> close(0);
        };
    }

    private enum Flood { TAKES, CONSUMERS, MESSAGES }

    // ---------------------------------------------------------------- publishing

    private byte[] publish(final boolean isStep) {
        final boolean isTopic = random.nextInt(4) == 0;
        final int dice = random.nextInt(10);
        final int count = dice < 7 ? 1 : dice < 9 || !isLarge || isStep ? upTo(6) : upTo(isTopic ? 200 : Limits.BATCH_MAX);
        final Draft[] drafts = new Draft[count];
        Arrays.setAll(drafts, i -> draft());
        lastPublishedTo = isTopic ? null : name();
        final Publish publish = isTopic ? Publish.toTopic(oneOf(TOPICS), drafts) : Publish.toQueue(lastPublishedTo, drafts);
        if (random.nextInt(4) > 0) {
            return commands.publish(publish);
        }
        final int producer = random.nextInt(PRODUCERS.length);
        producerSequences[producer] += random.nextInt(4) - 1;
        return commands.publish(publish.by(PRODUCERS[producer], producerSequences[producer]));
    }

    private Draft draft() {
        final int most = limits.maxMessageLength();
        final int length = random.nextInt(20) == 0 ? random.nextInt(most + 3) : isLong && random.nextInt(3) == 0
            ? most - random.nextInt(Math.min(20, most))
            : random.nextInt(Math.min(12, most) + 1);
        Draft draft = Draft.of(letters(length));
        if (random.nextInt(3) == 0) {
            draft = draft.priority(random.nextInt(Limits.PRIORITY_MAX + 1));
        }
        if (random.nextInt(4) == 0) {
            draft = draft.delayMs(durationMs(30) - 1);
        }
        if (random.nextInt(4) == 0) {
            draft = draft.ttlMs(random.nextInt(4) == 0 ? 0 : durationMs(40));
        }
        for (int left = random.nextInt(6) == 0 ? upTo(4) : 0; left > 0; left--) {
            draft = draft.header(oneOf(HEADERS), "v" + random.nextInt(10));
        }
        return draft;
    }

    private byte[] letters(final int length) {
        final byte[] bytes = Arrays.copyOf(FILLER, length);
        for (int i = 0; i < Math.min(length, 12); i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        return bytes;
    }

    // ---------------------------------------------------------------- taking

    private long leaseMs() {
        final int dice = random.nextInt(5);
        return dice == 0 ? 0 : dice == 1 ? TakeCommand.DEFAULT_LEASE : durationMs(isLarge ? 200 : 40);
    }

    private byte[] take() {
        final int most = isLarge && random.nextInt(4) == 0 ? Limits.BATCH_MAX : 4;
        final long leaseMs = leaseMs();
        return commands.take(new Take(name(), upTo(most), random.nextBoolean() ? 0 : durationMs(40), leaseMs,
            leaseMs != 0 && random.nextInt(6) == 0, room(), expansion()));
    }

    private byte[] consume() {
        final long leaseMs = leaseMs();
        final int credit = upTo(random.nextInt(4) > 0 ? 3 : isLarge ? 2000 : 20);
        return commands.consume(new Consume(name(), credit, leaseMs, leaseMs != 0 && random.nextInt(6) == 0, room(), expansion()));
    }

    // ---------------------------------------------------------------- settling

    private byte[] settle(final CommandType[] types) {
        final CommandType type = oneOf(types);
        final int dice = random.nextInt(10);
        final int selection = dice < 5 ? SettleCommand.ONE : dice < 8 ? SettleCommand.LIST : SettleCommand.RANGE;
        final long[] ids = new long[selection == SettleCommand.ONE ? 1 : selection == SettleCommand.RANGE ? 2 : upTo(6)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id();
        }
        if (selection == SettleCommand.RANGE) {
            ids[0] = random.nextInt(4) == 0 ? 0 : ids[0];
            ids[1] = random.nextInt(4) == 0 ? Long.MAX_VALUE : Math.max(ids[0], ids[1]);
        }
        final long durationMs = switch (type) {
            case NACK -> random.nextInt(3) == 0 ? durationMs(20) : 0;
            case EXTEND -> random.nextInt(3) == 0 ? TakeCommand.DEFAULT_LEASE : durationMs(40);
            default -> 0;
        };
        return commands.settle(new Settle(type, settledQueue(ids[random.nextInt(ids.length)]), selection,
            selection == SettleCommand.ONE && random.nextInt(3) == 0 ? upTo(3) : SettleCommand.ANY_ATTEMPT,
            type == CommandType.NACK && random.nextInt(3) == 0 ? random.nextInt(Limits.PRIORITY_MAX + 1) : SettleCommand.SAME_PRIORITY,
            durationMs, type == CommandType.PARK ? oneOf(REASONS) : "", ids));
    }

    private String settledQueue(final long id) {
        final String queue = random.nextInt(10) == 0 ? null : queueOf.apply(id);
        return queue == null ? name() : queue;
    }

    private String rememberedQueueOf(final long id) {
        return id > highestSeen ? null : queues[(int) (id % REMEMBERED)];
    }

    /** Of a message that there probably is. */
    private long id() {
        final int dice = random.nextInt(40);
        if (dice == 0) {
            return random.nextBoolean() ? 0 : Long.MAX_VALUE;
        }
        long id = 0;
        for (int tries = 4; tries > 0; tries--) {
            id = Math.max(0, highestId + 1 - random.nextInt(dice < 15 ? 16 : isLarge ? 3000 : dice < 30 ? 64 : 256));
            if (queueOf.apply(id) != null) {
                break;
            }
        }
        return id;
    }

    private byte[] atomic() {
        final byte[][] steps = new byte[random.nextInt(20) == 0 ? upTo(Limits.STEPS_MAX) : upTo(4)][];
        final Supplier<byte[]> step = () -> random.nextInt(3) == 0 ? publish(true) : settle(
            new CommandType[] {CommandType.ACK, CommandType.NACK, CommandType.PARK});
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step.get();
        }
        return commands.atomic(steps);
    }

    // ---------------------------------------------------------------- settings

    private byte[] configure() {
        final String queue = name();
        Configure configure = Configure.of(queue);
        for (final Setting setting : SETTINGS) {
            if (random.nextInt(4) == 0) {
                configure = configure.set(setting, switch (setting) {
                    case CAPACITY -> upTo(limits.maxQueueCapacity());
                    case MAX_MESSAGE_LENGTH -> Math.max(1, limits.maxMessageLength() - random.nextInt(8));
                    case LEASE_MS -> upTo(40);
                    case MAX_ATTEMPTS -> random.nextInt(4);
                    case TTL_MS -> random.nextInt(3) == 0 ? 0 : upTo(60);
                    case ON_FULL -> random.nextInt(OnFull.values().length);
                    case PAUSED -> random.nextInt(3) == 0 ? 1 : 0;
                });
            }
        }
        if (random.nextBoolean()) {
            final String deadLetter = random.nextInt(4) == 0 ? "" : name();
            configure = configure.deadLetter(deadLetter.equals(queue) ? "" : deadLetter);
        }
        return commands.configure(configure);
    }
}
