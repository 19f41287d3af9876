package io.gmq.engine.sim;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.util.SplittableRandom;

/**
 * A host with a few busy clients and a clock that sometimes goes back, all from one seed. Limits are small, so that refusals
 * are frequent; every eighth seed is {@linkplain #isLarge large} instead, with more messages and waiting takes than one command
 * moves.
 */
public final class RandomCommands {
    private static final String[] NAMES = {"a", "ab", "b", "ä", "\u20ac", "q\"\\", "z".repeat(255), "ab.c"};
    private static final CommandType[] SETTLINGS = {CommandType.ACK, CommandType.ACK, CommandType.ACK, CommandType.NACK, CommandType.EXTEND};
    private static final CommandType[] PLAIN = {CommandType.PING, CommandType.HELLO, CommandType.REJECT};
    private static final long CLOCK_START_MS = 1_700_000_000_000L;
    private static final int FLOOD = 1300;
    private static final int REMEMBERED = 4096;

    private final SplittableRandom random;
    private final boolean isLarge;
    private final Commands commands = new Commands();
    private final long[] connections = new long[4];
    private long lastConnection;
    private long nowMs = CLOCK_START_MS;
    private Limits limits;
    /** The queues of the last messages published, by their ids. */
    private final String[] queues = new String[REMEMBERED];
    private String lastPublishedTo = NAMES[0];
    private long highestSeen;
    private int floodLeft;
    private String floodQueue;

    public RandomCommands(final long seed) {
        random = new SplittableRandom(seed);
        isLarge = isLarge(seed);
    }

    /** Whether this seed's commands are of the large kind. */
    public static boolean isLarge(final long seed) {
        return (seed & 7) == 7;
    }

    /**
     * The next command; the first is a start.
     *
     * @param highestId of the messages published so far, so that settlings have something to settle.
     */
    public byte[] next(final long highestId) {
        while (highestSeen < highestId) {
            queues[(int) (++highestSeen % REMEMBERED)] = lastPublishedTo;
        }
        moveClock();
        commands.at(nowMs).by(connections[random.nextInt(connections.length)])
            .reply(random.nextInt(3) == 0 ? CommandHeader.NO_CORRELATION : random.nextInt(100), random.nextInt(256), level());
        if (limits == null) {
            return start();
        }
        if (floodLeft > 0) {
            return flood();
        }
        final int dice = random.nextInt(200);
        if (dice < 42) {
            return publish();
        } else if (dice < 104) {
            return take();
        } else if (dice < 158) {
            return settle(highestId);
        } else if (dice < 178) {
            return tick();
        } else if (dice < 183) {
            return close();
        } else if (dice < 189) {
            return commands.length(name());
        } else if (dice < 195) {
            return commands.queues(prefix(), random.nextBoolean() ? "" : name(), 1 + random.nextInt(4), random.nextInt(2000));
        } else if (dice < 199) {
            return commands.plain(PLAIN[random.nextInt(PLAIN.length)]);
        } else {
            return isLarge && random.nextInt(8) == 0 ? beginFlood() : start();
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

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private String prefix() {
        return random.nextBoolean() ? "" : random.nextBoolean() ? "a" : name();
    }

    private int upTo(final int most) {
        return 1 + random.nextInt(most);
    }

    private byte[] start() {
        if (limits == null || random.nextBoolean()) {
            limits = isLarge
                ? new Limits(4 + upTo(6), 10 + random.nextInt(40), 2000 + random.nextInt(3000), upTo(200), 500_000 + random.nextInt(1_000_000))
                : new Limits(2 + upTo(8), upTo(40), upTo(24), upTo(40), 500 + random.nextInt(4000));
        }
        // a process that starts numbers its connections on from those of the one before
        for (int i = 0; i < connections.length; i++) {
            connections[i] = ++lastConnection;
        }
        return commands.by(CommandHeader.HOST).start(limits);
    }

    private byte[] tick() {
        return commands.by(CommandHeader.HOST).plain(CommandType.TICK);
    }

    private byte[] close() {
        if (random.nextInt(8) == 0) {
            // one that is long gone, or has never been
            return commands.by(lastConnection + (random.nextBoolean() ? 1 : -upTo(10))).plain(CommandType.CLOSE);
        }
        final int slot = random.nextInt(connections.length);
        final long gone = connections[slot];
        connections[slot] = ++lastConnection;
        return commands.by(gone).plain(CommandType.CLOSE);
    }

    private byte[] publish() {
        final int dice = random.nextInt(10);
        final int count = dice < 7 ? 1 : dice < 9 || !isLarge ? upTo(6) : upTo(Limits.BATCH_MAX);
        final Draft[] drafts = new Draft[count];
        for (int i = 0; i < count; i++) {
            final int most = random.nextInt(20) == 0 ? limits.maxMessageLength() + 3 : Math.min(12, limits.maxMessageLength());
            drafts[i] = new Draft(letters(random.nextInt(most + 1)), letters(random.nextInt(8) == 0 ? upTo(20) : 0),
                random.nextInt(3) == 0 ? random.nextInt(Limits.PRIORITY_MAX + 1) : Limits.PRIORITY_DEFAULT,
                random.nextInt(4) == 0 ? random.nextInt(30) : 0);
        }
        lastPublishedTo = name();
        return commands.publish(lastPublishedTo, drafts);
    }

    private byte[] letters(final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        return bytes;
    }

    private byte[] take() {
        final int most = isLarge && random.nextInt(4) == 0 ? Limits.BATCH_MAX : 4;
        final int dice = random.nextInt(5);
        final long leaseMs = dice == 0 ? 0 : dice == 1 ? TakeCommand.DEFAULT_LEASE : upTo(isLarge ? 200 : 40);
        return commands.take(new Take(name(), upTo(most), random.nextBoolean() ? 0 : upTo(40), leaseMs, random.nextInt(6) == 0,
            random.nextInt(4) == 0 ? random.nextInt(800) : 1 << 20, random.nextBoolean() ? 4 : 18));
    }

    /** Many takes of one connection that wait for one queue, and then its end. */
    private byte[] beginFlood() {
        floodLeft = FLOOD;
        floodQueue = name();
        return flood();
    }

    private byte[] flood() {
        commands.by(connections[0]);
        if (--floodLeft > 0) {
            return commands.take(Take.from(floodQueue).waitMs(200 + upTo(200)).leaseMs(random.nextInt(20)));
        }
        if (random.nextBoolean()) {
            nowMs += 300;
            return commands.at(nowMs).by(CommandHeader.HOST).plain(CommandType.TICK);
        }
        final long gone = connections[0];
        connections[0] = ++lastConnection;
        return commands.by(gone).plain(CommandType.CLOSE);
    }

    private byte[] settle(final long highestId) {
        final CommandType type = SETTLINGS[random.nextInt(SETTLINGS.length)];
        final int dice = random.nextInt(10);
        final int selection = dice < 5 ? SettleCommand.ONE : dice < 8 ? SettleCommand.LIST : SettleCommand.RANGE;
        final long[] ids = new long[selection == SettleCommand.ONE ? 1 : selection == SettleCommand.RANGE ? 2 : upTo(6)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(highestId);
        }
        if (selection == SettleCommand.RANGE) {
            ids[0] = random.nextInt(4) == 0 ? 0 : ids[0];
            ids[1] = random.nextInt(4) == 0 ? Long.MAX_VALUE : Math.max(ids[0], ids[1]);
        }
        final long durationMs = switch (type) {
            case NACK -> random.nextInt(3) == 0 ? upTo(20) : 0;
            case EXTEND -> random.nextInt(3) == 0 ? TakeCommand.DEFAULT_LEASE : upTo(40);
            default -> 0;
        };
        return commands.settle(new Settle(type, queueOf(ids[random.nextInt(ids.length)]), selection,
            selection == SettleCommand.ONE && random.nextInt(3) == 0 ? upTo(3) : SettleCommand.ANY_ATTEMPT,
            type == CommandType.NACK && random.nextInt(3) == 0 ? random.nextInt(Limits.PRIORITY_MAX + 1) : SettleCommand.SAME_PRIORITY,
            durationMs, ids));
    }

    private String queueOf(final long id) {
        final String queue = id > highestSeen || random.nextInt(10) == 0 ? null : queues[(int) (id % REMEMBERED)];
        return queue == null ? name() : queue;
    }

    private long id(final long highestId) {
        final int dice = random.nextInt(40);
        if (dice == 0) {
            return random.nextBoolean() ? 0 : Long.MAX_VALUE;
        }
        return Math.max(0, highestId + 1 - random.nextInt(dice < 15 ? 16 : isLarge ? 3000 : dice < 30 ? 64 : 256));
    }
}
