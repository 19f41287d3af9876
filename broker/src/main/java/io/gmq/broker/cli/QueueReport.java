package io.gmq.broker.cli;

import io.gmq.client.QueueInfo;
import io.gmq.client.QueueSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings and counts of a queue, for programs by the protocol's names, for people as lines of a name and a value. */
final class QueueReport {
    private QueueReport() {
    }

    static JsonLine json(final JsonLine line, final QueueSettings settings) {
        return line.with("capacity", settings.capacity())
            .with("max_message_length", settings.maxMessageLength())
            .with("lease_ms", settings.leaseMs())
            .with("max_attempts", settings.maxAttempts())
            .with("dead_letter", settings.deadLetter())
            .with("ttl_ms", settings.ttlMs())
            .with("on_full", settings.onFull())
            .with("paused", settings.paused());
    }

    static JsonLine json(final JsonLine line, final QueueInfo queue) {
        line.with("ready", queue.counts().ready())
            .with("delayed", queue.counts().delayed())
            .with("leased", queue.counts().leased())
            .with("parked", queue.counts().parked())
            .with("length", queue.counts().length())
            .with("bytes", queue.bytes())
            .with("consumers", queue.consumers())
            .with("published", queue.totals().published())
            .with("delivered", queue.totals().delivered())
            .with("acked", queue.totals().acked())
            .with("expired", queue.totals().expired())
            .with("dead_lettered", queue.totals().deadLettered())
            .with("dropped", queue.totals().dropped());
        queue.oldestReadyMs().ifPresent(age -> line.with("oldest_ready_ms", age));
        return line;
    }

    static String text(final QueueSettings settings, final boolean toTerminal) {
        final Map<String, String> lines = new LinkedHashMap<>();
        final String deadLetter = toTerminal ? Escapes.line(settings.deadLetter()) : settings.deadLetter();
        lines.put("capacity", QueueOperation.messages(settings.capacity()));
        lines.put("max message length", settings.maxMessageLength() + " bytes");
        lines.put("lease", Durations.show(Duration.ofMillis(settings.leaseMs())));
        lines.put("max attempts", settings.maxAttempts() == 0 ? "without end" : Long.toString(settings.maxAttempts()));
        lines.put("dead letter", deadLetter.isEmpty() ? "none" : deadLetter);
        lines.put("ttl", settings.ttlMs() == 0 ? "none" : Durations.show(Duration.ofMillis(settings.ttlMs())));
        lines.put("on full", Escapes.line(settings.onFull()));
        lines.put("paused", settings.paused() ? "yes" : "no");
        return aligned(lines);
    }

    static String text(final QueueInfo queue) {
        final Map<String, String> lines = new LinkedHashMap<>();
        lines.put("ready", Long.toString(queue.counts().ready()));
        lines.put("delayed", Long.toString(queue.counts().delayed()));
        lines.put("leased", Long.toString(queue.counts().leased()));
        lines.put("parked", Long.toString(queue.counts().parked()));
        lines.put("length", Long.toString(queue.counts().length()));
        lines.put("bytes", Long.toString(queue.bytes()));
        lines.put("consumers", Long.toString(queue.consumers()));
        lines.put("published", Long.toString(queue.totals().published()));
        lines.put("delivered", Long.toString(queue.totals().delivered()));
        lines.put("acked", Long.toString(queue.totals().acked()));
        lines.put("expired", Long.toString(queue.totals().expired()));
        lines.put("dead lettered", Long.toString(queue.totals().deadLettered()));
        lines.put("dropped", Long.toString(queue.totals().dropped()));
        lines.put("oldest ready", queue.oldestReadyMs().isPresent() ? Durations.about(queue.oldestReadyMs().getAsLong()) : "-");
        return aligned(lines);
    }

    private static String aligned(final Map<String, String> lines) {
        return lines.entrySet().stream().map(line -> String.format("%-20s%s", line.getKey(), line.getValue()))
            .collect(Collectors.joining(System.lineSeparator()));
    }
}
