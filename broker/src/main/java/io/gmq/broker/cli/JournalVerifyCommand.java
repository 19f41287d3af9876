package io.gmq.broker.cli;

import io.gmq.broker.history.Verification;
import io.gmq.journal.chronicle.JournalFiles;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a journal. */
@Command(
    name = "verify",
    description = "Check a journal: every checksum, that nothing is missing, and that replaying it gives what the broker had.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal verify",
        "  ./gmq journal verify --data /backup/gmq && echo the backup is good",
        "",
        "The exit code is 0 only if all is right. What is not is named with file and",
        "offset, a line each, on standard error.",
        "",
        "The digest is a hash over the whole state. The broker records it every so many",
        "records; here all is replayed and compared. The same journal gives the same",
        "digest on every machine.",
        "",
        "With --json, one object: right, records, record_bytes, first, last",
        "(sequences), digests (how many recorded ones are right), snapshots (how many",
        "are whole and have the digest that they claim), snapshots_replayed (of how many",
        "the replayed state is the same), digest and messages (after the last record),",
        "torn_tail, and faults: objects of file, offset, what."
    })
final class JournalVerifyCommand extends JournalOperation {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    JournalVerifyCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final JournalFiles files = files();
        final Verification.Result result;
        final double seconds;
        try (Progress progress = progress()) {
            result = new Verification(files, shown(progress, "verifying")).run();
            seconds = progress.seconds();
        }
        if (json) {
            out().println(jsonOf(result));
        } else {
            result.findings().forEach(finding -> note(finding.what()));
            print(result, seconds);
        }
        return result.isRight() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void print(final Verification.Result result, final double seconds) {
        final String range = result.records() == 0 ? "" : ", sequence " + result.firstSequence() + " to " + result.lastSequence();
        line("records", result.records() + range + ", " + result.recordBytes() + " bytes");
        line("recorded digests", result.digestsRight() + " right");
        line("snapshots", result.snapshotsRight() + " right, " + result.snapshotsCompared() + " of them compared with the replayed state");
        if (!result.tornTail().isEmpty()) {
            line("torn end", shown(result.tornTail()) + ": nobody was told of it, it is skipped");
        }
        if (result.stateSequence() >= 0) {
            line("messages", Long.toString(result.messages()));
            line("digest", Verification.hex(result.digest()) + " after sequence " + result.stateSequence());
        }
        line("took", String.format(Locale.ROOT, "%.1f s, %,.0f records a second", seconds, result.records() / seconds));
        final int faults = result.findings().size();
        line("verdict", faults == 0 ? "all is right" : faults == 1 ? "1 fault" : faults + " faults");
    }

    private void line(final String name, final String value) {
        out().println(name + " ".repeat(20 - name.length()) + value);
    }

    private static JsonLine jsonOf(final Verification.Result result) {
        final JsonLine line = new JsonLine().with("right", result.isRight())
            .with("records", result.records())
            .with("record_bytes", result.recordBytes());
        if (result.records() > 0) {
            line.with("first", result.firstSequence()).with("last", result.lastSequence());
        }
        line.with("digests", result.digestsRight())
            .with("snapshots", result.snapshotsRight())
            .with("snapshots_replayed", result.snapshotsCompared());
        if (result.stateSequence() >= 0) {
            line.with("digest", Verification.hex(result.digest())).with("messages", result.messages());
        }
        if (!result.tornTail().isEmpty()) {
            line.with("torn_tail", result.tornTail());
        }
        final List<JsonLine> faults = result.findings().stream().map(finding -> {
            final JsonLine its = new JsonLine().with("file", finding.file().toString());
            return (finding.offset() < 0 ? its : its.with("offset", finding.offset())).with("what", finding.what());
        }).toList();
        return line.with("faults", faults);
    }
}
