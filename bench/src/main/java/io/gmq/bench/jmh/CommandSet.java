package io.gmq.bench.jmh;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The commands of one connection as a decoder would make them, each in a buffer of its own length. They are made once; from call to
 * call only a few bytes of them change. Belongs to one thread.
 */
final class CommandSet {
    /** Queues that the digits of a name can tell apart. */
    static final int QUEUES_MAX = 10_000;
    /** What three bytes of payload become in base64. */
    static final int EXPANSION = 4;
    /** No lease ends while something is measured, and none is ever extended. */
    static final long LEASE_MS = 24L * 3600 * 1000;

    private static final int REPLY_BYTES_MAX = 1 << 20;
    private static final int COMMAND_LENGTH_MAX = 1024;
    private static final int DIGITS = Integer.BYTES;
    private static final String NAME = "queue-0000";
    private static final int DIGITS_OFFSET = NAME.length() - DIGITS;

    private final UnsafeBuffer name = new UnsafeBuffer(NAME.getBytes(StandardCharsets.US_ASCII));
    private final UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
    private final long connection;
    private final int[] digits;
    private final UnsafeBuffer publish;
    private final UnsafeBuffer take;
    private final UnsafeBuffer ack;
    private final UnsafeBuffer ackRange;
    private final UnsafeBuffer consume;
    private final UnsafeBuffer drained;
    private final int publishDigits;
    private final int takeDigits;
    private final int ackDigits;
    private final int consumeDigits;
    private final int ackIds;

    /**
     * @param connection   whose commands they are, from 1 on.
     * @param queues       that there are, at most {@link #QUEUES_MAX}.
     * @param payloadBytes of every message.
     * @param credit       of each consumer.
     */
    CommandSet(final long connection, final int queues, final int payloadBytes, final int credit) {
        if (queues > QUEUES_MAX) {
            throw new IllegalArgumentException("at most " + QUEUES_MAX + " queues, not " + queues);
        }
        this.connection = connection;
        digits = new int[queues];
        for (int i = 0; i < queues; i++) {
            digits[i] = i / 1000 % 10 + '0' | (i / 100 % 10 + '0') << 8 | (i / 10 % 10 + '0') << 16 | (i % 10 + '0') << 24;
        }
        publish = newPublish(payloadBytes);
        take = newTake();
        ack = newSettle(SettleCommand.ONE, 1);
        ackRange = newSettle(SettleCommand.RANGE, 2);
        consume = newConsume(credit);
        drained = command(CommandType.DRAINED, DrainedCommand.LENGTH);
        publishDigits = new PublishCommand().wrap(publish, 0).nameOffset() + DIGITS_OFFSET;
        takeDigits = new TakeCommand().wrap(take, 0).nameOffset() + DIGITS_OFFSET;
        ackDigits = new SettleCommand().wrap(ack, 0).nameOffset() + DIGITS_OFFSET;
        consumeDigits = new ConsumeCommand().wrap(consume, 0).nameOffset() + DIGITS_OFFSET;
        ackIds = SettleCommand.prefixLength(name.capacity());
    }

    /** The first command that an engine gets. */
    static UnsafeBuffer start(final int queues, final int payloadBytes, final int capacity) {
        final UnsafeBuffer start = new UnsafeBuffer(new byte[CommandHeader.LENGTH + Limits.BODY_LENGTH]);
        CommandHeader.write(start, 0, CommandType.START, 0, CommandHeader.HOST);
        new Limits(queues, Math.max(1, payloadBytes), capacity, LEASE_MS, Long.MAX_VALUE, 1000).write(start, CommandHeader.LENGTH);
        return start;
    }

    /** What a message of that length is reckoned at when it is pushed. */
    static long reckonedBytes(final int payloadBytes) {
        return TakeCommand.MESSAGE_OVERHEAD + ((long) payloadBytes * EXPANSION + 2) / 3;
    }

    private UnsafeBuffer command(final CommandType type, final int length) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[length]);
        CommandHeader.write(command, 0, type, 0, connection);
        return command;
    }

    private UnsafeBuffer newPublish(final int payloadBytes) {
        final UnsafeBuffer command = command(CommandType.PUBLISH, COMMAND_LENGTH_MAX + payloadBytes);
        final int at = PublishCommand.writePrefix(command, 0, false, name, name.capacity(), none, 0, 0, 1);
        return cut(command,
            PublishCommand.writeMessage(command, at, payloadBytes, 0, Limits.PRIORITY_DEFAULT, 0, PublishCommand.QUEUE_TTL));
    }

    private UnsafeBuffer newTake() {
        final UnsafeBuffer command = command(CommandType.TAKE, COMMAND_LENGTH_MAX);
        return cut(command, TakeCommand.write(command, 0, 0, TakeCommand.DEFAULT_LEASE, 1, REPLY_BYTES_MAX, EXPANSION, false, name, 0,
            name.capacity()));
    }

    private UnsafeBuffer newSettle(final int selection, final int ids) {
        final UnsafeBuffer command = command(CommandType.ACK, COMMAND_LENGTH_MAX);
        final int prefix = SettleCommand.write(command, 0, 0, SettleCommand.ANY_ATTEMPT, SettleCommand.SAME_PRIORITY, selection, ids,
            name, 0, name.capacity(), none, 0);
        return cut(command, prefix + ids * Long.BYTES);
    }

    private UnsafeBuffer newConsume(final int credit) {
        final UnsafeBuffer command = command(CommandType.CONSUME, COMMAND_LENGTH_MAX);
        return cut(command, ConsumeCommand.write(command, 0, TakeCommand.DEFAULT_LEASE, credit, REPLY_BYTES_MAX, EXPANSION, false, name, 0,
            name.capacity()));
    }

    private static UnsafeBuffer cut(final UnsafeBuffer command, final int length) {
        return new UnsafeBuffer(command, 0, length);
    }

    /** Says what time it is, for the commands that come. */
    void at(final long nowMs) {
        CommandHeader.write(publish, 0, CommandType.PUBLISH, nowMs, connection);
        CommandHeader.write(take, 0, CommandType.TAKE, nowMs, connection);
        CommandHeader.write(ack, 0, CommandType.ACK, nowMs, connection);
        CommandHeader.write(ackRange, 0, CommandType.ACK, nowMs, connection);
    }

    UnsafeBuffer publish(final int queue) {
        publish.putInt(publishDigits, digits[queue]);
        return publish;
    }

    UnsafeBuffer take(final int queue) {
        take.putInt(takeDigits, digits[queue]);
        return take;
    }

    UnsafeBuffer ack(final int queue, final long message) {
        ack.putInt(ackDigits, digits[queue]);
        SettleCommand.writeId(ack, ackIds, 0, message);
        return ack;
    }

    /** Of all that this connection holds between two ids. */
    UnsafeBuffer ackRange(final int queue, final long from, final long to) {
        ackRange.putInt(ackDigits, digits[queue]);
        SettleCommand.writeId(ackRange, ackIds, 0, from);
        SettleCommand.writeId(ackRange, ackIds, 1, to);
        return ackRange;
    }

    UnsafeBuffer consume(final int queue) {
        consume.putInt(consumeDigits, digits[queue]);
        return consume;
    }

    UnsafeBuffer drained(final long bytes) {
        DrainedCommand.write(drained, 0, bytes);
        return drained;
    }
}
