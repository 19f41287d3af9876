package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A queue's settings on their way out: a reusable carrier whose values are those in force. Who hears of it copies what it keeps. */
public final class QueueSettings {
    private static final int SETTINGS = Setting.values().length;

    private final long[] values = new long[SETTINGS];
    private final UnsafeBuffer deadLetter = new UnsafeBuffer(new byte[Limits.NAME_LENGTH_MAX]);
    private int deadLetterLength;

    public long get(final Setting setting) {
        return values[setting.ordinal()];
    }

    public QueueSettings set(final Setting setting, final long value) {
        values[setting.ordinal()] = value;
        return this;
    }

    /** The name of the dead letter queue, from 0 on. */
    public DirectBuffer deadLetter() {
        return deadLetter;
    }

    /** 0 where there is none. */
    public int deadLetterLength() {
        return deadLetterLength;
    }

    public QueueSettings deadLetter(final DirectBuffer name, final int offset, final int length) {
        deadLetter.putBytes(0, name, offset, length);
        deadLetterLength = length;
        return this;
    }
}
