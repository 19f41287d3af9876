package io.gmq.engine.sim;

import static io.gmq.engine.sim.ModelState.NEVER;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Body;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Producer;
import io.gmq.engine.sim.ModelState.Queue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Publishing to queues and topics, once for each sequence of a producer. */
final class ModelPublishing {
    private final ModelState state;
    private final EffectText effects;
    private final Tally tally;
    /** What counts as held when a publish is checked, in an atomic request for all its steps. */
    private long reservedBytes;
    private int copies;

    ModelPublishing(final ModelState state, final EffectText effects, final Tally tally) {
        this.state = state;
        this.effects = effects;
        this.tally = tally;
    }

    /** Begins a command. */
    void begin() {
        reservedBytes = state.heldBytes;
        copies = 0;
    }

    /** Publishes, or says why not; {@code changed[0]} is set if that changed anything. */
    Refusal publish(final DirectBuffer command, final PublishCommand batch, final ReplyTo to, final boolean[] changed) {
        final String name = ModelState.text(command, batch.nameOffset(), batch.nameLength());
        final String producer = ModelState.text(command, batch.producerOffset(), batch.producerLength());
        final Producer known = producer.isEmpty() ? null : state.producers.get(producer);
        if (known != null && batch.producerSequence() <= known.sequence()) {
            final boolean isLast = batch.producerSequence() == known.sequence();
            tally.count("duplicate");
            effects.duplicate(to, isLast ? known.first() : 0, isLast ? known.count() : 0);
            return null;
        }
        final Refusal refusal = batch.isTopic() ? check(batch, name, reached(name)) : checkQueue(batch, name);
        if (refusal != null) {
            return refusal;
        }
        final List<Queue> targets = batch.isTopic() ? reached(name) : List.of(state.queueOf(name));
        final int answered = batch.isTopic() ? targets.size() : batch.count();
        effects.published(to, state.nextId, answered);
        if (!producer.isEmpty()) {
            state.producers.remove(producer);
            state.producers.put(producer, new Producer(batch.producerSequence(), state.nextId, answered));
        }
        changed[0] |= !targets.isEmpty() || !producer.isEmpty();
        if (targets.size() > 1) {
            tally.count("topic with several queues");
        }
        for (final Queue queue : targets) {
            final long droppedBefore = queue.dropped;
            state.makeRoom(queue, batch.count());
            if (queue.dropped > droppedBefore) {
                tally.count("dropped for new ones");
            }
        }
        batch.rewind();
        for (int i = 0; i < batch.count(); i++) {
            batch.next();
            final byte[] bytes = new byte[batch.payloadLength() + batch.headersLength()];
            command.getBytes(batch.payloadOffset(), bytes);
            final Body body = new Body(new UnsafeBuffer(bytes), batch.payloadLength(), state.atMs);
            targets.forEach(queue -> add(batch, body, queue));
        }
        return null;
    }

    private void add(final PublishCommand draft, final Body body, final Queue queue) {
        final long ttlMs = draft.ttlMs() == PublishCommand.QUEUE_TTL ? queue.setting(Setting.TTL_MS) : draft.ttlMs();
        final Message message = state.add(queue, body, draft.priority(), ttlMs == 0 ? NEVER : state.atMs + ttlMs);
        if (draft.delayMs() > 0) {
            state.delay(message, state.atMs + draft.delayMs());
        } else {
            state.makeReady(message);
        }
    }

    // ---------------------------------------------------------------- checks

    private Refusal checkQueue(final PublishCommand batch, final String name) {
        final Queue queue = state.queues.get(name);
        if (queue != null) {
            return check(batch, name, List.of(queue));
        }
        final int longest = state.maxMessageLengthOf(null);
        batch.rewind();
        for (int i = 0; i < batch.count(); i++) {
            batch.next();
            if (batch.payloadLength() > longest) {
                return new Refusal(RefusalCode.MESSAGE_TOO_LARGE, name, longest, batch.payloadLength());
            }
        }
        if (state.storage == StorageState.FULL) {
            return new Refusal(RefusalCode.STORAGE_FULL, name, -1, -1);
        }
        if (state.isFullOfQueues()) {
            return new Refusal(RefusalCode.TOO_MANY_QUEUES, name, state.limits.maxQueueNumber(), state.queues.size());
        }
        if (!state.hasRoom(null, batch.count())) {
            return new Refusal(RefusalCode.QUEUE_FULL, name, state.capacityOf(null), 0);
        }
        return checkBytes(batch, name, 1);
    }

    private Refusal check(final PublishCommand batch, final String name, final List<Queue> targets) {
        for (final Queue queue : targets) {
            batch.rewind();
            for (int i = 0; i < batch.count(); i++) {
                batch.next();
                if (batch.payloadLength() > state.maxMessageLengthOf(queue)) {
                    return new Refusal(RefusalCode.MESSAGE_TOO_LARGE, queue.name, state.maxMessageLengthOf(queue), batch.payloadLength());
                }
            }
        }
        if (state.storage == StorageState.FULL) {
            return new Refusal(RefusalCode.STORAGE_FULL, name, -1, -1);
        }
        for (final Queue queue : targets) {
            if (!state.hasRoom(queue, batch.count())) {
                return new Refusal(RefusalCode.QUEUE_FULL, queue.name, state.capacityOf(queue), queue.length());
            }
        }
        copies += batch.count() * targets.size();
        if (copies > Limits.COPIES_MAX) {
            return new Refusal(RefusalCode.OVERLOADED, name, Limits.COPIES_MAX, copies);
        }
        return targets.isEmpty() ? null : checkBytes(batch, name, targets.size());
    }

    private Refusal checkBytes(final PublishCommand batch, final String name, final int targets) {
        long bytes = (long) batch.count() * targets * Limits.MESSAGE_OVERHEAD;
        batch.rewind();
        for (int i = 0; i < batch.count(); i++) {
            batch.next();
            bytes += batch.payloadLength() + batch.headersLength();
        }
        if (reservedBytes + bytes > state.limits.maxHeldBytes()) {
            return new Refusal(RefusalCode.OVERLOADED, name, state.limits.maxHeldBytes(), reservedBytes);
        }
        reservedBytes += bytes;
        return null;
    }

    // ---------------------------------------------------------------- topics

    /** The queues bound to a topic, oldest first. */
    private List<Queue> reached(final String topic) {
        final List<Queue> reached = new ArrayList<>();
        for (final Queue queue : state.queues.values()) {
            if (queue.topics.stream().anyMatch(bound -> isMatch(bound, topic))) {
                reached.add(queue);
            }
        }
        reached.sort(Comparator.comparingLong(queue -> queue.number));
        return reached;
    }

    static boolean isMatch(final String bound, final String topic) {
        final String[] pattern = bound.split("\\.");
        final String[] words = topic.split("\\.");
        for (int i = 0; i < pattern.length; i++) {
            final boolean isLast = i == pattern.length - 1;
            if (isLast && pattern[i].equals(">")) {
                return words.length > i;
            }
            if (i >= words.length || !pattern[i].equals("*") && !pattern[i].equals(words[i])) {
                return false;
            }
        }
        return words.length == pattern.length;
    }
}
