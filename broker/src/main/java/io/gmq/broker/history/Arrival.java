package io.gmq.broker.history;

import java.util.Map;

/**
 * A message that came into a queue.
 *
 * @param timeMs  when, milliseconds since 1970.
 * @param delayMs for which it was not to be given out; 0 for none.
 * @param ttlMs   its time to live; 0 for ever, {@link io.gmq.engine.api.PublishCommand#QUEUE_TTL} for what the queue says.
 */
public record Arrival(long timeMs, byte[] payload, Map<String, String> headers, int priority, long delayMs, long ttlMs) {
}
