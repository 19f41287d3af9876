package io.gmq.broker.cli;

import io.gmq.broker.history.Verification;
import io.gmq.journal.JournalException;
import io.gmq.journal.chronicle.JournalFiles;
import io.gmq.journal.chronicle.SegmentInfo;
import io.gmq.journal.snapshot.SnapshotCheck;
import io.gmq.journal.snapshot.SnapshotInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists segments and snapshots. */
@Command(
    name = "ls",
    description = "List the segments and snapshots of a journal, and whether each is whole.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal ls",
        "  ./gmq journal ls --data /backup/gmq --json",
        "",
        "All of it is read. Times are UTC, and are those of the first and the last",
        "record. A torn end is the rest of what was being written at a crash: nobody",
        "was told of it, and it is skipped. 'damaged' names the first of the places;",
        "'./gmq journal verify' names all.",
        "",
        "With --json, one object for each: segment or snapshot (its name), state, first",
        "and last (sequences), records, first_ms, last_ms, bytes, path; offset of a",
        "torn end; faults, the offsets of what is damaged; of a snapshot also digest,",
        "created_ms."
    })
final class JournalLsCommand extends JournalOperation {
    @Option(names = "--json", description = "Print one JSON object for each.")
    private boolean json;

    JournalLsCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final JournalFiles files = files();
        final List<SegmentInfo> segments;
        final List<SnapshotCheck> snapshots = new ArrayList<>();
        try (Progress progress = progress()) {
            segments = files.inspect(shown(progress, "reading segments"));
            for (final Path file : files.snapshots().list()) {
                snapshots.add(files.snapshots().check(file, bytes -> progress.update(() -> "reading " + file.getFileName())));
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot list the snapshots in " + files.data(), e);
        }
        if (json) {
            segments.forEach(segment -> out().println(jsonOf(segment)));
            snapshots.forEach(snapshot -> out().println(jsonOf(snapshot)));
            files.otherSnapshots().forEach(file -> out().println(new JsonLine().with("snapshot", file.getFileName().toString())
                .with("state", stateOf(file)).with("bytes", file.toFile().length()).with("path", file.toString())));
        } else {
            printTable(segments, snapshots, files.otherSnapshots());
        }
        return ExitCodes.OK;
    }

    private void printTable(final List<SegmentInfo> segments, final List<SnapshotCheck> snapshots, final List<Path> others) {
        final Table table = new Table(0, "segment", "first", "last", "records", "from", "to", "bytes", "state").textLast();
        for (final SegmentInfo segment : segments) {
            final boolean isNamed = segment.firstSequence() > 0;
            table.row(shown(segment.folder().getFileName().toString()), isNamed ? Long.toString(segment.firstSequence()) : "-",
                segment.records() > 0 ? Long.toString(segment.lastSequence()) : "-", Long.toString(segment.records()),
                Times.isoOrNone(segment.firstMs()), Times.isoOrNone(segment.lastMs()), Long.toString(segment.bytes()), stateOf(segment));
        }
        print(table);
        if (!snapshots.isEmpty() || !others.isEmpty()) {
            out().println();
            final Table other = new Table(0, "snapshot", "up to", "entries", "covers", "begun", "bytes", "digest", "state").textLast();
            snapshots.forEach(snapshot -> other.row(row(snapshot)));
            others.forEach(file -> other.row(shown(file.getFileName().toString()), "-", "-", "-", "-", Long.toString(file.toFile().length()),
                "-", stateOf(file)));
            print(other);
        }
    }

    private String[] row(final SnapshotCheck snapshot) {
        if (snapshot.info().isEmpty()) {
            return new String[] {shown(snapshot.fault().get().file().getFileName().toString()), "-", "-", "-", "-", "-", "-",
                shown("damaged at " + snapshot.fault().get().offset() + ": " + snapshot.fault().get().what())};
        }
        final SnapshotInfo info = snapshot.info().get();
        return new String[] {shown(info.file().getFileName().toString()), Long.toString(info.sequence()), Long.toString(info.entries()),
            Times.iso(info.coveredMs()), Times.iso(info.createdMs()), Long.toString(info.bytes()), Verification.hex(info.digest()), "whole"};
    }

    private static String stateOf(final SegmentInfo segment) {
        return switch (segment.state()) {
            case DAMAGED -> "damaged at " + segment.faults().get(0).offset()
                + (segment.faults().size() > 1 ? " and " + (segment.faults().size() - 1) + " more places" : "");
            case TORN -> "torn end at " + segment.tornOffset();
            default -> segment.state().words();
        };
    }

    private static String stateOf(final Path file) {
        return file.toString().endsWith(".tmp") ? "unfinished" : SegmentInfo.State.SET_ASIDE.words();
    }

    private static JsonLine jsonOf(final SegmentInfo segment) {
        final JsonLine line = new JsonLine()
            .with("segment", segment.folder().getFileName().toString())
            .with("state", segment.state().words());
        if (segment.records() > 0) {
            line.with("first", segment.firstSequence()).with("last", segment.lastSequence()).with("records", segment.records())
                .with("first_ms", segment.firstMs()).with("last_ms", segment.lastMs());
        }
        line.with("bytes", segment.bytes()).with("path", segment.folder().toString());
        if (segment.tornOffset() >= 0) {
            line.with("offset", segment.tornOffset());
        }
        return segment.faults().isEmpty() ? line : line.with("faults", segment.faults().stream().map(fault -> fault.offset()).toList());
    }

    private static JsonLine jsonOf(final SnapshotCheck snapshot) {
        if (snapshot.info().isEmpty()) {
            final Path file = snapshot.fault().get().file();
            return new JsonLine().with("snapshot", file.getFileName().toString()).with("state", "damaged")
                .with("faults", List.of(snapshot.fault().get().offset())).with("path", file.toString());
        }
        final SnapshotInfo info = snapshot.info().get();
        return new JsonLine().with("snapshot", info.file().getFileName().toString()).with("state", "whole").with("last", info.sequence())
            .with("entries", info.entries()).with("last_ms", info.coveredMs()).with("created_ms", info.createdMs())
            .with("bytes", info.bytes()).with("digest", Verification.hex(info.digest())).with("path", info.file().toString());
    }
}
