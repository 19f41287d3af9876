package io.gmq.bench.jmh;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.core.Engine;
import io.gmq.engine.ring.EffectWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine without a broker around it, driven as its host drives it: commands as bytes, effects written into a buffer, blocks
 * reclaimed. One connection, and queues that are used in turn. Belongs to one thread.
 */
final class EngineDriver {
    static final int PAYLOAD_LENGTH = 200;

    private static final int DIGITS = 4;
    private static final long CONNECTION = 1;
    private static final long LEASE_MS = 30_000;
    private static final int COMMAND_LENGTH = 1024;
    /** Commands between two times that freed blocks are given back, as after a batch of the ring. */
    private static final int RECLAIM_MASK = 63;

    private final Engine engine = new Engine();
    private final EffectWriter effects = new EffectWriter(new UnsafeBuffer(new byte[1 << 16]));
    private final UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
    /** All names have the same length, and differ in the digits at the end. */
    private final UnsafeBuffer name = new UnsafeBuffer("queue-0000".getBytes(StandardCharsets.US_ASCII));
    private final UnsafeBuffer publish = publish();
    private final UnsafeBuffer take = take();
    private final UnsafeBuffer ack = ack();
    private final int publishName = new PublishCommand().wrap(publish, 0).nameOffset();
    private final int takeName = new TakeCommand().wrap(take, 0).nameOffset();
    private final int ackName = new SettleCommand().wrap(ack, 0).nameOffset();
    private final int ackId = SettleCommand.prefixLength(name.capacity());
    private final int queues;
    private final long[] oldest;
    private long nextId = 1;
    private long sequence;
    private long nowMs = 1_000_000;

    /** @param queues how many queues there are, from 1 on. */
    EngineDriver(final int queues) {
        this.queues = queues;
        oldest = new long[queues];
        final UnsafeBuffer start = command(CommandType.START);
        new Limits(queues, 1 << 20, Limits.MAX_QUEUE_CAPACITY_MAX, LEASE_MS, Long.MAX_VALUE, 1000).write(start, CommandHeader.LENGTH);
        apply(start);
    }

    private static UnsafeBuffer command(final CommandType type) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
        CommandHeader.write(command, 0, type, 0, CONNECTION);
        return command;
    }

    private UnsafeBuffer publish() {
        final UnsafeBuffer command = command(CommandType.PUBLISH);
        final int at = PublishCommand.writePrefix(command, 0, false, name, name.capacity(), none, 0, 0, 1);
        PublishCommand.writeMessage(command, at, PAYLOAD_LENGTH, 0, Limits.PRIORITY_DEFAULT, 0, PublishCommand.QUEUE_TTL);
        return command;
    }

    private UnsafeBuffer take() {
        final UnsafeBuffer command = command(CommandType.TAKE);
        TakeCommand.write(command, 0, 0, TakeCommand.DEFAULT_LEASE, 1, 1 << 20, 4, false, name, 0, name.capacity());
        return command;
    }

    private UnsafeBuffer ack() {
        final UnsafeBuffer command = command(CommandType.ACK);
        SettleCommand.write(command, 0, 0, SettleCommand.ANY_ATTEMPT, SettleCommand.SAME_PRIORITY, SettleCommand.ONE, 1, name, 0,
            name.capacity(), none, 0);
        return command;
    }

    private void apply(final UnsafeBuffer command) {
        effects.begin(0);
        engine.apply(sequence++, command, 0, COMMAND_LENGTH, effects);
        if ((sequence & RECLAIM_MASK) == 0) {
            engine.reclaim(sequence - 1);
        }
    }

    private void name(final UnsafeBuffer command, final int nameOffset, final int queue) {
        int left = queue;
        for (int digit = name.capacity() - 1; digit >= name.capacity() - DIGITS; digit--) {
            command.putByte(nameOffset + digit, (byte) ('0' + left % 10));
            left /= 10;
        }
    }

    /** Publishes a message to a queue. */
    void publish(final int queue) {
        CommandHeader.write(publish, 0, CommandType.PUBLISH, nowMs++, CONNECTION);
        name(publish, publishName, queue);
        if (oldest[queue] == 0) {
            oldest[queue] = nextId;
        }
        nextId++;
        apply(publish);
    }

    /** Leases the oldest message of a queue; messages must have been published to the queues in turn. */
    void take(final int queue) {
        name(take, takeName, queue);
        apply(take);
    }

    /** Settles what {@link #take} has leased. */
    void ack(final int queue) {
        name(ack, ackName, queue);
        SettleCommand.writeId(ack, ackId, 0, oldest[queue]);
        oldest[queue] += queues;
        apply(ack);
    }

    Engine engine() {
        return engine;
    }

    /** Messages held. */
    long held() {
        return engine.messages();
    }
}
