package io.gmq.broker;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.ring.Journal;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.JournalTail;
import io.gmq.journal.MemoryJournal;
import io.gmq.journal.RecoveryReport;
import io.gmq.journal.chronicle.ChronicleJournal;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.DatabaseAddress;
import io.gmq.journal.mysql.MySqlJournal;
import io.gmq.journal.mysql.MySqlSettings;
import io.gmq.journal.snapshot.Follower;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the journal that the configuration asks for, with the engine brought to where it ends: each record is applied as it is
 * read, its effects discarded. The only place that looks at the kind of storage.
 */
final class JournalFactory {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFactory.class);
    private static final long PROGRESS_MS = 1000;
    private static final int HOST_LENGTH_MAX = 200;
    /** What a command has beyond the bytes of its frame. */
    private static final int COMMAND_OVERHEAD = 4096;

    private JournalFactory() {
    }

    /** A journal, and a way for somebody to follow it. */
    record Opened(Journal journal, Supplier<JournalTail> tail) {
    }

    static Opened open(
        final Config config, final Disk disk, final StateMachine engine, final EpochClock clock, final BrokerThreads threads,
        final Supplier<Follower> follower) {
        return switch (config.get(Keys.QUEUE_TYPE)) {
            case MEMORY -> new Opened(new MemoryJournal(), () -> {
                throw new IllegalStateException("storage memory has nothing to follow");
            });
            case FILESYSTEM -> openChronicle(config, disk, engine, clock, threads, follower);
            case DATABASE -> openMySql(config, engine, clock, threads, follower);
        };
    }

    private static Opened openMySql(
        final Config config, final StateMachine engine, final EpochClock clock, final BrokerThreads threads, final Supplier<Follower> follower) {
        final Database database = new Database(DatabaseAddress.parse(config.get(Keys.DATABASE_DSN)),
            Math.toIntExact(config.get(Keys.DATABASE_TIMEOUT_MS)));
        final MySqlSettings settings = new MySqlSettings(database, owner(), config.get(Keys.DATABASE_START_WAIT_MS),
            config.get(Keys.DATABASE_LEASE_MS), config.get(Keys.JOURNAL_SEGMENT_BYTES), recordBytesMax(config), config.get(Keys.JOURNAL_KEEP),
            config.get(Keys.JOURNAL_DIGEST_EVERY));
        final long startMs = clock.time();
        final MySqlJournal journal = MySqlJournal.open(settings, new Replayer(engine), new ProgressLine(startMs, clock)::onProgress,
            follower, threads.keeper(), threads::wakeForJournal);
        report(journal.recovery(), engine, clock.time() - startMs);
        return new Opened(journal, journal::tail);
    }

    /** Who this process is, for those who find the database taken. */
    private static String owner() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException e) {
            host = "a machine without a name";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host.substring(0, Math.min(host.length(), HOST_LENGTH_MAX));
    }

    private static int recordBytesMax(final Config config) {
        return 2 * config.get(Keys.NETWORK_MAX_FRAME_LENGTH) + COMMAND_OVERHEAD;
    }

    private static Opened openChronicle(
        final Config config, final Disk disk, final StateMachine engine, final EpochClock clock, final BrokerThreads threads,
        final Supplier<Follower> follower) {
        DataPermissions.warnIfOpen(config.get(Keys.FILESYSTEM_PATH));
        final long inFlightBytes = (long) threads.selectors() * config.get(Keys.RING_INGRESS_BYTES);
        final JournalSettings settings = new JournalSettings(config.get(Keys.FILESYSTEM_PATH), config.get(Keys.JOURNAL_SEGMENT_BYTES),
            recordBytesMax(config), inFlightBytes, config.get(Keys.JOURNAL_KEEP), config.get(Keys.JOURNAL_DIGEST_EVERY), disk);
        final long startMs = clock.time();
        final ProgressLine progress = new ProgressLine(startMs, clock);
        final ChronicleJournal journal = ChronicleJournal.open(settings, new Replayer(engine), progress::onProgress,
            follower, threads.keeper(), threads::wakeForJournal);
        report(journal.recovery(), engine, clock.time() - startMs);
        return new Opened(journal, journal::tail);
    }

    private static void report(final RecoveryReport report, final StateMachine engine, final long tookMs) {
        report.tornTail().ifPresent(tail -> LOG.warn("dropped the torn end of the journal, which nobody had been told of: {}", tail));
        report.setAside().forEach(segment -> LOG.warn("set aside a segment behind it, of which nobody had been told either: {}", segment));
        report.damaged().forEach(fault -> LOG.warn("passed over a snapshot that is damaged, and set it aside: {}", fault));
        LOG.info("recovered {}{}{} records, {} messages in {} s",
            report.snapshot() == 0 ? "" : "the snapshot of sequence " + report.snapshot() + ", ",
            report.segments() == 0 ? "" : report.segments() + " segments, ", report.records(), engine.messages(),
            String.format(Locale.ROOT, "%.2f", tookMs / 1000.0));
    }

    /** Prints how far recovery has come, once a second. */
    private static final class ProgressLine {
        private final EpochClock clock;
        private final long startMs;
        private long nextMs;

        private ProgressLine(final long startMs, final EpochClock clock) {
            this.clock = clock;
            this.startMs = startMs;
            nextMs = startMs + PROGRESS_MS;
        }

        private void onProgress(final long records, final long bytes, final long bytesTotal) {
            final long nowMs = clock.time();
            if (nowMs < nextMs || bytes == 0) {
                return;
            }
            nextMs = nowMs + PROGRESS_MS;
            final long leftMs = (nowMs - startMs) * (bytesTotal - bytes) / bytes;
            LOG.info("recovering: {} records, {} % read, about {} s left", records, bytes * 100 / Math.max(1, bytesTotal), leftMs / 1000 + 1);
        }
    }
}
