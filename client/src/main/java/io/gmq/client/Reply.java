package io.gmq.client;

import java.util.List;

/**
 * The members of one reply, whatever the request was. Owned by the reader thread and used again for the next reply; what it hands
 * out (lists, messages, strings) is not.
 */
final class Reply {
    /** From the request that is answered. */
    String queue;
    boolean accepted;
    /** {@code null} unless it was refused. */
    GmqRefusedException.Builder error;

    /** A message whose members stand in the reply itself. */
    final MessageMembers own = new MessageMembers();
    List<Message> messages;
    long first;
    int count;
    int settled;
    List<Long> missing;

    final Counts counts = new Counts();
    List<QueueInfo> queues;
    boolean more;

    int version;
    String software;
    String durability;
    String storage;
    long maxQueueNumber;
    long maxMessageLength;
    long maxQueueCapacity;
    long maxFrameLength;

    void reset(final String queue) {
        this.queue = queue;
        accepted = false;
        error = null;
        own.reset();
        messages = null;
        first = -1;
        count = 0;
        settled = 0;
        missing = null;
        counts.reset();
        queues = null;
        more = false;
        version = 0;
        software = null;
        durability = null;
        storage = null;
        maxQueueNumber = 0;
        maxMessageLength = 0;
        maxQueueCapacity = 0;
        maxFrameLength = 0;
    }

    List<Message> takenMessages() {
        return messages == null ? List.of() : messages;
    }

    Settled toSettled() {
        return settled == 1 && missing == null ? Settled.ONE : new Settled(settled, missing == null ? List.of() : missing);
    }

    QueuePage toQueuePage() {
        return new QueuePage(queues == null ? List.of() : queues, more);
    }

    BrokerInfo toBrokerInfo() {
        return new BrokerInfo(
            version, software, durability, storage, maxQueueNumber, maxMessageLength, maxQueueCapacity, maxFrameLength);
    }

    /** The counts of one queue. */
    static final class Counts {
        long length;
        long ready;
        long delayed;
        long leased;
        long parked;

        void reset() {
            length = 0;
            ready = 0;
            delayed = 0;
            leased = 0;
            parked = 0;
        }

        QueueLength build() {
            return new QueueLength(length, ready, delayed, leased, parked);
        }
    }
}
