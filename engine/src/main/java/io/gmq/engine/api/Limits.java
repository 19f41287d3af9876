package io.gmq.engine.api;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bounds within which the engine keeps its state. They are part of the state (a {@link CommandType#START} sets them), so
 * that a replay refuses exactly what was refused at first, whatever the configuration says by then.
 *
 * <pre>
 *   body of START:  i32 maxQueueNumber | i32 maxMessageLength | i32 maxQueueCapacity | i64 leaseMs | i64 maxHeldBytes | i32 maxProducers
 * </pre>
 *
 * @param maxQueueNumber   queues that may exist, 1 to 1,048,576.
 * @param maxMessageLength bytes a message's payload may have, 1 to 16 MiB.
 * @param maxQueueCapacity messages a queue may hold, in all states together, 1 to 100,000,000.
 * @param leaseMs          how long a lease lasts where the request does not say, 1 to {@link #DURATION_MS_MAX}.
 * @param maxHeldBytes     bytes that all held messages may have together: payload, headers and {@link #MESSAGE_OVERHEAD} each.
 * @param maxProducers     producers whose last sequence is remembered, 1 to 16,777,216; beyond, the one whose last accepted
 *                         publish lies furthest back is forgotten.
 */
public record Limits(
    int maxQueueNumber, int maxMessageLength, int maxQueueCapacity, long leaseMs, long maxHeldBytes, int maxProducers) {
    public static final int MAX_QUEUE_NUMBER_MAX = 1 << 20;
    public static final int MAX_MESSAGE_LENGTH_MAX = 16 << 20;
    public static final int MAX_QUEUE_CAPACITY_MAX = 100_000_000;
    public static final int MAX_PRODUCERS_MAX = 1 << 24;
    /** Ten years: the longest delay, lease or wait that a request can ask for. */
    public static final long DURATION_MS_MAX = 10L * 366 * 24 * 3600 * 1000;
    /** What a message counts beside its payload and headers where memory is bounded. */
    public static final int MESSAGE_OVERHEAD = 128;
    /** Messages in one batch, ids in one settling, messages of one take. */
    public static final int BATCH_MAX = 1000;
    /** Bytes of the name of a queue, a topic or a producer, and of the reason of a parked message, in UTF-8. */
    public static final int NAME_LENGTH_MAX = 255;
    /** Steps of one atomic request. */
    public static final int STEPS_MAX = 100;
    /** Copies that one request may make by publishing to topics: messages times the queues they reach. */
    public static final int COPIES_MAX = 100_000;
    /** Bindings and words of bound topics that one request may meet on its way to the queues it reaches. */
    public static final int MET_MAX = 200_000;
    /** Leases that all the ranges of one atomic request may look at. */
    public static final int RANGED_MAX = 100_000;
    /** Credit that one request may give to a consumer. */
    public static final int CREDIT_MAX = 100_000;
    /** The most credit a consumer can have. */
    public static final int CREDIT_HELD_MAX = 1_000_000_000;
    /** Consumers of all connections together. */
    public static final int CONSUMERS_MAX = 1 << 20;
    /** Consumers of one connection. */
    public static final int CONSUMERS_OF_CONNECTION_MAX = 10_000;
    /** Bindings of all topics together. */
    public static final int BINDINGS_MAX = 1 << 18;
    /** Words of all bound topics together; a beginning that topics have in common counts once. */
    public static final int TOPIC_WORDS_MAX = 1 << 19;
    /** Where the counting of attempts stops. */
    public static final int ATTEMPT_MAX = (1 << 24) - 1;
    /** The most attempts a queue's setting can allow. */
    public static final int MAX_ATTEMPTS_MAX = 1_000_000;
    public static final int HEADERS_MAX = 32;
    /** Bytes of all names and values of a message's headers together. */
    public static final int HEADERS_LENGTH_MAX = 4096;
    public static final int PRIORITY_MAX = 9;
    public static final int PRIORITY_DEFAULT = 4;

    /** Bytes of the body of {@link CommandType#START}. */
    public static final int BODY_LENGTH = 32;

    public Limits {
        check("maxQueueNumber", maxQueueNumber, MAX_QUEUE_NUMBER_MAX);
        check("maxMessageLength", maxMessageLength, MAX_MESSAGE_LENGTH_MAX);
        check("maxQueueCapacity", maxQueueCapacity, MAX_QUEUE_CAPACITY_MAX);
        check("leaseMs", leaseMs, DURATION_MS_MAX);
        check("maxHeldBytes", maxHeldBytes, Long.MAX_VALUE);
        check("maxProducers", maxProducers, MAX_PRODUCERS_MAX);
    }

    private static void check(final String name, final long value, final long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", must be 1 to " + max);
        }
    }

    public void write(final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, maxQueueNumber);
        buffer.putInt(offset + 4, maxMessageLength);
        buffer.putInt(offset + 8, maxQueueCapacity);
        buffer.putLong(offset + 12, leaseMs);
        buffer.putLong(offset + 20, maxHeldBytes);
        buffer.putInt(offset + 28, maxProducers);
    }

    public static Limits read(final DirectBuffer buffer, final int offset) {
        return new Limits(buffer.getInt(offset), buffer.getInt(offset + 4), buffer.getInt(offset + 8),
            buffer.getLong(offset + 12), buffer.getLong(offset + 20), buffer.getInt(offset + 28));
    }
}
