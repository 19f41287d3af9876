package io.gmq.broker.cli;

import io.gmq.client.Message;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints messages, one per line: their text, all about them, or JSON. An option of the commands that do. */
final class MessagePrinter {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--details",
        description = "Print each message's id, attempt, priority, time of publishing and headers before its text.")
    private boolean details;

    boolean details() {
        return details;
    }

    /** Prints all of them, and has them leave this process before it returns. */
    void print(final List<Message> messages, final boolean json, final boolean toTerminal) {
        final PrintWriter out = spec.commandLine().getOut();
        for (final Message message : messages) {
            out.print(json ? jsonOf(message) : details ? detailsOf(message) + textOf(message, toTerminal) : textOf(message, toTerminal));
            out.print('\n');
        }
        if (out.checkError()) {
            throw new CommandException("cannot write to standard output; what had not been acknowledged stays in the queue", null);
        }
    }

    private static String textOf(final Message message, final boolean toTerminal) {
        final String text = message.isText() ? message.text() : Escapes.decode(message.payload());
        return toTerminal ? Escapes.line(text) : text;
    }

    private static String detailsOf(final Message message) {
        final StringBuilder line = new StringBuilder().append(message.id())
            .append("  attempt ").append(message.attempt())
            .append("  priority ").append(message.priority());
        message.publishedAt().map(Instant::toString).ifPresent(time -> line.append("  ").append(time));
        message.state().ifPresent(state -> line.append("  ").append(Escapes.line(state)));
        message.reason().ifPresent(reason -> line.append(" (").append(Escapes.line(reason)).append(')'));
        for (final Map.Entry<String, String> header : message.headers().entrySet()) {
            line.append("  ").append(Escapes.line(header.getKey())).append('=').append(Escapes.line(header.getValue()));
        }
        return line.append("  ").toString();
    }

    private static String jsonOf(final Message message) {
        final JsonLine line = new JsonLine()
            .with("queue", message.queue())
            .with("message", message.id())
            .with("attempt", message.attempt())
            .with("priority", message.priority());
        message.publishedAt().ifPresent(time -> line.with("published_ms", time.toEpochMilli()));
        message.state().ifPresent(state -> line.with("state", state));
        message.reason().ifPresent(reason -> line.with("reason", reason));
        line.with("headers", message.headers());
        if (message.isText() || Escapes.isUtf8(message.payload())) {
            line.with("text", message.text());
        } else {
            line.with("payload", Base64.getEncoder().encodeToString(message.payload()));
        }
        return line.toString();
    }
}
