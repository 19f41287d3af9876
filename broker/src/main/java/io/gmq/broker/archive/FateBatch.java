package io.gmq.broker.archive;

import io.gmq.engine.api.Ending;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.ReleaseCause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Gathers what becomes of messages until it is written: one row for each message, however much has happened to it. Owned by the
 * follower's thread.
 *
 * <p>It holds about {@link #BYTES_MAX}, and what one more record brings: a message that is published to many queues is held once.
 */
final class FateBatch implements FateSink {
    static final int ROWS_MAX = 4000;
    static final long BYTES_MAX = 4L << 20;

    private final Payloads.View view = new Payloads.View();
    private final List<MessageRow> messages = new ArrayList<>();
    private final Map<Long, FateRow> fates = new LinkedHashMap<>();
    private Payloads payloads;
    private boolean isDeaf;
    private long bytes;
    /** The payload read last, and its copy. */
    private long lastPayload = Payloads.NONE;
    private byte[] lastBytes;
    private String lastHeaders;

    /** Where to read what messages carry. */
    void payloads(final Payloads its) {
        payloads = its;
    }

    /** Whether what is told from now on has been archived before. */
    void deaf(final boolean its) {
        isDeaf = its;
    }

    /** A new record begins: payloads that were named before may be others now. */
    void beginRecord() {
        lastPayload = Payloads.NONE;
    }

    boolean isEmpty() {
        return messages.isEmpty() && fates.isEmpty();
    }

    boolean isFull() {
        return fates.size() >= ROWS_MAX || bytes >= BYTES_MAX;
    }

    List<MessageRow> messages() {
        return messages;
    }

    Collection<FateRow> fates() {
        return fates.values();
    }

    void clear() {
        messages.clear();
        fates.clear();
        bytes = 0;
        lastPayload = Payloads.NONE;
        lastBytes = null;
    }

    /** A message that is there when the archive begins, or begins again. */
    void found(final MessageView its, final String reason, final long atMs) {
        beginRecord();
        addMessage(its.message, text(its.queue), its.priority, its.payload, 0, MessageRow.NOT_KNOWN);
        final FateRow row = row(its.message);
        row.is(its.state, reason, atMs);
        row.attempt = its.attempt;
        row.deliveries = its.attempt;
        row.deliveredTo = its.connection;
    }

    private void addMessage(
        final long message, final String queue, final int priority, final long payload, final long origin, final long connection) {
        payloads.view(payload, view);
        if (payload != lastPayload) {
            lastPayload = payload;
            lastBytes = HeadersJson.bytes(view.buffer(), view.payloadOffset(), view.payloadLength());
            lastHeaders = HeadersJson.of(view);
            bytes += view.payloadLength() + view.headersLength();
        }
        messages.add(new MessageRow(message, queue, view.publishedMs(), connection, priority, origin, lastHeaders, lastBytes));
    }

    private FateRow row(final long message) {
        return fates.computeIfAbsent(message, FateRow::new);
    }

    private static String text(final DirectBuffer name) {
        return HeadersJson.text(name, 0, name.capacity());
    }

    @Override
    public void published(
        final long message, final DirectBuffer queue, final MessageState state, final int priority, final long payload, final long origin,
        final long connection) {
        if (!isDeaf) {
            addMessage(message, text(queue), priority, payload, origin, connection);
            final FateRow row = row(message);
            row.is(state, null, view.publishedMs());
            row.attempt = 0;
        }
    }

    @Override
    public void ready(final long message, final long atMs) {
        if (!isDeaf) {
            row(message).is(MessageState.READY, null, atMs);
        }
    }

    @Override
    public void delivered(final long message, final int attempt, final long connection, final long atMs) {
        if (!isDeaf) {
            row(message).delivered(attempt, connection, atMs);
        }
    }

    @Override
    public void released(
        final long message, final MessageState state, final ReleaseCause cause, final long connection, final long atMs) {
        if (!isDeaf) {
            row(message).is(state, cause.word(), atMs);
        }
    }

    @Override
    public void parked(
        final long message, final DirectBuffer reason, final int offset, final int length, final long connection, final long atMs) {
        if (!isDeaf) {
            row(message).is(MessageState.PARKED, length == 0 ? null : HeadersJson.text(reason, offset, length), atMs);
        }
    }

    @Override
    public void kicked(final long message, final long connection, final long atMs) {
        if (!isDeaf) {
            final FateRow row = row(message);
            row.is(MessageState.READY, "kicked", atMs);
            row.attempt = 0;
        }
    }

    @Override
    public void ended(final long message, final Ending ending, final long became, final long connection, final long atMs) {
        if (!isDeaf) {
            row(message).ended(ending, became, connection, atMs);
        }
    }
}
