package io.gmq.broker.cli;

import io.gmq.broker.archive.ArchivePosition;
import io.gmq.broker.archive.ArchiveStatus;
import io.gmq.broker.cli.ArchivedJournal.Lag;
import io.gmq.journal.mysql.Database;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how far an archive is. */
@Command(
    name = "status",
    description = "See how far the archive is, how far behind the journal, and what it takes.",
    footer = {
        "",
        "Examples:",
        "  ./gmq archive status -f gmq.json",
        "  GMQ_ARCHIVE_DSN='gmq:secret@(127.0.0.1:3306)/gmq' ./gmq archive status",
        "",
        "The lag is that behind the journal: the data folder, or with storage database",
        "its tables. Rows and bytes are the database's own estimates.",
        "",
        "With --json, one object: archive (true or false), sequence, time_ms,",
        "written_ms, in_use, lag (records), lag_ms; tables: objects of name, rows,",
        "bytes; gaps: objects of first, last (sequences), until_ms."
    })
final class ArchiveStatusCommand extends ArchiveOperation {
    private static final int NAME_WIDTH = 12;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ArchiveStatusCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final Database database = database();
        final ArchiveStatus status;
        try {
            status = ArchiveStatus.of(database);
        } catch (final SQLException e) {
            throw failed(database, e);
        }
        if (status.position().isEmpty()) {
            if (json) {
                out().println(new JsonLine().with("archive", false));
            } else {
                out().println("there is no archive in " + database + " yet; a broker with this archive.dsn makes it");
            }
            return ExitCodes.OK;
        }
        final ArchivePosition position = status.position().get();
        final Lag lag = lag(position.sequence());
        if (json) {
            out().println(jsonOf(status, position, lag));
        } else {
            print(database, status, position, lag);
        }
        return ExitCodes.OK;
    }

    private Lag lag(final long archived) {
        try (Progress progress = progress()) {
            return journal().behind(archived, progress);
        }
    }

    private void print(final Database database, final ArchiveStatus status, final ArchivePosition position, final Lag lag) {
        line("archive", database.toString());
        line("position", "sequence " + position.sequence() + (position.timeMs() == 0 ? "" : ", " + Times.iso(position.timeMs())));
        line("written", status.writtenMs() == 0 ? "never" : Times.iso(status.writtenMs()));
        line("follower", status.isInUse() ? "at work" : "none");
        line("lag", text(lag, position.sequence()));
        status.gaps().forEach(gap -> line("gap", "sequences " + gap.first() + " to " + gap.last() + ", until " + Times.iso(gap.untilMs())));
        out().println();
        final Table table = new Table(0, "table", "rows", "bytes");
        status.tables().forEach(its -> table.row(its.name(), Long.toString(its.rows()), Long.toString(its.bytes())));
        print(table);
    }

    private void line(final String name, final String value) {
        out().println(name + " ".repeat(NAME_WIDTH - name.length()) + value);
    }

    private static JsonLine jsonOf(final ArchiveStatus status, final ArchivePosition position, final Lag lag) {
        final List<JsonLine> tables = status.tables().stream()
            .map(its -> new JsonLine().with("name", its.name()).with("rows", its.rows()).with("bytes", its.bytes())).toList();
        final List<JsonLine> gaps = status.gaps().stream()
            .map(its -> new JsonLine().with("first", its.first()).with("last", its.last()).with("until_ms", its.untilMs())).toList();
        return new JsonLine().with("archive", true).with("sequence", position.sequence()).with("time_ms", position.timeMs())
            .with("written_ms", status.writtenMs()).with("in_use", status.isInUse()).with("lag", lag.records()).with("lag_ms", ms(lag))
            .with("tables", tables).with("gaps", gaps);
    }

    private static long ms(final Lag lag) {
        return lag.firstMs() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - lag.firstMs());
    }

    private static String text(final Lag lag, final long archived) {
        if (lag.records() < 0) {
            return "none; this journal ends with sequence " + (archived + lag.records()) + ", is it another one?";
        }
        return lag.records() == 0 ? "none"
            : lag.records() + " records, the oldest of " + Times.iso(lag.firstMs()) + ", " + Durations.about(ms(lag)) + " ago";
    }
}
