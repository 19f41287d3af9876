package io.gmq.broker.cli;

import io.gmq.broker.history.Base;
import io.gmq.broker.history.History;
import io.gmq.broker.history.RecordFilter;
import io.gmq.broker.history.RecordVisitor;
import io.gmq.engine.api.StateMachine;
import io.gmq.journal.chronicle.JournalFault;
import io.gmq.journal.chronicle.JournalFiles;
import java.util.Optional;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints records. */
@Command(
    name = "dump",
    description = "Print the records of a journal, one JSON object per line.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal dump --max 100",
        "  ./gmq journal dump --from -10m --queue orders",
        "  ./gmq journal dump --from 2026-11-25T19:00 --to 2026-11-25T19:05",
        "  ./gmq journal dump --message 4711      only what has changed this message",
        "",
        "A point is a sequence, a time (ISO, local unless it names a zone) or an age",
        "(-10m).",
        "",
        "A record is a request that has changed something, with the names of the",
        "protocol, or one of the broker's own: start, close (a connection has ended),",
        "tick (leases, delays or times to live have ended), drained (pushes were",
        "sent), checkpoint and digest (recovery points), storage (the disk is full, or",
        "no longer). A payload is 'text' where it is UTF-8, else 'payload' in base64. A",
        "producer's own sequence is 'producer_sequence'.",
        "",
        "Where records are missing, one line on standard error says so, the rest",
        "follows, and the exit code is 1."
    })
final class JournalDumpCommand extends JournalOperation {
    private static final int PRINT_AT = 64 << 10;

    @Option(names = "--from", paramLabel = "POINT", description = "From this point on (default: the beginning).")
    private Moment from;

    @Option(names = "--to", paramLabel = "POINT", description = "Up to this point (default: the end).")
    private Moment to;

    @Option(names = {"-q", "--queue"}, paramLabel = "NAME", description = "Only what names this queue or has changed it.")
    private String queue;

    @Option(names = {"-m", "--message"}, paramLabel = "ID", description = "Only what has changed this message.")
    private Long message;

    @Option(names = "--max", paramLabel = "N", description = "Up to so many records.")
    private Long max;

    private final JsonText text = new JsonText();
    private final RecordJson record = new RecordJson(text);
    private Range range;
    private long left;
    private boolean isWhole = true;

    JournalDumpCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (max != null) {
            checkCount("--max", max);
        }
        left = max == null ? Long.MAX_VALUE : max;
        range = new Range(from, to);
        try (Progress progress = progress()) {
            final History history = history(progress, "reading");
            if (queue == null && message == null) {
                dumpAll(history);
            } else {
                dumpFiltered(history);
            }
        } finally {
            flush();
        }
        return isWhole ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void dumpAll(final History history) {
        history.read(firstToRead(history.files()), (sequence, timeMs, buffer, offset, length) -> {
            if (range.isBefore(sequence, timeMs)) {
                return true;
            }
            return !range.isAfter(sequence, timeMs) && print(sequence, buffer, offset);
        }, this::missing);
    }

    private long firstToRead(final JournalFiles files) {
        if (from == null) {
            return JournalFiles.FIRST_SEQUENCE;
        }
        return from.isTime() ? files.sequenceBefore(from.timeMs()) : from.sequence();
    }

    private void dumpFiltered(final History history) {
        final Base base = message != null ? history.oldest() : history.newest(range::isAllAfter);
        final StateMachine engine = history.engineAt(base);
        final RecordFilter filter = new RecordFilter(engine, queue, message);
        final RecordVisitor visitor = (sequence, timeMs, buffer, offset, length) -> {
            if (range.isAfter(sequence, timeMs)) {
                return false;
            }
            return !filter.apply(buffer, offset, length) || range.isBefore(sequence, timeMs) || print(sequence, buffer, offset);
        };
        final Optional<JournalFault> fault = history.walk(base.sequence(), engine.inspector().nowMs(), visitor);
        flush();
        failOn(fault, "what is known of it");
    }

    private void missing(final JournalFault fault) {
        flush();
        note(fault.toString());
        isWhole = false;
    }

    private boolean print(final long sequence, final DirectBuffer buffer, final int offset) {
        record.line(sequence, buffer, offset);
        if (text.out().length() >= PRINT_AT) {
            flush();
        }
        return --left > 0;
    }

    private void flush() {
        out().append(text.out());
        text.out().setLength(0);
        checkOutput();
    }
}
