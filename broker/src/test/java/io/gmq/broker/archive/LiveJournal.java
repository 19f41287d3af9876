package io.gmq.broker.archive;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.EffectWriter;
import io.gmq.engine.sim.RandomCommands;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.JournalTail;
import io.gmq.journal.Keep;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.ChronicleJournal;
import io.gmq.journal.chronicle.ChronicleTail;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A broker's engine and journal without the rest of it, and an {@link Oracle} that hears what becomes of its messages. */
final class LiveJournal implements AutoCloseable {
    private static final long START_MS = 1_700_000_000_000L;
    private static final int RECORD_BYTES_MAX = 256 << 10;
    private static final int BATCH = 5;

    private final Path data;
    private final Oracle oracle = new Oracle();
    private final Engine engine = new Engine(oracle);
    private final EffectWriter effects = new EffectWriter(new ExpandableArrayBuffer());
    private final Commands commands = new Commands();
    private final ChronicleJournal journal;
    private long nowMs = START_MS;
    private long appended;
    private long synced;
    private long applied;

    LiveJournal(final Path data, final Keep keep) {
        this.data = data;
        oracle.payloads(engine.payloads());
        final JournalSettings settings = new JournalSettings(data, JournalSettings.SEGMENT_BYTES_MIN, RECORD_BYTES_MAX).with(keep, 500);
        journal = ChronicleJournal.open(settings, (sequence, buffer, offset, length) -> { }, RecoveryProgress.NONE);
    }

    Oracle oracle() {
        return oracle;
    }

    long synced() {
        return synced;
    }

    long nowMs() {
        return nowMs;
    }

    JournalTail tail() {
        return new ChronicleTail(LocalDisk.INSTANCE, data, () -> synced);
    }

    /** Builds the next command, a millisecond later. */
    Commands by(final long connection) {
        return commands.by(connection).at(++nowMs);
    }

    void start() {
        apply(by(CommandHeader.HOST).start(EngineKit.LIMITS));
    }

    /** Gives the engine commands that follow from a generator, and syncs. */
    void run(final RandomCommands random, final int count) {
        for (int i = 0; i < count; i++) {
            apply(random.next(engine.inspector().nextMessage() - 1));
            nowMs = Math.max(nowMs, engine.inspector().nowMs());
            checkpoint();
        }
        sync();
    }

    void apply(final byte[] command) {
        effects.begin(0);
        if (engine.apply(++applied, new UnsafeBuffer(command), 0, command.length, effects)) {
            append(command);
        }
        engine.reclaim(applied);
    }

    private void append(final byte[] command) {
        keep();
        journal.append(new UnsafeBuffer(command), 0, command.length);
        if (++appended % BATCH == 0) {
            journal.commit();
        }
    }

    /** Lets what is purged, deleted or closing be cleared away. */
    void settle() {
        while (engine.nextDeadlineMs() == 0) {
            apply(by(CommandHeader.HOST).plain(CommandType.TICK));
        }
        sync();
    }

    void sync() {
        try {
            journal.commit();
            journal.sync();
            synced = appended;
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private void keep() {
        try {
            int work = 1;
            while (work > 0) {
                work = journal.keeper().doWork();
            }
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private void checkpoint() {
        journal.onHeld(engine.messages(), engine.heldBytes());
        keep();
        if (journal.isCheckpointDue()) {
            checkpointNow();
        }
    }

    private void checkpointNow() {
        final byte[] mark = by(CommandHeader.HOST).plain(CommandType.CHECKPOINT);
        engine.apply(++applied, new UnsafeBuffer(mark), 0, mark.length, effects);
        final Checkpoint checkpoint = journal.beginCheckpoint();
        engine.beginCheckpoint(checkpoint);
        append(mark);
        journal.markCheckpoint();
        while (!engine.continueCheckpoint(64)) {
            keep();
        }
        checkpoint.complete(engine.checkpointDigest());
        engine.endCheckpoint();
        sync();
        keep();
    }

    @Override
    public void close() {
        journal.close();
    }
}
