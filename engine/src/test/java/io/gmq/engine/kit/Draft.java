package io.gmq.engine.kit;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/**
 * A message to be published.
 *
 * @param payload its bytes.
 * @param headers in the form of {@link io.gmq.engine.api.Headers}; a test that never dead-letters may put anything there.
 */
public record Draft(byte[] payload, byte[] headers, int priority, long delayMs, long ttlMs) {
    public static Draft of(final String payload) {
        return of(payload.getBytes(StandardCharsets.UTF_8));
    }

    public static Draft of(final byte[] payload) {
        return new Draft(payload, new byte[0], Limits.PRIORITY_DEFAULT, 0, PublishCommand.QUEUE_TTL);
    }

    public static Draft ofLength(final int length) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) '.');
        return of(bytes);
    }

    /** So many equal messages. */
    public static Draft[] many(final int count) {
        final Draft[] drafts = new Draft[count];
        Arrays.fill(drafts, of("m"));
        return drafts;
    }

    public Draft priority(final int its) {
        return new Draft(payload, headers, its, delayMs, ttlMs);
    }

    public Draft delayMs(final long its) {
        return new Draft(payload, headers, priority, its, ttlMs);
    }

    public Draft ttlMs(final long its) {
        return new Draft(payload, headers, priority, delayMs, its);
    }

    public Draft headers(final byte[] its) {
        return new Draft(payload, its, priority, delayMs, ttlMs);
    }

    /** Bytes that the engine keeps and does not read. */
    public Draft headers(final String its) {
        return headers(its.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a header in its proper form. */
    public Draft header(final String name, final String value) {
        return headers(concatenated(headers, encoded(name, value)));
    }

    /** One header in the form of {@link io.gmq.engine.api.Headers}. */
    public static byte[] encoded(final String name, final String value) {
        final byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        final byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(2 * Short.BYTES + nameBytes.length + valueBytes.length);
        buffer.putShort(0, (short) nameBytes.length);
        buffer.putBytes(Short.BYTES, nameBytes);
        buffer.putShort(Short.BYTES + nameBytes.length, (short) valueBytes.length);
        buffer.putBytes(2 * Short.BYTES + nameBytes.length, valueBytes);
        return Arrays.copyOf(buffer.byteArray(), 2 * Short.BYTES + nameBytes.length + valueBytes.length);
    }

    private static byte[] concatenated(final byte[] one, final byte[] other) {
        final byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
