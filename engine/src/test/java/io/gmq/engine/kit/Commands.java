package io.gmq.engine.kit;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.LengthCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds commands as bytes, each an array of its own. What {@link #by} and {@link #at} say holds for those that follow. */
public final class Commands {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private long connection;
    private long nowMs;
    private long correlation = CommandHeader.NO_CORRELATION;
    private int presentation;
    private Durability level = Durability.MEMORY;

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

    private byte[] finish(final CommandType type, final int length) {
        CommandHeader.write(buffer, 0, type, level, presentation, nowMs, connection, correlation);
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
        final UnsafeBuffer name = utf8(queue);
        int at = PublishCommand.writePrefix(buffer, 0, name, 0, name.capacity(), drafts.length);
        for (final Draft draft : drafts) {
            final byte[] payload = draft.payload();
            final byte[] headers = draft.headers();
            PublishCommand.writeMessageHeader(buffer, at, payload.length, headers.length, draft.priority(), draft.delayMs());
            at += PublishCommand.MESSAGE_HEADER_LENGTH;
            buffer.putBytes(at, payload);
            buffer.putBytes(at + payload.length, headers);
            at += payload.length + headers.length;
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
        final int idsFrom = SettleCommand.write(buffer, 0, settle.durationMs(), settle.attempt(), settle.priority(), settle.selection(),
            settle.ids().length, name, 0, name.capacity());
        for (int i = 0; i < settle.ids().length; i++) {
            SettleCommand.writeId(buffer, idsFrom, i, settle.ids()[i]);
        }
        return finish(settle.type(), idsFrom + settle.ids().length * Long.BYTES);
    }

    public byte[] length(final String queue) {
        final UnsafeBuffer name = utf8(queue);
        return finish(CommandType.LENGTH, LengthCommand.write(buffer, 0, name, 0, name.capacity()));
    }

    public byte[] queues(final String prefix, final String after, final int max, final int replyBytesMax) {
        final UnsafeBuffer prefixBytes = utf8(prefix);
        final UnsafeBuffer afterBytes = utf8(after);
        return finish(CommandType.QUEUES, QueuesCommand.write(buffer, 0, max, replyBytesMax, prefixBytes, prefixBytes.capacity(), afterBytes,
            afterBytes.capacity()));
    }

    private static UnsafeBuffer utf8(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
