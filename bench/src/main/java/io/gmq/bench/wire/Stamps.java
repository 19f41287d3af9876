package io.gmq.bench.wire;

import io.gmq.bench.load.Output;
import io.gmq.bench.load.Stamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** All that a {@link NullServer} keeps of messages: their stamps, first in, first out. And the one message that it puts them into. */
final class Stamps {
    private static final int WORDS = Stamp.CHARS / Long.BYTES;
    private static final int TEMPLATE_BYTES = 256 << 10;

    private long[] words = new long[WORDS << 16];
    private int mask = (1 << 16) - 1;
    private int from;
    private int to;
    private int stampWords;

    private UnsafeBuffer template;
    private int stride;
    private int stampAt;
    private int templateCount;

    int size() {
        return to - from;
    }

    /** How much of a stamp messages have. */
    void stampChars(final int chars) {
        stampWords = chars / Long.BYTES;
    }

    boolean hasTemplate() {
        return template != null;
    }

    /** Messages are handed out as this, one behind the other, with their stamp there. */
    void template(final byte[] message, final int itsStampAt) {
        stride = message.length;
        stampAt = itsStampAt;
        templateCount = Math.max(1, TEMPLATE_BYTES / stride);
        template = new UnsafeBuffer(ByteBuffer.allocateDirect(templateCount * stride));
        for (int i = 0; i < templateCount; i++) {
            template.putBytes(i * stride, message);
        }
    }

    void add(final DirectBuffer in, final int at) {
        if (to - from > mask) {
            grow();
        }
        final int slot = (to++ & mask) * WORDS;
        for (int i = 0; i < stampWords; i++) {
            words[slot + i] = Scan.word(in, at + i * Long.BYTES);
        }
    }

    private void grow() {
        final long[] old = words;
        final int size = size();
        final int first = (from & mask) * WORDS;
        words = new long[2 * old.length];
        System.arraycopy(old, first, words, 0, old.length - first);
        System.arraycopy(old, 0, words, old.length - first, first);
        mask = 2 * mask + 1;
        from = 0;
        to = size;
    }

    /** Hands out so many, which must be there. */
    void write(final Output out, final int count) {
        int left = count;
        while (left > 0) {
            final int now = Math.min(left, templateCount);
            final int at = out.claim(now * stride);
            out.buffer().putBytes(at, template, 0, now * stride);
            for (int i = 0; i < now; i++) {
                final int slot = (from++ & mask) * WORDS;
                for (int word = 0; word < stampWords; word++) {
                    out.buffer().putLong(at + i * stride + stampAt + word * Long.BYTES, words[slot + word], ByteOrder.LITTLE_ENDIAN);
                }
            }
            out.advance(now * stride);
            left -= now;
        }
    }

    int stride() {
        return stride;
    }

}
