package io.gmq.engine.kit;

import static io.gmq.engine.kit.EffectText.string;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import org.agrona.DirectBuffer;

/** Writes down what it hears as {@link EffectText}, with the bytes of every message; insists that lists are begun and ended. */
public final class RecordedEffects implements EffectSink {
    private final Payloads payloads;
    private final EffectText text;
    private final Payloads.View view = new Payloads.View();
    private final Payloads.View reasonView = new Payloads.View();
    private In in = In.NOTHING;

    public RecordedEffects(final Payloads payloads, final EffectText text) {
        this.payloads = payloads;
        this.text = text;
    }

    /** What was heard since the last {@link EffectText#clear}. */
    public EffectText text() {
        return text;
    }

    private void expect(final In expected) {
        if (in != expected) {
            throw new AssertionError("effects out of order, in " + in + ", after:\n" + text);
        }
    }

    private void move(final In from, final In to) {
        expect(from);
        in = to;
    }

    private void expectResult() {
        if (in != In.ATOMIC) {
            expect(In.NOTHING);
        }
    }

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        expectResult();
        text.published(to, firstMessage, count);
    }

    @Override
    public void duplicate(final ReplyTo to, final long firstMessage, final int count) {
        expectResult();
        text.duplicate(to, firstMessage, count);
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        move(In.NOTHING, In.MESSAGES);
        text.beginMessages(to);
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long payload) {
        if (in != In.DELIVERY) {
            expect(In.MESSAGES);
        }
        payloads.view(payload, view);
        text.message(message, attempt, priority, view.publishedMs(), view.buffer(), view.payloadOffset(), view.payloadLength(),
            view.headersLength());
    }

    @Override
    public void peeked(
        final long message, final int attempt, final int priority, final long payload, final MessageState state, final long reason) {
        expect(In.MESSAGES);
        payloads.view(payload, view);
        String why = "";
        if (reason != Payloads.NONE) {
            payloads.view(reason, reasonView);
            why = string(reasonView.buffer(), reasonView.payloadOffset(), reasonView.payloadLength());
            if (why.isEmpty() || reasonView.headersLength() != 0) {
                throw new AssertionError("a reason that is none");
            }
        }
        text.peeked(message, attempt, priority, view.publishedMs(), view.buffer(), view.payloadOffset(), view.payloadLength(),
            view.headersLength(), state, why);
    }

    @Override
    public void endMessages() {
        move(In.MESSAGES, In.NOTHING);
    }

    @Override
    public void beginDelivery(final ReplyTo to, final long consumer, final DirectBuffer queue, final int offset, final int length) {
        move(In.NOTHING, In.DELIVERY);
        text.beginDelivery(to, consumer, string(queue, offset, length));
    }

    @Override
    public void endDelivery(final long bytes) {
        move(In.DELIVERY, In.NOTHING);
        text.endDelivery(bytes);
    }

    @Override
    public void consuming(final ReplyTo to, final long consumer) {
        expect(In.NOTHING);
        text.consuming(to, consumer);
    }

    @Override
    public void consumerEnded(final ReplyTo to, final long consumer) {
        expect(In.NOTHING);
        text.consumerEnded(to, consumer);
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        expectResult();
        text.settled(to, type, count, missing, missingCount);
    }

    @Override
    public void counted(final ReplyTo to, final CommandType type, final int count) {
        expect(In.NOTHING);
        text.counted(to, type, count);
    }

    @Override
    public void done(final ReplyTo to) {
        expect(In.NOTHING);
        text.done(to);
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        expect(In.NOTHING);
        text.length(to, ready, delayed, leased, parked);
    }

    @Override
    public void configured(final ReplyTo to, final QueueSettings settings) {
        expect(In.NOTHING);
        text.configured(to, settings);
    }

    @Override
    public void described(final ReplyTo to, final QueueSettings settings, final QueueCounts counts) {
        expect(In.NOTHING);
        text.described(to, settings, counts);
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        move(In.NOTHING, In.QUEUES);
        text.beginQueues(to);
    }

    @Override
    public void queue(final DirectBuffer name, final int offset, final int length, final QueueCounts counts) {
        expect(In.QUEUES);
        text.queue(string(name, offset, length), counts);
    }

    @Override
    public void endQueues(final boolean more) {
        move(In.QUEUES, In.NOTHING);
        text.endQueues(more);
    }

    @Override
    public void beginAtomic(final ReplyTo to) {
        move(In.NOTHING, In.ATOMIC);
        text.beginAtomic(to);
    }

    @Override
    public void endAtomic() {
        move(In.ATOMIC, In.NOTHING);
        text.endAtomic();
    }

    @Override
    public void refused(
        final ReplyTo to,
        final RefusalCode code,
        final DirectBuffer name,
        final int offset,
        final int length,
        final long limit,
        final long actual,
        final int step) {
        expect(In.NOTHING);
        text.refused(to, code, string(name, offset, length), limit, actual, step);
    }

    @Override
    public void passed(final ReplyTo to) {
        expect(In.NOTHING);
        text.passed(to);
    }

    private enum In { NOTHING, MESSAGES, DELIVERY, QUEUES, ATOMIC }
}
