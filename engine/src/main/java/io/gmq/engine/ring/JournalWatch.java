package io.gmq.engine.ring;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DigestCommand;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.StorageState;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns what the journal has noticed into commands: what can be stored, that it is time for a checkpoint,
 * and what a checkpoint's digest was. Runs on a thread that the journal wakes.
 */
public final class JournalWatch implements Agent {
    private final Journal journal;
    private final EpochClock clock;
    private final CommandSink sink;
    private final Waker self;
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[DigestCommand.LENGTH]);
    private StorageState storage = StorageState.READY;
    /** Written by the logic stage; of a checkpoint that has been told and not offered. */
    private long digest;
    private volatile boolean hasDigest;
    private volatile boolean isCheckpointOffered;
    private volatile boolean isStopped;

    /** @param self wakes the thread that runs this agent. */
    JournalWatch(final Journal journal, final EpochClock clock, final CommandSink sink, final Waker self) {
        this.journal = journal;
        this.clock = clock;
        this.sink = sink;
        this.self = self;
    }

    /** The logic stage's: the checkpoint that was handed in has begun. */
    void onCheckpoint() {
        isCheckpointOffered = false;
    }

    /** The logic stage's: what the state hashed to at the checkpoint that has just been told. */
    void onDigest(final long its) {
        digest = its;
        hasDigest = true;
        self.wake();
    }

    @Override
    public int doWork() {
        return isStopped ? 0 : watchStorage() + watchDigest() + watchCheckpoint();
    }

    private int watchStorage() {
        final StorageState now = journal.storage();
        if (now == storage || !offer(CommandType.STORAGE, StorageCommand.write(command, 0, now))) {
            return 0;
        }
        storage = now;
        return 1;
    }

    /** Among the records a digest is that of the checkpoint before it, so none may come in between. */
    private int watchCheckpoint() {
        if (isCheckpointOffered || !journal.isCheckpointDue() || hasDigest) {
            return 0;
        }
        isCheckpointOffered = true;
        if (!offer(CommandType.CHECKPOINT, CommandHeader.LENGTH)) {
            isCheckpointOffered = false;
            return 0;
        }
        return 1;
    }

    private int watchDigest() {
        if (!hasDigest || !offer(CommandType.DIGEST, DigestCommand.write(command, 0, digest))) {
            return 0;
        }
        hasDigest = false;
        return 1;
    }

    private boolean offer(final CommandType type, final int length) {
        CommandHeader.write(command, 0, type, clock.time(), CommandHeader.HOST);
        if (!sink.offer(command, 0, length, null, 0)) {
            return false;
        }
        sink.flush();
        return true;
    }

    /** Ends the giving of commands. Anybody's. */
    public void stop() {
        isStopped = true;
    }

    @Override
    public String roleName() {
        return "journal-watch";
    }
}
