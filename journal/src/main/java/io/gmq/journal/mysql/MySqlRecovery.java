package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecordTime;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.RecoveryReport;
import io.gmq.journal.snapshot.NewestSnapshot;
import io.gmq.journal.snapshot.Past;
import io.gmq.journal.snapshot.SegmentFacts;
import io.gmq.journal.snapshot.SnapshotFacts;
import io.gmq.journal.snapshot.SnapshotFault;
import io.gmq.journal.snapshot.SnapshotInfo;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** Reads what a journal in MySQL holds: the newest whole snapshot and the records after it. Used once, by the thread that opens it. */
final class MySqlRecovery {
    static final Path FOLDER = Path.of("gmq_snapshot");
    private static final long PROGRESS_RECORDS = 20_000;
    private static final long PROGRESS_BYTES = 4 << 20;
    private static final long SUMMED_AT_ONCE = 20_000;

    private final MySqlSettings settings;
    private final Holder holder;
    private final RecoveryHandler handler;
    private final RecoveryProgress progress;
    private final Snapshots snapshots;
    private long last;
    private long covered;
    private long records;
    private long recordBytes;
    private long lastMs;

    private MySqlRecovery(
        final MySqlSettings settings, final Holder holder, final RecoveryHandler handler, final RecoveryProgress progress, final Snapshots snapshots) {
        this.settings = settings;
        this.holder = holder;
        this.handler = handler;
        this.progress = progress;
        this.snapshots = snapshots;
    }

    static MySqlJournal.Recovered run(
        final MySqlSettings settings, final Outage outage, final RecoveryHandler handler, final RecoveryProgress progress) {
        try (Opening opening = new Opening(settings)) {
            final Lease lease = opening.lease();
            final Link writer = new Link(settings.database(), outage, lease, Sessions.WRITER);
            final Holder holder = new Holder(new Link(settings.database(), outage, lease, Sessions.KEEPER), lease);
            final TableFiles files = new TableFiles(holder);
            files.clear();
            final Snapshots snapshots = new Snapshots(files, FOLDER);
            return new MySqlRecovery(settings, holder, handler, progress, snapshots).read(opening.connection(), writer, lease);
        } catch (final SQLException e) {
            throw failed(settings, Reason.of(e), e);
        } catch (final IOException e) {
            throw failed(settings, e.getMessage(), e);
        }
    }

    private static JournalException failed(final MySqlSettings settings, final String reason, final Exception cause) {
        return new JournalException("cannot read the journal in the database " + settings.database() + ": " + reason + "; start again when it answers", cause);
    }

    private MySqlJournal.Recovered read(final Connection connection, final Link writer, final Lease lease) throws SQLException, IOException {
        last = Sql.number(connection, "SELECT last_sequence FROM gmq_journal_mark WHERE id = 1");
        snapshots.prepare();
        final NewestSnapshot newest = snapshots.newest(bytes -> { });
        if (newest.info().isPresent()) {
            read(newest.info().get());
        }
        readRecords(connection);
        for (final SnapshotFault fault : newest.damaged()) {
            snapshots.setAside(fault.file());
        }
        final RecoveryReport report = new RecoveryReport(covered, newest.damaged().stream().map(SnapshotFault::toString).toList(), 0, records,
            recordBytes, last, Optional.empty(), List.of());
        return new MySqlJournal.Recovered(report, new Past(segments(connection), snapshotFacts(), records, lastMs), snapshots,
            new RecordWriter(writer, lease, last), holder);
    }

    private void readRecords(final Connection connection) throws SQLException, IOException {
        final long done;
        try (RecordRows rows = new RecordRows(connection, covered, last)) {
            while (rows.next(this::onRecord)) {
                onProgress(rows.done());
            }
            done = rows.done();
        }
        if (done != last) {
            throw new JournalException("table gmq_journal ends with record " + done + ", or the one after it is missing; there should be "
                + "records up to " + last + ": restore the database from a copy; nothing was changed");
        }
    }

    private void read(final SnapshotInfo info) {
        final long[] due = {0};
        snapshots.read(info, handler::onEntry, bytes -> {
            if (bytes >= due[0]) {
                due[0] = bytes + PROGRESS_BYTES;
                progress.onProgress(0, bytes, info.bytes());
            }
        });
        handler.onSnapshot(info.sequence(), info.digest());
        covered = info.sequence();
        lastMs = info.coveredMs();
    }

    private void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        records++;
        recordBytes += length;
        lastMs = RecordTime.of(buffer, offset, length, lastMs);
        handler.onRecord(sequence, buffer, offset, length);
    }

    private void onProgress(final long sequence) throws IOException {
        holder.renewIfDue(); // the lease must not end while there is much to read
        if (sequence % PROGRESS_RECORDS == 0) {
            progress.onProgress(records, sequence - covered, last - covered);
        }
    }

    private List<SnapshotFacts> snapshotFacts() throws IOException {
        final List<SnapshotFacts> known = new ArrayList<>();
        for (final Path file : snapshots.list()) {
            snapshots.glance(file).info().map(SnapshotFacts::of).ifPresent(known::add);
        }
        return known;
    }

    /** Of the records from one on that the snapshot covers. */
    private long bytes(final Connection connection, final long first) throws SQLException, IOException {
        long bytes = 0;
        for (long from = first; from <= covered; from += SUMMED_AT_ONCE) {
            holder.renewIfDue();
            bytes += Sql.number(connection, "SELECT COALESCE(SUM(LENGTH(record) + " + RecordChunk.ROW_BYTES
                + "), 0) FROM gmq_journal WHERE sequence BETWEEN ? AND ?", from, Math.min(covered, from + SUMMED_AT_ONCE - 1));
        }
        return bytes;
    }

    /** What a process before has left: as much as the snapshot covers, and what comes after it. */
    private List<SegmentFacts> segments(final Connection connection) throws SQLException, IOException {
        final List<SegmentFacts> segments = new ArrayList<>();
        final long first = Sql.number(connection, "SELECT COALESCE(MIN(sequence), 0) FROM gmq_journal");
        if (first > 0 && first <= covered) {
            segments.add(new SegmentFacts(first, covered, bytes(connection, first), lastMs));
        }
        if (last > covered) {
            segments.add(new SegmentFacts(covered + 1, last, recordBytes + records * RecordChunk.ROW_BYTES, lastMs));
        }
        return segments;
    }
}
