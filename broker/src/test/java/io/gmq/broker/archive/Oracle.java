package io.gmq.broker.archive;

import io.gmq.engine.api.Ending;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.ReleaseCause;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What should be in the archive, kept as plainly as can be: a map of columns for each message. */
final class Oracle implements FateSink {
    private static final String NONE = "-";
    private static final List<String> COLUMNS = List.of("message", "queue", "published_ms", "published_by", "priority", "origin", "headers",
        "payload_bytes", "payload", "state", "attempt", "deliveries", "first_delivered_ms", "last_delivered_ms", "delivered_to", "changed_ms",
        "ended_ms", "ended_by", "reason", "became");

    private final Map<Long, Map<String, String>> rows = new TreeMap<>();
    private final Payloads.View view = new Payloads.View();
    private Payloads payloads;

    void payloads(final Payloads its) {
        payloads = its;
    }

    /** All rows in the order of their messages, a line each. */
    List<String> lines() {
        return rows.values().stream().map(row -> {
            final StringBuilder line = new StringBuilder();
            COLUMNS.forEach(column -> line.append(column).append('=').append(row.getOrDefault(column, NONE)).append(' '));
            return line.toString();
        }).toList();
    }

    /** How many messages have not ended. */
    long open() {
        return openStates().size();
    }

    /** Id, state and attempt of each that has not ended. */
    List<String> openStates() {
        return rows.values().stream().filter(row -> !row.containsKey("ended_ms"))
            .map(row -> row.get("message") + " " + row.get("state") + " " + row.get("attempt")).toList();
    }

    /** The archive's, in the same form. */
    static List<String> lines(final Connection connection) throws SQLException {
        final List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet found = statement.executeQuery("SELECT * FROM gmq_archive ORDER BY message")) {
            while (found.next()) {
                final StringBuilder line = new StringBuilder();
                for (final String column : COLUMNS) {
                    final String value = column.equals("payload") ? hex(found.getBytes(column)) : found.getString(column);
                    line.append(column).append('=').append(value == null ? NONE : value).append(' ');
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static String hex(final byte[] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        return new String(bytes(buffer, offset, length), StandardCharsets.UTF_8);
    }

    private static String quoted(final String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\u000a") + '"';
    }

    private static String headers(final Payloads.View view) {
        final List<String> members = new ArrayList<>();
        int at = view.headersOffset();
        while (at < view.headersOffset() + view.headersLength()) {
            final int nameLength = view.buffer().getShort(at);
            final int valueLength = view.buffer().getShort(at + 2 + nameLength);
            members.add(quoted(text(view.buffer(), at + 2, nameLength)) + ":" + quoted(text(view.buffer(), at + 4 + nameLength, valueLength)));
            at += 4 + nameLength + valueLength;
        }
        return members.isEmpty() ? NONE : "{" + String.join(",", members) + "}";
    }

    private Map<String, String> change(final long message, final String state, final String reason, final long atMs) {
        final Map<String, String> row = rows.get(message);
        row.put("state", state);
        row.put("reason", reason);
        row.put("changed_ms", Long.toString(atMs));
        return row;
    }

    @Override
    public void published(
        final long message, final DirectBuffer queue, final MessageState state, final int priority, final long payload, final long origin,
        final long connection) {
        payloads.view(payload, view);
        final Map<String, String> row = new TreeMap<>();
        rows.put(message, row);
        row.put("message", Long.toString(message));
        row.put("queue", text(queue, 0, queue.capacity()));
        row.put("published_ms", Long.toString(view.publishedMs()));
        row.put("published_by", Long.toString(connection));
        row.put("priority", Integer.toString(priority));
        row.put("origin", origin == 0 ? NONE : Long.toString(origin));
        row.put("headers", headers(view));
        row.put("payload_bytes", Integer.toString(view.payloadLength()));
        row.put("payload", hex(bytes(view.buffer(), view.payloadOffset(), view.payloadLength())));
        row.put("attempt", "0");
        row.put("deliveries", "0");
        change(message, state.word(), NONE, view.publishedMs());
    }

    @Override
    public void ready(final long message, final long atMs) {
        change(message, "ready", NONE, atMs);
    }

    @Override
    public void delivered(final long message, final int attempt, final long connection, final long atMs) {
        final Map<String, String> row = change(message, "leased", NONE, atMs);
        row.put("attempt", Integer.toString(attempt));
        row.put("deliveries", Integer.toString(Integer.parseInt(row.get("deliveries")) + 1));
        row.putIfAbsent("first_delivered_ms", Long.toString(atMs));
        row.put("last_delivered_ms", Long.toString(atMs));
        row.put("delivered_to", Long.toString(connection));
    }

    @Override
    public void released(
        final long message, final MessageState state, final ReleaseCause cause, final long connection, final long atMs) {
        change(message, state.word(), cause.word(), atMs);
    }

    @Override
    public void parked(
        final long message, final DirectBuffer reason, final int offset, final int length, final long connection, final long atMs) {
        change(message, "parked", length == 0 ? NONE : text(reason, offset, length), atMs);
    }

    @Override
    public void kicked(final long message, final long connection, final long atMs) {
        change(message, "ready", "kicked", atMs).put("attempt", "0");
    }

    @Override
    public void ended(final long message, final Ending ending, final long became, final long connection, final long atMs) {
        final String reason = ending == Ending.DEAD_LETTERED ? rows.get(message).get("reason") : NONE;
        final Map<String, String> row = change(message, ending.word(), reason, atMs);
        row.put("ended_ms", Long.toString(atMs));
        row.put("ended_by", Long.toString(connection));
        row.put("became", became == 0 ? NONE : Long.toString(became));
    }
}
