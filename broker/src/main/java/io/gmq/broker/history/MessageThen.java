package io.gmq.broker.history;

import io.gmq.engine.api.MessageState;
import java.util.Map;

/**
 * A message at a point of the past. Times are milliseconds since 1970.
 *
 * @param attempt     of a leased or parked one how often it had been given out, of others one more: what its next delivery would say.
 * @param publishedMs when it had been published.
 * @param deadlineMs  when its lease or delay was to end; 0 where it had none.
 * @param expiryMs    when its time to live was to end; 0 for never.
 * @param connection  that had it; 0 if none had, or one that had ended.
 * @param consumer    of that connection to which it was pushed; 0 if it was taken.
 * @param keep        whether the lease was to outlive the connection.
 * @param reason      why it was parked; may be empty.
 */
public record MessageThen(
    long message, MessageState state, int priority, int attempt, long publishedMs, long deadlineMs, long expiryMs, long connection,
    long consumer, boolean keep, String reason, Map<String, String> headers, byte[] payload) {
}
