package io.gmq.transport.codec;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
import java.util.stream.Stream;

/** Writes messages, given or shown: the members of each say only what is not taken for granted. */
final class MessageWriter {
    private static final byte[] MESSAGE = JsonWriter.name("message");
    private static final byte[] PAYLOAD = JsonWriter.name("payload");
    private static final byte[] TEXT = JsonWriter.name("text");
    private static final byte[] ATTEMPT = JsonWriter.name("attempt");
    private static final byte[] PRIORITY = JsonWriter.name("priority");
    private static final byte[] PUBLISHED = JsonWriter.name("published_ms");
    private static final byte[] HEADERS = JsonWriter.name("headers");
    private static final byte[] REASON = JsonWriter.name("reason");
    /** By the codes of the states. */
    private static final byte[][] STATES =
        Stream.of(MessageState.values()).map(state -> JsonWriter.ascii(",\"state\":\"" + state.word() + "\"")).toArray(byte[][]::new);

    private final JsonWriter json;
    private final Payloads payloads;
    private final Payloads.View view = new Payloads.View();

    MessageWriter(final JsonWriter json, final Payloads payloads) {
        this.json = json;
        this.payloads = payloads;
    }

    /** Points at the bytes of a message; valid until the next. */
    Payloads.View view(final long payload) {
        payloads.view(payload, view);
        return view;
    }

    /** The members of a message, without braces. */
    void members(final long message, final int attempt, final int priority, final long payload, final int presentation) {
        payloads.view(payload, view);
        json.member(MESSAGE).number(message);
        if ((presentation & Presentation.TEXT) == 0 || !json.text(TEXT, view.buffer(), view.payloadOffset(), view.payloadLength())) {
            json.member(PAYLOAD).base64(view.buffer(), view.payloadOffset(), view.payloadLength());
        }
        final boolean isDetailed = (presentation & Presentation.DETAILS) != 0;
        if (isDetailed || attempt != 1) {
            json.member(ATTEMPT).number(attempt);
        }
        if (isDetailed || priority != Limits.PRIORITY_DEFAULT) {
            json.member(PRIORITY).number(priority);
        }
        if (isDetailed) {
            json.member(PUBLISHED).number(view.publishedMs());
        }
        if (view.headersLength() > 0) {
            headers();
        }
    }

    private void headers() {
        json.member(HEADERS).raw('{');
        int at = view.headersOffset();
        final int to = at + view.headersLength();
        boolean isFirst = true;
        while (at < to) {
            if (!isFirst) {
                json.raw(',');
            }
            isFirst = false;
            at = headerPart(at);
            json.raw(':');
            at = headerPart(at);
        }
        json.raw('}');
    }

    private int headerPart(final int at) {
        final int length = view.buffer().getShort(at) & 0xFFFF;
        json.string(view.buffer(), at + Short.BYTES, length);
        return at + Short.BYTES + length;
    }

    /** The members that a message has beside when it is shown. */
    void state(final MessageState state, final long reason) {
        json.raw(STATES[state.code()]);
        if (reason != Payloads.NONE) {
            payloads.view(reason, view);
            if (view.payloadLength() > 0) {
                json.member(REASON).string(view.buffer(), view.payloadOffset(), view.payloadLength());
            }
        }
    }
}
