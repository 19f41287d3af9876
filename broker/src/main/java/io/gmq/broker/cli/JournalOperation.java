package io.gmq.broker.cli;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.broker.config.Storage;
import io.gmq.broker.history.History;
import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.JournalFault;
import io.gmq.journal.chronicle.JournalFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the commands that read a journal have in common. */
abstract class JournalOperation extends Operation {
    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "The broker's configuration file, which names its data folder and its databases.")
    private Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder, or a copy of one (default: that of the configuration, else ./data).")
    private Path data;

    JournalOperation(final Shell shell) {
        super(shell);
    }

    /** The folder to read; says so if a broker is at work in it. */
    final JournalFiles files() {
        if (!hasFolder()) {
            throw new CommandException("the broker that is configured has no data folder, its storage is '"
                + config().get(Keys.QUEUE_TYPE).name().toLowerCase(Locale.ROOT) + "': name a folder with --data", null);
        }
        final JournalFiles files = JournalFiles.of(data == null ? config().get(Keys.FILESYSTEM_PATH) : data);
        if (files.isInUse()) {
            note("a broker is at work in " + files.data() + ": what it does from now on may be missing here");
        }
        return files;
    }

    /** Whether there is a folder to read: one is named, or the broker that is configured has one. */
    final boolean hasFolder() {
        return data != null || config().get(Keys.QUEUE_TYPE) == Storage.FILESYSTEM;
    }

    /** As a broker that is started here would have it. */
    final Config config() {
        return ConfigOptions.load(file, shell.environment());
    }

    /** A history whose reading is shown on a line of progress. */
    final History history(final Progress progress, final String doing) {
        return new History(files(), shown(progress, doing));
    }

    static RecoveryProgress shown(final Progress progress, final String doing) {
        return (records, bytes, bytesTotal) -> progress.update(() -> {
            final double share = Math.min(1, (double) bytes / Math.max(1, bytesTotal));
            final double leftS = share == 0 ? 0 : progress.seconds() * (1 - share) / share;
            return String.format(Locale.ROOT, "%s: %,d records, %.0f %%, about %s left", doing, records, share * 100,
                Durations.about((long) Math.ceil(leftS) * 1000));
        });
    }

    /** Ends the command if records are missing behind what it has told. */
    static void failOn(final Optional<JournalFault> fault, final String what) {
        fault.ifPresent(its -> {
            throw new JournalException(what + " ends with sequence " + (its.sequence() - 1) + ", since " + its
                + "; 'gmq journal verify' tells more");
        });
    }
}
