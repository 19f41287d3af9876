package io.gmq.broker.history;

import io.gmq.broker.Replayer;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.ring.EffectWriter;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.Keep;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.ChronicleJournal;
import io.gmq.journal.chronicle.JournalFiles;
import io.gmq.journal.disk.LocalDisk;
import io.gmq.journal.snapshot.SnapshotWriter;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes a journal as a broker does, one segment for each start, with a clock that is moved by hand. */
public final class PastKit implements AutoCloseable {
    /** When the first record is made, in 2020; each command is one millisecond later. */
    public static final long START_MS = 1_600_000_000_000L;

    private static final int RECORD_BYTES_MAX = 128 << 10;
    private static final int SLICE = 64;

    private final Path data;
    private final Commands commands = new Commands();
    private final EffectWriter effects = new EffectWriter(new ExpandableArrayBuffer());
    private StateMachine engine;
    private ChronicleJournal journal;
    private long nowMs = START_MS;
    private long sequence;

    public PastKit(final Path data) {
        this.data = data;
        start();
    }

    /** Opens the journal again, as a process that comes after another. */
    public PastKit restart() {
        close();
        start();
        return this;
    }

    private void start() {
        engine = new Engine();
        // Nothing may go that a test wants to look at, whatever snapshot it has stored.
        final JournalSettings settings = new JournalSettings(data, JournalSettings.SEGMENT_BYTES_MIN, RECORD_BYTES_MAX)
            .with(Keep.ALL, JournalSettings.DIGEST_EVERY_DEFAULT);
        journal = ChronicleJournal.open(settings, new Replayer(engine), RecoveryProgress.NONE);
        sequence = journal.recovery().lastSequence();
        start(EngineKit.LIMITS);
    }

    public PastKit start(final Limits limits) {
        return apply(by(CommandHeader.HOST).start(limits));
    }

    /** Builds the next command, of a connection, at the next millisecond. */
    public Commands by(final long connection) {
        nowMs++;
        return commands.by(connection).at(nowMs);
    }

    public PastKit advance(final long ms) {
        nowMs += ms;
        return this;
    }

    public long nowMs() {
        return nowMs;
    }

    /** The sequence of the last record. */
    public long sequence() {
        return sequence;
    }

    public long digest() {
        return engine.digest();
    }

    /** The state as it is. */
    public StateMachine engine() {
        return engine;
    }

    /** Applies a command, and records it if it has changed anything. */
    public PastKit apply(final byte[] command) {
        final UnsafeBuffer buffer = new UnsafeBuffer(command);
        effects.begin(0);
        if (engine.apply(-1, buffer, 0, command.length, effects)) {
            journal.append(buffer, 0, command.length);
            journal.commit();
            sequence++;
        }
        engine.reclaim(-1);
        return this;
    }

    /** Time passes, and what is due happens. */
    public PastKit tick(final long ms) {
        return advance(ms).apply(by(CommandHeader.HOST).plain(CommandType.TICK));
    }

    /** A recovery point: its place, and the digest. */
    public PastKit checkpoint() {
        apply(by(CommandHeader.HOST).plain(CommandType.CHECKPOINT));
        return apply(by(CommandHeader.HOST).digest(engine.digest()));
    }

    /** A snapshot of the state as it is. */
    public PastKit snapshot() throws IOException {
        apply(by(CommandHeader.HOST).plain(CommandType.CHECKPOINT));
        final Snapshots snapshots = new Snapshots(LocalDisk.INSTANCE, data.resolve("snapshots"));
        snapshots.prepare();
        final SnapshotWriter writer = snapshots.begin(nowMs, upTo -> journal.sync(), Waker.NONE);
        engine.beginCheckpoint(writer);
        while (!engine.continueCheckpoint(SLICE)) {
            Thread.onSpinWait();
        }
        writer.complete(engine.checkpointDigest());
        writer.cover(sequence, nowMs);
        engine.endCheckpoint();
        while (!writer.isOver()) {
            writer.work();
        }
        return apply(by(CommandHeader.HOST).digest(engine.digest()));
    }

    public JournalFiles files() {
        return JournalFiles.of(data);
    }

    public History history() {
        return new History(files(), RecoveryProgress.NONE);
    }

    /** Leaves the folder as it is; may be called again. */
    @Override
    public void close() {
        if (journal != null) {
            journal.close();
            journal = null;
        }
    }

    /** The queue files of all segments, oldest first. */
    public static List<Path> files(final Path data) throws IOException {
        try (Stream<Path> walk = Files.walk(data.resolve("journal"))) {
            return walk.filter(path -> path.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    /** Changes one bit where a text is; says where. */
    public static long spoil(final Path file, final String text) throws IOException {
        final String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        final int at = bytes.indexOf(text);
        if (at < 0) {
            throw new AssertionError("no '" + text + "' in " + file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes.charAt(at) ^ 1)}), at);
        }
        return at;
    }

    /** Removes a segment or another folder with all that is in it. */
    public static void delete(final Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (final Path path : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
