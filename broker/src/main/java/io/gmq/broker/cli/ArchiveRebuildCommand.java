package io.gmq.broker.cli;

import io.gmq.broker.archive.ArchiveRebuild;
import io.gmq.journal.JournalTail;
import io.gmq.journal.mysql.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Builds an archive again. */
@Command(
    name = "rebuild",
    description = "Drop the archive's tables, and build them again from all that the journal has.",
    footer = {
        "",
        "Examples:",
        "  ./gmq archive rebuild -f gmq.json",
        "  ./gmq archive rebuild -f gmq.json --data /backup/gmq --yes",
        "",
        "What the journal does not have any more is lost to the archive: see",
        "journal.keep. It is refused while a broker follows; stop that one first.",
        "Should it fail on its way, run it again.",
        "",
        "With --json, one object: first and last (sequences that went into it)."
    })
final class ArchiveRebuildCommand extends ArchiveOperation {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private Confirmation confirmation;

    ArchiveRebuildCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws IOException {
        final Database database = database();
        final ArchivedJournal journal = journal();
        if (!confirmation.given(shell, "Drop the archive in " + database + " and build it again from " + journal + "?")) {
            note("nothing was changed");
            return ExitCodes.FAILED;
        }
        final ArchiveRebuild.Result result;
        try (Progress progress = progress(); JournalTail tail = journal.tail(progress)) {
            final double from = progress.seconds();
            final long first = journal.firstSequence();
            result = new ArchiveRebuild(database, tail,
                sequence -> progress.update(() -> shown(sequence, first, tail.synced(), progress.seconds() - from))).run();
        } catch (final SQLException e) {
            throw failed(database, e);
        }
        out().println(json ? new JsonLine().with("first", result.first()).with("last", result.last()).toString()
            : "archived the records from sequence " + result.first() + " to " + result.last() + " in " + database);
        return ExitCodes.OK;
    }

    private static String shown(final long sequence, final long first, final long last, final double seconds) {
        final long done = Math.max(0, sequence - first + 1);
        final long left = last - sequence;
        return String.format(Locale.ROOT, "archiving: %,d of %,d records, about %s left", done, done + left,
            done == 0 ? "some time" : Durations.about((long) Math.ceil(seconds * left / done) * 1000));
    }
}
