package io.gmq.bench.jmh;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.SnapshotSink;
import io.gmq.engine.core.Engine;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.EffectWriter;
import io.gmq.engine.ring.Journal;
import io.gmq.engine.ring.ParkingIdleStrategy;
import io.gmq.engine.ring.Waker;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.MemoryJournal;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.chronicle.ChronicleJournal;
import io.gmq.journal.snapshot.Follower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal without a broker: records come from the thread that measures, the keeper has its own, as it has in a broker. The state of
 * which snapshots are taken is empty, so all but the newest segments go again and the disk does not fill. Belongs to one thread.
 */
final class JournalHost implements AutoCloseable {
    private final Engine engine = new Engine();
    private final EffectWriter effects = new EffectWriter(new ExpandableArrayBuffer());
    private final UnsafeBuffer checkpoint = new UnsafeBuffer(new byte[CommandHeader.LENGTH]);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Journal journal;
    private final AgentRunner keeper;
    private final boolean hasCheckpoints;
    private long sequence;

    private JournalHost(final Journal journal, final ParkingIdleStrategy keeperIdle, final boolean hasCheckpoints) {
        this.journal = journal;
        this.hasCheckpoints = hasCheckpoints;
        apply(CommandSet.start(1, 1, Limits.MAX_QUEUE_CAPACITY_MAX));
        keeper = new AgentRunner(keeperIdle, failed -> failure.compareAndSet(null, failed), null, journal.keeper());
        AgentRunner.startOnThread(keeper);
    }

    /** In a folder that holds no journal, with the sizes that a broker has by default. */
    static JournalHost chronicle(final Path folder) {
        return chronicle(folder, true);
    }

    /** The same, but all records stay, and nothing comes between them. */
    static JournalHost chronicleThatKeeps(final Path folder) {
        return chronicle(folder, false);
    }

    private static JournalHost chronicle(final Path folder, final boolean hasCheckpoints) {
        final ParkingIdleStrategy idle = new ParkingIdleStrategy();
        return new JournalHost(ChronicleJournal.open(JournalSettings.of(folder), (sequence, buffer, offset, length) -> {
            throw new IllegalStateException("the folder holds records");
        }, RecoveryProgress.NONE, () -> Follower.NONE, idle, Waker.NONE), idle, hasCheckpoints);
    }

    static JournalHost memory() {
        return new JournalHost(new MemoryJournal(), new ParkingIdleStrategy(), false);
    }

    private void apply(final UnsafeBuffer command) {
        effects.begin(0);
        engine.apply(sequence++, command, 0, command.capacity(), effects);
    }

    void append(final UnsafeBuffer record) {
        while (!journal.hasRoom()) {
            checkFailure();
            Thread.yield();
        }
        journal.append(record, 0, record.capacity());
    }

    void commit() {
        journal.commit();
        if (hasCheckpoints && journal.isCheckpointDue()) {
            tellState();
        }
    }

    /** Brings all that was committed to disk. */
    void sync() {
        try {
            journal.sync();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tellState() {
        CommandHeader.write(checkpoint, 0, CommandType.CHECKPOINT, sequence, CommandHeader.HOST);
        apply(checkpoint);
        final Checkpoint its = journal.beginCheckpoint();
        engine.beginCheckpoint(its.wantsEntries() ? its : SnapshotSink.NONE);
        append(checkpoint);
        journal.markCheckpoint();
        journal.commit();
        boolean isWhole = false;
        while (!isWhole && !its.isAbandoned()) {
            checkFailure();
            isWhole = its.hasRoom() && engine.continueCheckpoint(1);
        }
        if (isWhole) {
            its.complete(engine.checkpointDigest());
        }
        engine.endCheckpoint();
    }

    private void checkFailure() {
        final Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the keeper has failed", failed);
        }
    }

    @Override
    public void close() {
        keeper.close();
        journal.close();
        checkFailure();
    }
}
