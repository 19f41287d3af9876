package io.gmq.bench.jmh;

import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.core.Engine;
import io.gmq.engine.ring.EffectWriter;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine without a broker around it, driven as its host drives it: commands as bytes, effects written into a buffer, blocks
 * reclaimed after what would be a batch of the ring. One connection, and queues that are used in turn: as many messages are published
 * to one as are taken from it or settled in it, before it is the next one's turn. Belongs to one thread.
 */
final class EngineDriver {
    static final int PAYLOAD_BYTES_DEFAULT = 200;
    /** Messages that a consumer may hold. */
    static final int CREDIT = 64;

    /** Commands between two times that freed blocks are given back. */
    private static final int RECLAIM_MASK = 63;
    /** Publishes in a millisecond: at a million a second. */
    private static final int MILLISECOND_MASK = 1023;
    private static final int EFFECTS_LENGTH = 1 << 16;
    private static final long REPORTED_MIN = DrainedCommand.WINDOW / 4;

    private final Engine engine = new Engine();
    private final EffectWriter effects = new EffectWriter(new UnsafeBuffer(new byte[EFFECTS_LENGTH]));
    private final CommandSet commands;
    private final int queues;
    private final long[] oldest;
    private final long reckonedBytes;
    private long unreported;
    private long nextId = 1;
    private long sequence;
    private long nowMs = 1_000_000;

    /**
     * @param queues       how many queues there are, from 1 on.
     * @param payloadBytes of each message, which are also the limit.
     * @param capacity     messages that a queue may hold.
     */
    EngineDriver(final int queues, final int payloadBytes, final int capacity) {
        this.queues = queues;
        commands = new CommandSet(1, queues, payloadBytes, CREDIT);
        commands.at(nowMs);
        oldest = new long[queues];
        reckonedBytes = CommandSet.reckonedBytes(payloadBytes);
        apply(CommandSet.start(queues, payloadBytes, capacity));
    }

    /** With messages of the usual length, and as many of them as one likes. */
    EngineDriver(final int queues) {
        this(queues, PAYLOAD_BYTES_DEFAULT, Limits.MAX_QUEUE_CAPACITY_MAX);
    }

    private void apply(final UnsafeBuffer command) {
        if (!tell(command)) {
            throw new IllegalStateException("the engine refused a command, or it changed nothing; is capacity too small for the backlog?");
        }
    }

    private boolean tell(final UnsafeBuffer command) {
        effects.begin(0);
        final boolean isChange = engine.apply(sequence++, command, 0, command.capacity(), effects);
        if ((sequence & RECLAIM_MASK) == 0) {
            engine.reclaim(sequence - 1);
        }
        return isChange;
    }

    /** Publishes a message to a queue. */
    void publish(final int queue) {
        if (oldest[queue] == 0) {
            oldest[queue] = nextId;
        }
        if ((nextId & MILLISECOND_MASK) == 0) {
            commands.at(++nowMs);
        }
        nextId++;
        apply(commands.publish(queue));
    }

    /** Leases the oldest message of a queue that is ready. */
    void take(final int queue) {
        apply(commands.take(queue));
    }

    /** Settles the oldest message of a queue, where queues get one message each in their turn. */
    void ack(final int queue) {
        apply(commands.ack(queue, oldest[queue]));
        oldest[queue] += queues;
    }

    /** Begins to get messages pushed, {@link #CREDIT} at most that are not settled. */
    void consume(final int queue) {
        apply(commands.consume(queue));
        onPushed(CREDIT);
    }

    /** Publishes {@link #CREDIT} messages to a queue, one by one. */
    void publishRun(final int queue) {
        for (int i = 0; i < CREDIT; i++) {
            publish(queue);
            onPushed(1);
        }
    }

    /** Settles the oldest {@link #CREDIT} of a queue with one command, where queues get {@link #publishRun runs} in their turn. */
    void ackRun(final int queue) {
        final long from = oldest[queue];
        apply(commands.ackRange(queue, from, from + CREDIT - 1));
        oldest[queue] += (long) CREDIT * queues;
        onPushed(CREDIT);
    }

    /** Reports pushes as sent, in portions; those that have not been pushed do no harm. */
    private void onPushed(final int messages) {
        unreported += messages * reckonedBytes;
        while (unreported >= REPORTED_MIN) {
            final long bytes = Math.min(unreported, DrainedCommand.WINDOW);
            tell(commands.drained(bytes));
            unreported -= bytes;
        }
    }

    Engine engine() {
        return engine;
    }

    /** Messages held. */
    long held() {
        return engine.messages();
    }
}
