package io.gmq.broker.cli;

import io.gmq.broker.history.Base;
import io.gmq.broker.history.History;
import io.gmq.broker.history.TraceEvent;
import io.gmq.broker.history.Tracer;
import io.gmq.engine.api.StateMachine;
import io.gmq.journal.chronicle.JournalFault;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the life of a message. */
@Command(
    name = "trace",
    description = "Tell all that has happened to a message, and to the dead letter that it has become.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal trace --message 4711",
        "  ./gmq journal trace --message 4711 --json",
        "",
        "A line for each event: published, ready (its delay is over), delivered,",
        "extended, kept (its connection has ended, the lease has not), released (cause:",
        "nack, lease_ended, connection_closed, restart), parked, kicked, and its end:",
        "acked, delivered and settled at once, expired, dropped (by drop_oldest), purged,",
        "deleted (with its queue), or dead_lettered (became: its new id, which is",
        "followed).",
        "",
        "With --json, one object for each: sequence, time, message, event, operation",
        "(of the record that did it), and what the line says, by the protocol's names."
    })
final class JournalTraceCommand extends JournalOperation {
    private static final int EVENT_WIDTH = 13;

    @Option(names = {"-m", "--message"}, required = true, paramLabel = "ID", description = "The message's id.")
    private long message;

    @Option(names = "--json", description = "Print one JSON object for each event.")
    private boolean json;

    /** Enough for most journals, so that lines stand in columns. */
    private int sequenceWidth = 8;
    private boolean hasAny;

    JournalTraceCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        checkCount("--message", message);
        final Tracer tracer;
        final Optional<JournalFault> fault;
        try (Progress progress = progress()) {
            final History history = history(progress, "replaying");
            final Base base = history.oldest();
            final StateMachine engine = history.engineAt(base);
            final long first = engine.inspector().nextMessage();
            tracer = new Tracer(engine, message, this::print);
            if (tracer.queueAtBeginning() == null && message < first) {
                throw new CommandException("message " + message + " was gone before the history begins, with sequence " + base.sequence(), null);
            }
            if (tracer.queueAtBeginning() != null) {
                note("the history begins with sequence " + base.sequence() + "; the message was in queue '" + tracer.queueAtBeginning() + "' then");
            }
            fault = history.walk(base.sequence(), engine.inspector().nowMs(), tracer);
        }
        failOn(fault, "what is known of it");
        if (!hasAny && tracer.queueAtBeginning() == null) {
            throw new CommandException(message < tracer.nextMessage()
                ? "message " + message + " was dropped in the same step in which it was published"
                : "there is no message " + message + " yet; the last one is " + (tracer.nextMessage() - 1), null);
        }
        return ExitCodes.OK;
    }

    private void print(final TraceEvent event) {
        hasAny = true;
        if (json) {
            out().println(jsonOf(event));
            return;
        }
        final String sequence = Long.toString(event.sequence());
        sequenceWidth = Math.max(sequenceWidth, sequence.length());
        final String members = event.members().entrySet().stream().map(JournalTraceCommand::text).collect(Collectors.joining("  "));
        final String line = " ".repeat(sequenceWidth - sequence.length()) + sequence + "  " + Times.iso(event.timeMs()) + "  " + event.message()
            + "  " + event.what() + " ".repeat(Math.max(0, EVENT_WIDTH - event.what().length())) + "  " + members;
        out().println(line.stripTrailing());
    }

    private static String text(final Map.Entry<String, Object> member) {
        final Object value = member.getValue();
        if (value instanceof final byte[] payload) {
            return payload.length + " bytes  " + JournalAtCommand.shorten(payload);
        }
        if (value instanceof final Map<?, ?> headers) {
            return headers.entrySet().stream().map(header -> Escapes.line(header.getKey() + "=" + header.getValue()))
                .collect(Collectors.joining("  "));
        }
        if (member.getKey().equals("until_ms")) {
            return "until " + Times.iso((Long) value);
        }
        if (value instanceof Boolean) {
            return member.getKey();
        }
        return member.getKey().replace('_', ' ') + " " + Escapes.line(String.valueOf(value));
    }

    @SuppressWarnings("unchecked")
    private static JsonLine jsonOf(final TraceEvent event) {
        final JsonLine line = new JsonLine()
            .with("sequence", event.sequence())
            .with("time", Times.iso(event.timeMs()))
            .with("message", event.message())
            .with("event", event.what())
            .with("operation", event.operation());
        event.members().forEach((name, value) -> {
            if (value instanceof final byte[] payload) {
                JournalAtCommand.payload(line, payload);
            } else if (value instanceof Map) {
                line.with(name, (Map<String, String>) value);
            } else if (value instanceof final Boolean bool) {
                line.with(name, bool);
            } else if (value instanceof final Number number) {
                line.with(name, number.longValue());
            } else {
                line.with(name, String.valueOf(value));
            }
        });
        return line;
    }
}
