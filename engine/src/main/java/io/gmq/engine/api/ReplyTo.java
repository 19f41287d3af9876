package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/**
 * Where a reply goes and how it wants to look: a reusable carrier of a few numbers that the engine takes from a command and
 * hands to the {@link EffectSink}. A sink copies what it wants to keep.
 */
public final class ReplyTo {
    private long connection;
    private long correlation;
    private int presentation;
    private Durability level = Durability.MEMORY;
    private int promised;

    public ReplyTo set(final long connection, final long correlation, final int presentation, final Durability level) {
        this.connection = connection;
        this.correlation = correlation;
        this.presentation = presentation;
        this.level = level;
        promised = 0;
        return this;
    }

    /** Adds what was set aside for the reply. */
    public ReplyTo promised(final int bytes) {
        promised = bytes;
        return this;
    }

    public ReplyTo set(final ReplyTo other) {
        return set(other.connection, other.correlation, other.presentation, other.level).promised(other.promised);
    }

    /** Reads them from a command's header. */
    public ReplyTo set(final DirectBuffer buffer, final int offset) {
        return set(CommandHeader.connection(buffer, offset), CommandHeader.correlation(buffer, offset),
            CommandHeader.presentation(buffer, offset), CommandHeader.level(buffer, offset))
            .promised(CommandHeader.promised(buffer, offset));
    }

    public long connection() {
        return connection;
    }

    /** The request's id, or {@link CommandHeader#NO_CORRELATION}. */
    public long correlation() {
        return correlation;
    }

    /** Bits of {@link Presentation}. */
    public int presentation() {
        return presentation;
    }

    /** Bytes that the host has set aside for the reply, where it may have to wait. */
    public int promised() {
        return promised;
    }

    /** The level that must be reached before the reply leaves. */
    public Durability level() {
        return level;
    }
}
