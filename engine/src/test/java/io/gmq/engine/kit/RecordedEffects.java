package io.gmq.engine.kit;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Writes down what it hears as {@link EffectText}, with the bytes of every message; insists that lists are begun and ended. */
public final class RecordedEffects implements EffectSink {
    private final Payloads payloads;
    private final EffectText text;
    private final Payloads.View view = new Payloads.View();
    private boolean isInMessages;
    private boolean isInQueues;

    public RecordedEffects(final Payloads payloads, final EffectText text) {
        this.payloads = payloads;
        this.text = text;
    }

    /** What was heard since the last {@link EffectText#clear}. */
    public EffectText text() {
        return text;
    }

    private void expect(final boolean inMessages, final boolean inQueues) {
        if (isInMessages != inMessages || isInQueues != inQueues) {
            throw new AssertionError("effects out of order after:\n" + text);
        }
    }

    @Override
    public void published(final ReplyTo to, final long firstMessage, final int count) {
        expect(false, false);
        text.published(to, firstMessage, count);
    }

    @Override
    public void beginMessages(final ReplyTo to) {
        expect(false, false);
        isInMessages = true;
        text.beginMessages(to);
    }

    @Override
    public void message(final long message, final int attempt, final int priority, final long publishedMs, final long payload) {
        expect(true, false);
        text.message(message, attempt, priority, publishedMs);
        payloads.view(payload, view);
        final DirectBuffer bytes = view.buffer();
        for (int i = 0; i < view.payloadLength(); i++) {
            text.octet(bytes.getByte(view.payloadOffset() + i));
        }
        if (view.headersLength() > 0) {
            text.headers();
            for (int i = 0; i < view.headersLength(); i++) {
                text.octet(bytes.getByte(view.headersOffset() + i));
            }
        }
    }

    @Override
    public void endMessages() {
        expect(true, false);
        isInMessages = false;
    }

    @Override
    public void settled(final ReplyTo to, final CommandType type, final int count, final long[] missing, final int missingCount) {
        expect(false, false);
        text.settled(to, type, count, missing, missingCount);
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        expect(false, false);
        text.length(to, ready, delayed, leased, parked);
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        expect(false, false);
        isInQueues = true;
        text.beginQueues(to);
    }

    @Override
    public void queue(
        final DirectBuffer name,
        final int offset,
        final int length,
        final int ready,
        final int delayed,
        final int leased,
        final int parked) {
        expect(false, true);
        text.queue(string(name, offset, length), ready, delayed, leased, parked);
    }

    @Override
    public void endQueues(final boolean more) {
        expect(false, true);
        isInQueues = false;
        text.endQueues(more);
    }

    @Override
    public void refused(
        final ReplyTo to,
        final RefusalCode code,
        final DirectBuffer name,
        final int offset,
        final int length,
        final long limit,
        final long actual) {
        expect(false, false);
        text.refused(to, code, string(name, offset, length), limit, actual);
    }

    @Override
    public void passed(final ReplyTo to) {
        expect(false, false);
        text.passed(to);
    }

    private static String string(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
