package io.gmq.client;

/**
 * What a broker says of itself.
 *
 * @param version          of the protocol.
 * @param software         name and version of the broker.
 * @param durability       the level that replies wait for unless a request names one.
 * @param storage          where messages are kept.
 * @param maxQueueNumber   queues it may have.
 * @param maxMessageLength bytes a message may have.
 * @param maxQueueCapacity messages a queue may hold.
 * @param maxFrameLength   bytes a request may have.
 */
public record BrokerInfo(
    int version,
    String software,
    String durability,
    String storage,
    long maxQueueNumber,
    long maxMessageLength,
    long maxQueueCapacity,
    long maxFrameLength) {
}
