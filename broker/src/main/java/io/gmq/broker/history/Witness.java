package io.gmq.broker.history;

import io.gmq.broker.Replayer;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.StateMachine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies records to an engine and notes what each one did: which messages came and where, and which were given out to whom. What it
 * notes is that of the last record. Owned by one thread.
 */
final class Witness extends QuietSink {
    private static final Count[] COUNTS = Count.values();

    private final StateMachine engine;
    private final Replayer replayer;
    private final Inspector inspector;
    private final MessageView view = new MessageView();
    private final Payloads.View bytes = new Payloads.View();
    private final List<Run> runs = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final ExpandableArrayBuffer question = new ExpandableArrayBuffer(512);
    private final QueueCounts counts = new QueueCounts();
    private boolean hasCounts;
    private long firstNew;
    private long connection;
    private long consumer;

    Witness(final StateMachine engine) {
        this.engine = engine;
        replayer = new Replayer(engine);
        inspector = engine.inspector();
    }

    /** What one step of a record said that it had done. */
    record Run(boolean isPublished, long first, int count) {
        private static final Run OTHER = new Run(false, 0, 0);
    }

    /**
     * A message that was given out.
     *
     * @param queue   from which; known only of messages that came in the same record.
     * @param payload can be read until the next record.
     */
    record Delivery(long message, int attempt, int priority, long payload, long connection, long consumer, String queue) {
    }

    /** Applies a record. */
    void apply(final DirectBuffer buffer, final int offset, final int length) {
        replayer.reclaim(); // what went with the record before
        if (!runs.isEmpty()) {
            runs.clear();
        }
        if (!deliveries.isEmpty()) {
            deliveries.clear();
        }
        firstNew = inspector.nextMessage();
        replayer.tell(buffer, offset, length, this);
    }

    StateMachine engine() {
        return engine;
    }

    Inspector inspector() {
        return inspector;
    }

    /** The id that the next message had before the record: those from here on are new. */
    long firstNew() {
        return firstNew;
    }

    long nextMessage() {
        return inspector.nextMessage();
    }

    /** What the record's steps did, one for each step of an atomic, else the one. */
    List<Run> runs() {
        return runs;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** The delivery of that message in this record, or {@code null}. */
    Delivery delivery(final long message) {
        for (final Delivery delivery : deliveries) {
            if (delivery.message() == message) {
                return delivery;
            }
        }
        return null;
    }

    /** In which queue a message is, or was when it was given out; {@code null} where that is not known. */
    String queueOf(final long message) {
        if (inspector.message(message, view)) {
            return Contents.text(view.queue, 0, view.queue.capacity());
        }
        final Delivery delivery = delivery(message);
        return delivery == null ? null : delivery.queue();
    }

    /** The priority of a message that is there. */
    int priorityOf(final long message) {
        inspector.message(message, view);
        return view.priority;
    }

    /** The bytes of a message that is there, or was given out in this record; {@code null} where they are gone. */
    Payloads.View bytesOf(final long message) {
        if (inspector.message(message, view)) {
            return bytes(view.payload);
        }
        final Delivery delivery = delivery(message);
        return delivery == null ? null : bytes(delivery.payload());
    }

    Payloads.View bytes(final long payload) {
        engine.payloads().view(payload, bytes);
        return bytes;
    }

    /** The counts of a queue as they are, {@code null} where there is none; reused. */
    QueueCounts counts(final byte[] queue) {
        CommandHeader.write(question, 0, CommandType.DESCRIBE, inspector.nowMs(), CommandHeader.HOST);
        final int length = QueueCommand.write(question, 0, 0, new UnsafeBuffer(queue), 0, queue.length);
        hasCounts = false;
        replayer.tell(question, 0, length, this);
        return hasCounts ? counts : null;
    }

    // ---- what the engine tells ----

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        runs.add(new Run(true, firstMessage, count));
    }

    @Override
    public void duplicate(final ReplyTo to, final long firstMessage, final int count) {
        runs.add(Run.OTHER);
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        runs.add(Run.OTHER);
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        connection = to.connection();
        consumer = 0;
    }

    @Override
    public void beginDelivery(
        final ReplyTo to, final long number, final DirectBuffer queue, final int offset, final int length) {
        connection = to.connection();
        consumer = number;
    }

    /** Called before the message leaves its place: its queue can still be seen. */
    @Override
    public void message(final long message, final int attempt, final int priority, final long payload) {
        final String queue = message >= firstNew && inspector.message(message, view) ? Contents.text(view.queue, 0, view.queue.capacity()) : null;
        deliveries.add(new Delivery(message, attempt, priority, payload, connection, consumer, queue));
    }

    @Override
    public void described(final ReplyTo to, final QueueSettings settings, final QueueCounts its) {
        for (final Count count : COUNTS) {
            counts.set(count, its.get(count));
        }
        hasCounts = true;
    }
}
