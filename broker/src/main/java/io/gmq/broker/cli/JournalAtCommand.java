package io.gmq.broker.cli;

import io.gmq.broker.history.MessageThen;
import io.gmq.broker.history.QueueThen;
import io.gmq.broker.history.Then;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.MessageState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows queues as they were. */
@Command(
    name = "at",
    description = "Show the queues as they were at a point of the past, or the messages of one of them.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal at --time -10m",
        "  ./gmq journal at --time 2026-11-25T19:04:20Z --queue orders",
        "  ./gmq journal at --seq 4711 --queue orders --state leased",
        "",
        "A time is ISO, local unless it names a zone, or an age (-10m). Without a",
        "point: the end of the journal. What counts is all up to and including the",
        "point.",
        "",
        "With --json, for each queue what './gmq queues --json' gives; with --queue,",
        "for each message: queue, message (its id), state, attempt, priority,",
        "published_ms, until_ms (end of its lease or delay), expires_ms, connection,",
        "consumer, keep, reason, headers, and text, or payload (base64). First a line",
        "of sequence and time_ms."
    })
final class JournalAtCommand extends JournalOperation {
    private static final int TEXT_LENGTH_MAX = 60;

    @Option(names = "--seq", paramLabel = "N", description = "After the record with this sequence.")
    private Long sequence;

    @Option(names = "--time", paramLabel = "TIME", description = "At this time, or so long ago.")
    private Moment time;

    @Option(names = {"-q", "--queue"}, paramLabel = "NAME", description = "Show the messages of this queue.")
    private String queue;

    @Option(names = "--state", paramLabel = "STATE", completionCandidates = Words.States.class,
        description = "Only those that were: ready, delayed, leased or parked.")
    private io.gmq.client.MessageState state;

    @Option(names = "--max", paramLabel = "N", description = "Up to so many messages of each state (default: 100).")
    private int max = 100;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    JournalAtCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        check();
        final Then then;
        try (Progress progress = progress()) {
            then = Then.at(history(progress, "replaying"), sequence == null ? Long.MAX_VALUE : sequence,
                time == null ? Long.MAX_VALUE : time.timeMs());
        }
        if (sequence != null && then.sequence() < sequence) {
            throw new CommandException("the journal ends with sequence " + then.sequence() + ", there is no " + sequence, null);
        }
        if (json) {
            out().println(new JsonLine().with("sequence", then.sequence()).with("time_ms", then.timeMs()));
        } else {
            out().println(then.sequence() == 0 ? "before the first record" : "after sequence " + then.sequence() + ", " + Times.iso(then.timeMs()));
        }
        if (queue == null) {
            printQueues(then.queues());
        } else {
            printMessages(then);
        }
        return ExitCodes.OK;
    }

    private void check() {
        if (sequence != null && time != null) {
            throw wrong("--seq and --time exclude each other");
        }
        if (time != null && !time.isTime()) {
            throw wrong("--time is " + time.sequence() + ", which is no time; for a sequence there is --seq");
        }
        checkCount("--max", max);
        if (state != null && queue == null) {
            throw wrong("--state needs a --queue");
        }
    }

    private void printQueues(final List<QueueThen> queues) {
        if (json) {
            queues.forEach(its -> out().println(jsonOf(its)));
            return;
        }
        if (queues.isEmpty()) {
            note("there was no queue");
            return;
        }
        final Table table = new Table(10, "queue", "ready", "delayed", "leased", "parked", "length", "consumers");
        for (final QueueThen its : queues) {
            table.row(shown(its.name()), Long.toString(its.count(Count.READY)), Long.toString(its.count(Count.DELAYED)),
                Long.toString(its.count(Count.LEASED)), Long.toString(its.count(Count.PARKED)), Long.toString(its.count(Count.LENGTH)),
                Long.toString(its.count(Count.CONSUMERS)));
        }
        print(table);
    }

    private static JsonLine jsonOf(final QueueThen its) {
        final JsonLine line = new JsonLine().with("queue", its.name());
        for (final Map.Entry<Count, Long> count : its.counts().entrySet()) {
            if (count.getValue() != Count.NONE) {
                line.with(count.getKey().word(), count.getValue());
            }
        }
        return line;
    }

    private void printMessages(final Then then) {
        final QueueThen its = then.queue(queue)
            .orElseThrow(() -> new CommandException("there was no queue '" + queue + "' then", null));
        for (final MessageState each : MessageState.values()) {
            if (state == null || state.word().equals(each.word())) {
                final long there = its.count(Count.valueOf(each.name()));
                if (json) {
                    then.messages(queue, each, upToMax(message -> out().println(jsonOf(message))));
                } else {
                    printTable(then, each, there);
                }
                if (there > max) {
                    note((there - max) + " more are " + each.word() + "; --max shows more");
                }
            }
        }
    }

    private Consumer<MessageThen> upToMax(final Consumer<MessageThen> looker) {
        final int[] count = new int[1];
        return message -> {
            if (count[0]++ < max) {
                looker.accept(message);
            }
        };
    }

    private void printTable(final Then then, final MessageState each, final long there) {
        out().println();
        out().println(QueueOperation.messages(there) + " " + each.word());
        if (there > 0) {
            final Table table = new Table(0, heading(each)).textLast();
            then.messages(queue, each, upToMax(message -> table.row(row(message))));
            print(table);
        }
    }

    private static String[] heading(final MessageState state) {
        return switch (state) {
            case LEASED -> new String[] {"message", "attempt", "priority", "published", "until", "leased by", "text"};
            case PARKED -> new String[] {"message", "attempt", "priority", "published", "reason", "text"};
            case DELAYED -> new String[] {"message", "attempt", "priority", "published", "expires", "until", "text"};
            case READY -> new String[] {"message", "attempt", "priority", "published", "expires", "text"};
        };
    }

    private String[] row(final MessageThen message) {
        final List<String> row = new ArrayList<>(List.of(Long.toString(message.message()), Integer.toString(message.attempt()),
            Integer.toString(message.priority()), Times.iso(message.publishedMs())));
        final String expires = message.expiryMs() == 0 ? "-" : Times.iso(message.expiryMs());
        switch (message.state()) {
            case LEASED -> row.addAll(List.of(Times.iso(message.deadlineMs()), holder(message)));
            case PARKED -> row.add(shown(message.reason()));
            case DELAYED -> row.addAll(List.of(expires, Times.iso(message.deadlineMs())));
            case READY -> row.add(expires);
        }
        row.add(shorten(message.payload()));
        return row.toArray(String[]::new);
    }

    private static String holder(final MessageThen message) {
        if (message.connection() == 0) {
            return "a connection that had ended";
        }
        return "connection " + message.connection() + (message.consumer() == 0 ? "" : ", consumer " + message.consumer())
            + (message.keep() ? ", kept" : "");
    }

    /** Always on one line: a message may hold anything. */
    static String shorten(final byte[] payload) {
        final String text = Escapes.line(Escapes.decode(payload));
        final int length = text.codePointCount(0, text.length());
        return length <= TEXT_LENGTH_MAX ? text : text.substring(0, text.offsetByCodePoints(0, TEXT_LENGTH_MAX - 1)) + "…";
    }

    private JsonLine jsonOf(final MessageThen message) {
        final JsonLine line = new JsonLine()
            .with("queue", queue)
            .with("message", message.message())
            .with("state", message.state().word())
            .with("attempt", message.attempt())
            .with("priority", message.priority())
            .with("published_ms", message.publishedMs());
        if (message.deadlineMs() != 0) {
            line.with("until_ms", message.deadlineMs());
        }
        if (message.expiryMs() != 0) {
            line.with("expires_ms", message.expiryMs());
        }
        if (message.state() == MessageState.LEASED) {
            line.with("connection", message.connection()).with("consumer", message.consumer()).with("keep", message.keep());
        }
        if (!message.reason().isEmpty()) {
            line.with("reason", message.reason());
        }
        line.with("headers", message.headers());
        return payload(line, message.payload());
    }

    /** {@code text} where it is UTF-8, else {@code payload}. */
    static JsonLine payload(final JsonLine line, final byte[] payload) {
        return Escapes.isUtf8(payload)
            ? line.with("text", new String(payload, StandardCharsets.UTF_8))
            : line.with("payload", Base64.getEncoder().encodeToString(payload));
    }
}
