package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.StorageState;

/**
 * Takes in what is published. It is planned first, against what the steps before it in the same request have planned, so that
 * nothing is done unless all can be done; then it is done.
 */
final class Publishing {
    private final Current current;
    private final MessageStore store;
    private final QueueTable queues;
    private final Topics topics;
    private final Producers producers;
    private final Fates fates;

    /* What the request being planned has planned so far: queues it will create, producers it has heard, how much it takes. */
    private final PlannedNames newQueues = new PlannedNames();
    private final PlannedNames heard = new PlannedNames();
    private long plannedBytes;
    private long plannedCopies;
    /** Words and bindings of topics that were met. */
    private int met;

    /** Where the publish at hand goes, if to a queue: {@code null} if that is yet to be created. */
    private MessageQueue queue;
    /** How many queues it goes to. */
    private int targets;

    Publishing(
        final Current current, final MessageStore store, final QueueTable queues, final Topics topics, final Producers producers,
        final Fates fates) {
        this.current = current;
        this.store = store;
        this.queues = queues;
        this.topics = topics;
        this.producers = producers;
        this.fates = fates;
    }

    boolean publish(final PublishCommand batch) {
        beginPlan();
        return plan(batch) && carryOut(batch);
    }

    /** Forgets what was planned before. */
    void beginPlan() {
        newQueues.clear();
        heard.clear();
        plannedBytes = 0;
        plannedCopies = 0;
        met = 0;
    }

    /** Finds where a publish goes, to plan it, and again to carry it out if anything came in between. */
    void aim(final PublishCommand batch) {
        if (batch.isTopic()) {
            targets = topics.match(current.command, batch.nameOffset(), batch.nameLength());
        } else {
            queue = queues.find(current.command, batch.nameOffset(), batch.nameLength());
            targets = 1;
        }
    }

    private MessageQueue target(final PublishCommand batch, final int i) {
        return batch.isTopic() ? topics.matched(i) : queue;
    }

    /** Plans a publish; refuses the request if it can't be. */
    boolean plan(final PublishCommand batch) {
        if (batch.producerLength() > 0 && isHeard(batch)) {
            return true;
        }
        aim(batch);
        if (batch.isTopic()) {
            met += topics.met();
            if (met > Limits.MET_MAX) {
                return current.refuse(RefusalCode.OVERLOADED, batch.nameOffset(), batch.nameLength(), Limits.MET_MAX, met);
            }
        }
        long bytes = 0;
        int longest = 0;
        batch.rewind();
        for (int i = 0; i < batch.count(); i++) {
            batch.next();
            longest = Math.max(longest, batch.payloadLength());
            bytes += batch.payloadLength() + batch.headersLength();
        }
        return areLengthsRight(batch, longest) && hasStorage(batch) && (queue != null || batch.isTopic() ? planTargets(batch) : planNewQueue(batch))
            && planBytes(batch, bytes);
    }

    /** Whether this sequence of its producer has been accepted before; if not, it is from here on. */
    private boolean isHeard(final PublishCommand batch) {
        final int offset = batch.producerOffset();
        final int length = batch.producerLength();
        final long sequence = batch.producerSequence();
        final int planned = heard.find(current.command, offset, length);
        if (planned < 0) {
            if (isAccepted(producers.find(current.command, offset, length), sequence)) {
                return true;
            }
            heard.add(offset, length, sequence);
            return false;
        }
        if (sequence <= heard.number(planned)) {
            return true;
        }
        heard.number(planned, sequence);
        return false;
    }

    private static boolean isAccepted(final Producer producer, final long sequence) {
        return producer != null && sequence <= producer.sequence;
    }

    private boolean areLengthsRight(final PublishCommand batch, final int longest) {
        for (int i = 0; i < targets; i++) {
            final MessageQueue target = target(batch, i);
            final int max = target == null ? current.limits.maxMessageLength() : target.config.maxMessageLength(current.limits);
            if (longest > max) {
                batch.rewind();
                do {
                    batch.next();
                } while (batch.payloadLength() <= max);
                return target == null
                    ? current.refuse(RefusalCode.MESSAGE_TOO_LARGE, batch.nameOffset(), batch.nameLength(), max, batch.payloadLength())
                    : current.refuse(RefusalCode.MESSAGE_TOO_LARGE, target, max, batch.payloadLength());
            }
        }
        return true;
    }

    private boolean hasStorage(final PublishCommand batch) {
        return current.storage != StorageState.FULL || current.refuse(RefusalCode.STORAGE_FULL, batch.nameOffset(), batch.nameLength());
    }

    private boolean planTargets(final PublishCommand batch) {
        for (int i = 0; i < targets; i++) {
            final MessageQueue target = target(batch, i);
            final int capacity = target.config.capacity(current.limits);
            target.plan(current.number);
            if (!target.planAdded(batch.count(), capacity)) {
                return current.refuse(RefusalCode.QUEUE_FULL, target, capacity, target.plannedLength());
            }
        }
        return true;
    }

    /** Plans a publish to a queue that does not exist yet, or only by an earlier step. */
    private boolean planNewQueue(final PublishCommand batch) {
        final Limits limits = current.limits;
        final int offset = batch.nameOffset();
        final int length = batch.nameLength();
        int planned = newQueues.find(current.command, offset, length);
        if (planned < 0) {
            final int number = queues.size() + newQueues.count();
            if (number >= limits.maxQueueNumber()) {
                return current.refuse(RefusalCode.TOO_MANY_QUEUES, offset, length, limits.maxQueueNumber(), number);
            }
            planned = newQueues.count();
            newQueues.add(offset, length, 0);
        }
        final long held = newQueues.number(planned);
        if (held + batch.count() > limits.maxQueueCapacity()) {
            return current.refuse(RefusalCode.QUEUE_FULL, offset, length, limits.maxQueueCapacity(), held);
        }
        newQueues.number(planned, held + batch.count());
        return true;
    }

    /** Whether an earlier step creates a queue of that name. */
    boolean isPlanned(final int nameOffset, final int nameLength) {
        return newQueues.find(current.command, nameOffset, nameLength) >= 0;
    }

    private boolean planBytes(final PublishCommand batch, final long bodies) {
        final long copies = (long) batch.count() * targets;
        if (copies == 0) {
            return true;
        }
        if (batch.isTopic()) {
            plannedCopies += copies;
            if (plannedCopies > Limits.COPIES_MAX) {
                return current.refuse(RefusalCode.OVERLOADED, batch.nameOffset(), batch.nameLength(), Limits.COPIES_MAX, plannedCopies);
            }
        }
        final long bytes = bodies + copies * Limits.MESSAGE_OVERHEAD;
        final long held = store.heldBytes() + plannedBytes;
        if (held + bytes > current.limits.maxHeldBytes()) {
            return current.refuse(RefusalCode.OVERLOADED, batch.nameOffset(), batch.nameLength(), current.limits.maxHeldBytes(), held);
        }
        plannedBytes += bytes;
        return true;
    }

    /** Does what was planned and tells of it; says whether anything changed. */
    boolean carryOut(final PublishCommand batch) {
        final int producerLength = batch.producerLength();
        if (producerLength > 0) {
            final Producer producer = producers.find(current.command, batch.producerOffset(), producerLength);
            if (isAccepted(producer, batch.producerSequence())) {
                final boolean isLast = batch.producerSequence() == producer.sequence;
                current.effects.duplicate(current.to, isLast ? producer.firstMessage : 0, isLast ? producer.count : 0);
                return false;
            }
        }
        final long first = store.nextId();
        final int count = batch.isTopic() ? targets : batch.count();
        current.effects.published(current.to, first, count);
        store(batch);
        if (producerLength > 0) {
            producers.accept(current.command, batch.producerOffset(), producerLength, batch.producerSequence(), first, count);
        }
        return targets > 0 || producerLength > 0;
    }

    private void store(final PublishCommand batch) {
        if (!batch.isTopic() && queue == null) {
            queue = queues.add(current.command, batch.nameOffset(), batch.nameLength());
        }
        for (int i = 0; i < targets; i++) {
            fates.makeRoom(target(batch, i), batch.count(), target(batch, i).config.capacity(current.limits));
        }
        batch.rewind();
        for (int left = targets == 0 ? 0 : batch.count(); left > 0; left--) {
            batch.next();
            final long body = store.putBody(current.command, batch.payloadOffset(), batch.payloadLength(), batch.headersLength(), current.atMs);
            for (int i = 0; i < targets; i++) {
                if (i > 0) {
                    store.slab().share(body);
                }
                fates.publish(target(batch, i), body, batch.priority(), batch.delayMs(), batch.ttlMs());
            }
        }
    }
}
