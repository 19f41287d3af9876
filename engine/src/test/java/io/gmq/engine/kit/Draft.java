package io.gmq.engine.kit;

import io.gmq.engine.api.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message to be published.
 *
 * @param payload its bytes.
 * @param headers bytes that the engine keeps and does not read.
 */
public record Draft(byte[] payload, byte[] headers, int priority, long delayMs) {
    public static Draft of(final String payload) {
        return new Draft(payload.getBytes(StandardCharsets.UTF_8), new byte[0], Limits.PRIORITY_DEFAULT, 0);
    }

    public static Draft ofLength(final int length) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) '.');
        return new Draft(bytes, new byte[0], Limits.PRIORITY_DEFAULT, 0);
    }

    /** So many equal messages. */
    public static Draft[] many(final int count) {
        final Draft[] drafts = new Draft[count];
        Arrays.fill(drafts, of("m"));
        return drafts;
    }

    public Draft priority(final int its) {
        return new Draft(payload, headers, its, delayMs);
    }

    public Draft delayMs(final long its) {
        return new Draft(payload, headers, priority, its);
    }

    public Draft headers(final String its) {
        return new Draft(payload, its.getBytes(StandardCharsets.UTF_8), priority, delayMs);
    }
}
