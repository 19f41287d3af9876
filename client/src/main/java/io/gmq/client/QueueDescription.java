package io.gmq.client;

/**
 * All about a queue.
 *
 * @param settings what is set of it.
 * @param info     what is counted of it.
 */
public record QueueDescription(QueueSettings settings, QueueInfo info) {
}
