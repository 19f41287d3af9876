package io.gmq.broker.cli;

import io.gmq.journal.chronicle.JournalFiles;
import io.gmq.journal.chronicle.JournalRepair;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies what is whole. */
@Command(
    name = "repair",
    description = "Copy what is whole of a damaged journal into a new folder that a broker can start with.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal repair --to mended",
        "  ./gmq journal verify --data mended",
        "  ./gmq server --data mended",
        "",
        "The original is never changed. Copied is what leads furthest: the beginning or",
        "a whole snapshot, and the unbroken row of records after it. What is left out",
        "is named with file, offset, bytes and sequences; './gmq journal dump' shows",
        "what of it can still be read.",
        "",
        "With --json, one object: to, base (sequence of the snapshot from which it",
        "leads on, 0 for the beginning), last (sequence), segments, snapshots, bytes,",
        "and left_out: objects of file, offset, bytes, first, last (sequences), why."
    })
final class JournalRepairCommand extends JournalOperation {
    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The new folder; it must not exist, or be empty.")
    private Path to;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    JournalRepairCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final JournalFiles files = files();
        final JournalRepair.Result result;
        try (Progress progress = progress()) {
            result = files.repair(to, (bytes, total) -> progress.update(() -> String.format(Locale.ROOT, "copying: %,d of %,d bytes", bytes, total)));
        }
        if (json) {
            out().println(jsonOf(result));
            return ExitCodes.OK;
        }
        for (final JournalRepair.LeftOut left : result.leftOut()) {
            out().println("left out: " + shown(textOf(left)));
        }
        out().println("copied " + (result.base() == 0 ? "all records" : "the snapshot of sequence " + result.base() + " and the records after it")
            + " up to sequence " + result.last() + " to " + shown(to.toString()) + ": " + count(result.segments(), "segment") + ", "
            + count(result.snapshots(), "snapshot") + ", " + result.bytes() + " bytes");
        if (shell.errorsIsTerminal()) {
            note("now check it with './gmq journal verify --data " + to + "'");
        }
        return ExitCodes.OK;
    }

    private static String count(final int number, final String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String textOf(final JournalRepair.LeftOut left) {
        final String sequences = left.first() == 0 ? "" : left.first() == left.last() ? ", sequence " + left.first()
            : ", sequences " + left.first() + " to " + left.last();
        return left.file() + " at offset " + left.offset() + ", " + left.bytes() + " bytes" + sequences + ": " + left.why();
    }

    private JsonLine jsonOf(final JournalRepair.Result result) {
        final List<JsonLine> leftOut = result.leftOut().stream().map(left -> {
            final JsonLine line = new JsonLine().with("file", left.file().toString()).with("offset", left.offset()).with("bytes", left.bytes());
            if (left.first() > 0) {
                line.with("first", left.first()).with("last", left.last());
            }
            return line.with("why", left.why());
        }).toList();
        return new JsonLine().with("to", to.toString()).with("base", result.base()).with("last", result.last())
            .with("segments", result.segments()).with("snapshots", result.snapshots()).with("bytes", result.bytes()).with("left_out", leftOut);
    }
}
