package io.gmq.transport.ingress;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.ring.CommandSink;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.codec.JsonCommandDecoder;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.Connection;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the connections of one selector share on the way in: the decoder, the way into the ring and the clock that stamps
 * commands. Runs on that selector's thread.
 */
public final class Ingress {
    private final JsonCommandDecoder decoder;
    private final CommandSink commands;
    private final EpochClock clock;
    private final int maxFrameLength;
    private final int maxOutboundBytes;
    private final Gate gate;
    private final UnsafeBuffer drained = new UnsafeBuffer(new byte[DrainedCommand.LENGTH]);
    private final UnsafeBuffer close = new UnsafeBuffer(new byte[CommandHeader.LENGTH]);

    /** @param gate decides who is let in; {@code null} where everybody is, and may do everything. */
    public Ingress(
        final CodecSettings settings, final int maxOutboundBytes, final CommandSink commands, final EpochClock clock, final Gate gate) {
        this.gate = gate;
        decoder = new JsonCommandDecoder(settings);
        maxFrameLength = settings.maxFrameLength();
        this.maxOutboundBytes = maxOutboundBytes;
        this.commands = commands;
        this.clock = clock;
    }

    /** The handler of a new connection. */
    public ByteHandler newHandler(final Connection connection) {
        return new RequestReader(connection, this, gate == null ? null : new Admission(connection, gate));
    }

    JsonCommandDecoder decoder() {
        return decoder;
    }

    int maxFrameLength() {
        return maxFrameLength;
    }

    int maxOutboundBytes() {
        return maxOutboundBytes;
    }

    long nowMs() {
        return clock.time();
    }

    /** Hands in what the decoder holds; says whether there was room. */
    boolean offer(final Connection connection) {
        return commands.offer(decoder.buffer(), decoder.offset(), decoder.length(), connection, decoder.replyBytes());
    }

    /** Reports what the client has taken of what was pushed to it; says whether there was room. */
    boolean offerDrained(final Connection connection, final long bytes) {
        CommandHeader.write(drained, 0, CommandType.DRAINED, clock.time(), connection.id());
        DrainedCommand.write(drained, 0, bytes);
        final boolean isTaken = commands.offer(drained, 0, DrainedCommand.LENGTH, connection, 0);
        commands.flush();
        return isTaken;
    }

    /** Tells the engine that a connection will ask for nothing more, though its last reply is yet to go out. */
    boolean offerEnd(final Connection connection) {
        return offerClose(connection.id(), null);
    }

    /** Tells engine and egress that a connection is gone. */
    boolean offerClose(final Connection connection) {
        return offerClose(connection.id(), connection);
    }

    private boolean offerClose(final long id, final Connection origin) {
        CommandHeader.write(close, 0, CommandType.CLOSE, clock.time(), id);
        final boolean isTaken = commands.offer(close, 0, CommandHeader.LENGTH, origin, 0);
        commands.flush();
        return isTaken;
    }

    void flush() {
        commands.flush();
    }
}
