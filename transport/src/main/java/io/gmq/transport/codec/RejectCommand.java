package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.RefusalCode;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The body of {@link CommandType#REJECT}: why a request was refused before it became a command. It goes through the ring so
 * that its reply keeps its place, and never into the journal.
 *
 * <pre>
 *   u8 code | u8 memberLength | u8 operationLength | u8 queueLength | u16 textLength | i16 step | i64 limit | i64 offset | i64 retryAfterMs
 *   | member | operation | queue | text
 * </pre>
 *
 * <p>{@code limit}, {@code offset}, {@code step} and {@code retryAfterMs} are -1 where there is none. Operation and queue are there for the
 * one-shot form, which repeats them.
 */
final class RejectCommand {
    /** The longest a whole command of this type can be. */
    static final int LENGTH_MAX = 4096;
    static final int TEXT_LENGTH_MAX = 2048;

    private static final int FIXED_LENGTH = 32;

    private DirectBuffer buffer;
    private int body;

    RejectCommand wrap(final DirectBuffer commandBuffer, final int offset) {
        buffer = commandBuffer;
        body = offset + CommandHeader.LENGTH;
        return this;
    }

    RefusalCode code() {
        return RefusalCode.of(buffer.getByte(body));
    }

    long limit() {
        return buffer.getLong(body + 8);
    }

    long offset() {
        return buffer.getLong(body + 16);
    }

    /** When it makes sense to try again, where that is not as always. */
    long retryAfterMs() {
        return buffer.getLong(body + 24);
    }

    /** Which step of an atomic request, from 0 on. */
    int step() {
        return buffer.getShort(body + 6);
    }

    /** The member that was wrong, or an empty string. */
    String member() {
        return string(body + FIXED_LENGTH, length(1));
    }

    String operation() {
        return string(body + FIXED_LENGTH + length(1), length(2));
    }

    String queue() {
        return string(body + FIXED_LENGTH + length(1) + length(2), length(3));
    }

    /** What to do about it, for people. */
    String text() {
        return string(body + FIXED_LENGTH + length(1) + length(2) + length(3), buffer.getShort(body + 4));
    }

    private int length(final int at) {
        return buffer.getByte(body + at) & 0xFF;
    }

    private String string(final int at, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes a body and returns the bytes of the whole command, which begins at {@code offset}. */
    static int write(
        final MutableDirectBuffer buffer,
        final int offset,
        final Refusal refusal,
        final String operation,
        final String queue) {
        final int body = offset + CommandHeader.LENGTH;
        buffer.putByte(body, refusal.code().code());
        buffer.putShort(body + 6, (short) refusal.step());
        buffer.putLong(body + 8, refusal.limit());
        buffer.putLong(body + 16, refusal.offset());
        buffer.putLong(body + 24, refusal.retryAfterMs());
        int at = body + FIXED_LENGTH;
        final int memberLength = put(buffer, at, refusal.member(), 255);
        at += memberLength;
        final int operationLength = put(buffer, at, operation, 255);
        at += operationLength;
        final int queueLength = put(buffer, at, queue, 255);
        at += queueLength;
        final int textLength = put(buffer, at, refusal.text(), TEXT_LENGTH_MAX);
        at += textLength;
        buffer.putByte(body + 1, (byte) memberLength);
        buffer.putByte(body + 2, (byte) operationLength);
        buffer.putByte(body + 3, (byte) queueLength);
        buffer.putShort(body + 4, (short) textLength);
        return at - offset;
    }

    /** Writes a string, cut at a whole character where it is too long. */
    private static int put(final MutableDirectBuffer buffer, final int at, final String string, final int lengthMax) {
        String cut = string;
        byte[] bytes = cut.getBytes(StandardCharsets.UTF_8);
        while (bytes.length > lengthMax) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1 - (bytes.length - lengthMax) / 4));
            bytes = cut.getBytes(StandardCharsets.UTF_8);
        }
        buffer.putBytes(at, bytes);
        return bytes.length;
    }
}
