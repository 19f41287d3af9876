package io.gmq.client;

import java.util.List;
import java.util.OptionalLong;

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
    final Outcome outcome = new Outcome();
    List<StepResult> results;
    long consumer;
    /** Why a consumer has ended, or {@code null}. */
    String ended;

    final Counts counts = new Counts();
    final Settings settings = new Settings();
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
        outcome.reset();
        results = null;
        consumer = -1;
        ended = null;
        counts.reset();
        settings.reset();
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

    Published toPublished() {
        return outcome.published(own.id);
    }

    List<StepResult> toResults() {
        return results == null ? List.of() : results;
    }

    QueueDescription toDescription() {
        return new QueueDescription(settings.build(), counts.info(queue));
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
        long bytes;
        long consumers;
        long oldestReadyMs;
        long published;
        long delivered;
        long acked;
        long expired;
        long deadLettered;
        long dropped;

        void reset() {
            length = 0;
            ready = 0;
            delayed = 0;
            leased = 0;
            parked = 0;
            bytes = 0;
            consumers = 0;
            oldestReadyMs = -1;
            published = 0;
            delivered = 0;
            acked = 0;
            expired = 0;
            deadLettered = 0;
            dropped = 0;
        }

        QueueLength build() {
            return new QueueLength(length, ready, delayed, leased, parked);
        }

        QueueInfo info(final String name) {
            return new QueueInfo(name, build(), bytes, consumers,
                oldestReadyMs < 0 ? OptionalLong.empty() : OptionalLong.of(oldestReadyMs),
                new QueueTotals(published, delivered, acked, expired, deadLettered, dropped));
        }
    }

    /** The settings of one queue. */
    static final class Settings {
        long capacity;
        long maxMessageLength;
        long leaseMs;
        long maxAttempts;
        String deadLetter;
        long ttlMs;
        String onFull;
        boolean paused;

        void reset() {
            capacity = 0;
            maxMessageLength = 0;
            leaseMs = 0;
            maxAttempts = 0;
            deadLetter = "";
            ttlMs = 0;
            onFull = OnFull.REJECT.word();
            paused = false;
        }

        QueueSettings build() {
            return new QueueSettings(capacity, maxMessageLength, leaseMs, maxAttempts, deadLetter, ttlMs, onFull, paused);
        }
    }
}
