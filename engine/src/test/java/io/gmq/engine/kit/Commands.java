package io.gmq.engine.kit;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.DigestCommand;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds commands as bytes, each an array of its own. What {@link #by} and {@link #at} say holds for those that follow. */
public final class Commands {
    private static final int NAMES_MAX = 1 << 16;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final Map<String, UnsafeBuffer> names = new HashMap<>();
    private long connection;
    private long nowMs;
    private long correlation = CommandHeader.NO_CORRELATION;
    private int presentation;
    private Durability level = Durability.MEMORY;
    private int promised;

    public Commands by(final long its) {
        connection = its;
        return this;
    }

    public Commands at(final long timestampMs) {
        nowMs = timestampMs;
        return this;
    }

    public Commands reply(final long itsCorrelation, final int itsPresentation, final Durability itsLevel) {
        correlation = itsCorrelation;
        presentation = itsPresentation;
        level = itsLevel;
        return this;
    }

    /** Bytes set aside for the replies. */
    public Commands promised(final int bytes) {
        promised = bytes;
        return this;
    }

    private byte[] finish(final CommandType type, final int length) {
        CommandHeader.write(buffer, 0, type, level, presentation, nowMs, connection, correlation);
        CommandHeader.promised(buffer, 0, promised);
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    /** A command that is a header and nothing else. */
    public byte[] plain(final CommandType type) {
        return finish(type, CommandHeader.LENGTH);
    }

    public byte[] start(final Limits limits) {
        limits.write(buffer, CommandHeader.LENGTH);
        return finish(CommandType.START, CommandHeader.LENGTH + Limits.BODY_LENGTH);
    }

    public byte[] publish(final String queue, final Draft... drafts) {
        return publish(Publish.toQueue(queue, drafts));
    }

    public byte[] publish(final Publish publish) {
        final UnsafeBuffer name = utf8(publish.name());
        final UnsafeBuffer producer = utf8(publish.producer());
        int at = PublishCommand.writePrefix(buffer, 0, publish.isTopic(), name, name.capacity(), producer, producer.capacity(),
            publish.sequence(), publish.drafts().length);
        for (final Draft draft : publish.drafts()) {
            final byte[] payload = draft.payload();
            final byte[] headers = draft.headers();
            final int next = PublishCommand.writeMessage(buffer, at, payload.length, headers.length, draft.priority(), draft.delayMs(),
                draft.ttlMs());
            at += PublishCommand.MESSAGE_HEADER_LENGTH;
            buffer.putBytes(at, payload);
            buffer.putBytes(at + payload.length, headers);
            at = next;
        }
        return finish(CommandType.PUBLISH, at);
    }

    public byte[] take(final Take take) {
        final UnsafeBuffer name = utf8(take.queue());
        return finish(CommandType.TAKE, TakeCommand.write(buffer, 0, take.waitMs(), take.leaseMs(), take.max(), take.replyBytesMax(),
            take.expansion(), take.keep(), name, 0, name.capacity()));
    }

    public byte[] settle(final Settle settle) {
        final UnsafeBuffer name = utf8(settle.queue());
        final UnsafeBuffer reason = utf8(settle.reason());
        final int idsFrom = SettleCommand.write(buffer, 0, settle.durationMs(), settle.attempt(), settle.priority(), settle.selection(),
            settle.ids().length, name, 0, name.capacity(), reason, reason.capacity());
        for (int i = 0; i < settle.ids().length; i++) {
            SettleCommand.writeId(buffer, idsFrom, i, settle.ids()[i]);
        }
        return finish(settle.type(), idsFrom + settle.ids().length * Long.BYTES);
    }

    /** All or none of some commands, each built by these. */
    public byte[] atomic(final byte[]... steps) {
        AtomicCommand.writeCount(buffer, 0, steps.length);
        int at = AtomicCommand.PREFIX_LENGTH;
        for (final byte[] step : steps) {
            AtomicCommand.writeStepPrefix(buffer, at, step.length);
            buffer.putBytes(at + AtomicCommand.STEP_PREFIX_LENGTH, step);
            at += AtomicCommand.STEP_PREFIX_LENGTH + step.length;
        }
        return finish(CommandType.ATOMIC, at);
    }

    public byte[] peek(final Peek peek) {
        final UnsafeBuffer name = utf8(peek.queue());
        return finish(CommandType.PEEK, PeekCommand.write(buffer, 0, peek.max(), peek.replyBytesMax(), peek.expansion(), peek.state(), name, 0,
            name.capacity()));
    }

    public byte[] consume(final Consume consume) {
        final UnsafeBuffer name = utf8(consume.queue());
        return finish(CommandType.CONSUME, ConsumeCommand.write(buffer, 0, consume.leaseMs(), consume.credit(), consume.pushBytesMax(),
            consume.expansion(), consume.keep(), name, 0, name.capacity()));
    }

    public byte[] credit(final long consumer, final int credit) {
        return finish(CommandType.CREDIT, ConsumerCommand.write(buffer, 0, consumer, credit));
    }

    public byte[] cancel(final long consumer) {
        return finish(CommandType.CANCEL, ConsumerCommand.write(buffer, 0, consumer, 0));
    }

    public byte[] drained(final long bytes) {
        return finish(CommandType.DRAINED, DrainedCommand.write(buffer, 0, bytes));
    }

    public byte[] storage(final StorageState state) {
        return finish(CommandType.STORAGE, StorageCommand.write(buffer, 0, state));
    }

    public byte[] digest(final long digest) {
        return finish(CommandType.DIGEST, DigestCommand.write(buffer, 0, digest));
    }

    public byte[] bind(final String topic, final String queue) {
        return binding(CommandType.BIND, topic, queue);
    }

    public byte[] unbind(final String topic, final String queue) {
        return binding(CommandType.UNBIND, topic, queue);
    }

    private byte[] binding(final CommandType type, final String topic, final String queue) {
        final UnsafeBuffer topicBytes = utf8(topic);
        final UnsafeBuffer name = utf8(queue);
        return finish(type, BindingCommand.write(buffer, 0, topicBytes, topicBytes.capacity(), name, name.capacity()));
    }

    public byte[] configure(final Configure configure) {
        final UnsafeBuffer name = utf8(configure.queue());
        final QueueSettings settings = new QueueSettings();
        int given = 0;
        for (final Map.Entry<Setting, Long> entry : configure.values().entrySet()) {
            settings.set(entry.getKey(), entry.getValue());
            given |= entry.getKey().bit();
        }
        if (configure.deadLetter() != null) {
            final UnsafeBuffer deadLetter = utf8(configure.deadLetter());
            settings.deadLetter(deadLetter, 0, deadLetter.capacity());
            given |= ConfigureCommand.DEAD_LETTER;
        }
        return finish(CommandType.CONFIGURE, ConfigureCommand.write(buffer, 0, given, settings, name, name.capacity()));
    }

    /** One of the commands that name a queue and little else. */
    public byte[] queue(final CommandType type, final String queue, final int argument) {
        final UnsafeBuffer name = utf8(queue);
        return finish(type, QueueCommand.write(buffer, 0, argument, name, 0, name.capacity()));
    }

    public byte[] length(final String queue) {
        return queue(CommandType.LENGTH, queue, 0);
    }

    public byte[] describe(final String queue) {
        return queue(CommandType.DESCRIBE, queue, 0);
    }

    public byte[] kick(final String queue, final int max) {
        return queue(CommandType.KICK, queue, max);
    }

    /** @param states a set of {@link io.gmq.engine.api.MessageState#bit}s. */
    public byte[] purge(final String queue, final int states) {
        return queue(CommandType.PURGE, queue, states);
    }

    public byte[] delete(final String queue, final boolean ifEmpty) {
        return queue(CommandType.DELETE, queue, ifEmpty ? QueueCommand.IF_EMPTY : 0);
    }

    public byte[] queues(final String prefix, final String after, final int max, final int replyBytesMax) {
        final UnsafeBuffer prefixBytes = utf8(prefix);
        final UnsafeBuffer afterBytes = utf8(after);
        return finish(CommandType.QUEUES, QueuesCommand.write(buffer, 0, max, replyBytesMax, prefixBytes, prefixBytes.capacity(), afterBytes,
            afterBytes.capacity()));
    }

    private UnsafeBuffer utf8(final String text) {
        if (names.size() > NAMES_MAX) {
            names.clear();
        }
        return names.computeIfAbsent(text, its -> new UnsafeBuffer(its.getBytes(StandardCharsets.UTF_8)));
    }
}
