package io.gmq.broker.history;

import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.StateMachine;
import io.gmq.journal.JournalException;
import io.gmq.journal.chronicle.JournalFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** The queues as they were after one record of the past. Owned by one thread. */
public final class Then {
    private final Witness witness;
    private long sequence;
    private long timeMs;

    private Then(final StateMachine engine, final long sequence) {
        witness = new Witness(engine);
        this.sequence = sequence;
        timeMs = engine.inspector().nowMs();
    }

    /**
     * Goes back to after the last record that is not later.
     *
     * @param sequence the highest that counts.
     * @param timeMs   the latest time that counts.
     * @throws JournalException if it is not known how things were then.
     */
    public static Then at(final History history, final long sequence, final long timeMs) {
        final Base base = history.newest(info -> info.sequence() <= sequence && info.coveredMs() <= timeMs);
        final Then then = new Then(history.engineAt(base), base.sequence());
        final Optional<JournalFault> fault = history.walk(base.sequence(), then.timeMs, (its, itsMs, buffer, offset, length) -> {
            if (its > sequence || itsMs > timeMs) {
                return false;
            }
            then.witness.apply(buffer, offset, length);
            then.sequence = its;
            then.timeMs = itsMs;
            return its < sequence;
        });
        fault.ifPresent(its -> {
            throw new JournalException("how it was then is not known beyond sequence " + then.sequence + ": " + its);
        });
        return then;
    }

    /** Of the last record that counts; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Of the same record. */
    public long timeMs() {
        return timeMs;
    }

    /** All queues, in the order of their names. */
    public List<QueueThen> queues() {
        final List<byte[]> names = new ArrayList<>();
        witness.inspector().queues(name -> names.add(Contents.bytes(name, 0, name.capacity())));
        return names.stream().map(name -> QueueThen.of(new String(name, StandardCharsets.UTF_8), witness.counts(name))).toList();
    }

    /** One of them. */
    public Optional<QueueThen> queue(final String name) {
        return queues().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** Shows the messages of a queue that were in one state, those first that would have been given out first. */
    public void messages(final String queue, final MessageState state, final Consumer<MessageThen> looker) {
        final UnsafeBuffer name = new UnsafeBuffer(queue.getBytes(StandardCharsets.UTF_8));
        witness.inspector().messages(name, 0, name.capacity(), state, view -> looker.accept(of(view)));
    }

    private MessageThen of(final MessageView its) {
        String reason = "";
        if (its.reason != Payloads.NONE) {
            final Payloads.View bytes = witness.bytes(its.reason);
            reason = Contents.text(bytes.buffer(), bytes.payloadOffset(), bytes.payloadLength());
        }
        final boolean isOut = its.state == MessageState.LEASED || its.state == MessageState.PARKED;
        final Payloads.View bytes = witness.bytes(its.payload);
        return new MessageThen(its.message, its.state, its.priority, isOut ? its.attempt : its.attempt + 1, bytes.publishedMs(), its.deadlineMs,
            its.expiryMs, its.connection, its.consumer, its.keep, reason, Contents.headers(bytes), Contents.payload(bytes));
    }
}
