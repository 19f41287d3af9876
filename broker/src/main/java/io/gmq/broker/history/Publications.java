package io.gmq.broker.history;

import io.gmq.broker.history.Witness.Run;
import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.PublishCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Brings together what a record asked to publish and the ids that came of it. Messages of a batch to a topic have an id for each queue that
 * was reached, all of one message before those of the next. New messages that nobody has published are dead letters; they come last.
 */
final class Publications {
    private final Witness witness;
    private final PublishCommand publish = new PublishCommand();
    private final AtomicCommand atomic = new AtomicCommand();

    Publications(final Witness witness) {
        this.witness = witness;
    }

    /** Looks at a publish and what came of it. */
    @FunctionalInterface
    private interface StepVisitor {
        void visit(PublishCommand its, Run run, long endId);
    }

    /** Whether a new message was published by the record, and is no dead letter. */
    boolean isPublished(final long message, final DirectBuffer buffer, final int offset) {
        final boolean[] isFound = new boolean[1];
        eachStep(buffer, offset, (its, run, endId) -> isFound[0] |= message >= run.first() && message < endId);
        return isFound[0];
    }

    /** What there is to tell of a new message, by the protocol's names. */
    Map<String, Object> of(final long message, final DirectBuffer buffer, final int offset, final MessageWatch.Sight now) {
        final Map<String, Object> members = new LinkedHashMap<>();
        members.put("queue", now == null ? witness.queueOf(message) : now.queue());
        eachStep(buffer, offset, (its, run, endId) -> {
            if (message >= run.first() && message < endId) {
                final long copies = (endId - run.first()) / its.count();
                its.rewind();
                for (long i = 0; i <= (message - run.first()) / copies; i++) {
                    its.next();
                }
                members.put("connection", CommandHeader.connection(buffer, offset));
                describe(its, buffer, members);
            }
        });
        final Payloads.View bytes = witness.bytesOf(message);
        if (bytes != null && !members.containsKey("priority")) {
            members.put("priority", now == null ? witness.delivery(message).priority() : now.priority());
            members.put("headers", Contents.headers(bytes));
            members.put("payload", Contents.payload(bytes));
        }
        return members;
    }

    private static void describe(final PublishCommand its, final DirectBuffer buffer, final Map<String, Object> members) {
        if (its.isTopic()) {
            members.put("topic", Contents.text(buffer, its.nameOffset(), its.nameLength()));
        }
        if (its.producerLength() > 0) {
            members.put("producer", Contents.text(buffer, its.producerOffset(), its.producerLength()));
            members.put("producer_sequence", its.producerSequence());
        }
        members.put("priority", its.priority());
        if (its.delayMs() != 0) {
            members.put("delay_ms", its.delayMs());
        }
        if (its.ttlMs() != PublishCommand.QUEUE_TTL) {
            members.put("ttl_ms", its.ttlMs());
        }
        final Arrival arrival = arrival(its, buffer, 0);
        if (!arrival.headers().isEmpty()) {
            members.put("headers", arrival.headers());
        }
        members.put("payload", arrival.payload());
    }

    /** All that came into a queue with the record. */
    void into(final String queue, final long timeMs, final DirectBuffer buffer, final int offset, final Consumer<Arrival> arrivals) {
        if (witness.nextMessage() == witness.firstNew()) {
            return;
        }
        final long[] deadLettersFrom = {witness.firstNew()};
        eachStep(buffer, offset, (its, run, endId) -> {
            if (hasReached(queue, its, run, buffer)) {
                its.rewind();
                for (int i = 0; i < its.count(); i++) {
                    its.next();
                    arrivals.accept(arrival(its, buffer, timeMs));
                }
            }
            deadLettersFrom[0] = Math.max(deadLettersFrom[0], endId);
        });
        for (long id = deadLettersFrom[0]; id < witness.nextMessage(); id++) {
            if (queue.equals(witness.queueOf(id))) {
                arrivals.accept(deadLetter(id, timeMs));
            }
        }
    }

    private Arrival deadLetter(final long id, final long timeMs) {
        final Witness.Delivery delivery = witness.delivery(id);
        final int priority = delivery == null ? witness.priorityOf(id) : delivery.priority();
        final Payloads.View bytes = witness.bytesOf(id);
        return new Arrival(timeMs, Contents.payload(bytes), Contents.headers(bytes), priority, 0, PublishCommand.QUEUE_TTL);
    }

    private boolean hasReached(final String queue, final PublishCommand its, final Run run, final DirectBuffer buffer) {
        if (!its.isTopic()) {
            return queue.equals(Contents.text(buffer, its.nameOffset(), its.nameLength()));
        }
        for (int i = 0; i < run.count(); i++) {
            if (queue.equals(witness.queueOf(run.first() + i))) {
                return true;
            }
        }
        return false;
    }

    private static Arrival arrival(final PublishCommand its, final DirectBuffer buffer, final long timeMs) {
        final int offset = its.payloadOffset();
        final int length = its.payloadLength();
        return new Arrival(timeMs, Contents.bytes(buffer, offset, length), Contents.headers(buffer, offset + length, its.headersLength()),
            its.priority(), its.delayMs(), its.ttlMs());
    }

    /** Visits each publish of the record that has stored anything. */
    private void eachStep(final DirectBuffer buffer, final int offset, final StepVisitor visitor) {
        final CommandType type = CommandHeader.type(buffer, offset);
        if (type == CommandType.PUBLISH) {
            step(0, buffer, offset, visitor);
        } else if (type == CommandType.ATOMIC) {
            atomic.wrap(buffer, offset);
            for (int i = 0; i < atomic.count(); i++) {
                atomic.next();
                if (CommandHeader.type(buffer, atomic.stepOffset()) == CommandType.PUBLISH) {
                    step(i, buffer, atomic.stepOffset(), visitor);
                }
            }
        }
    }

    private void step(final int index, final DirectBuffer buffer, final int offset, final StepVisitor visitor) {
        final Run run = index < witness.runs().size() ? witness.runs().get(index) : null;
        if (run != null && run.isPublished() && run.count() > 0) {
            publish.wrap(buffer, offset);
            final long ids = publish.isTopic() ? (long) publish.count() * run.count() : run.count();
            visitor.visit(publish, run, run.first() + ids);
        }
    }
}
