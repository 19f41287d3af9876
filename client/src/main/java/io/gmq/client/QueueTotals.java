package io.gmq.client;

/**
 * What a queue has done since it was created; these only grow.
 *
 * @param published    messages put into it, dead letters of other queues among them.
 * @param delivered    messages given out, each time counted.
 * @param acked        messages settled as done.
 * @param expired      messages whose time to live was over.
 * @param deadLettered messages that went to its dead letter queue.
 * @param dropped      messages that made room for others.
 */
public record QueueTotals(long published, long delivered, long acked, long expired, long deadLettered, long dropped) {
}
