package io.gmq.engine.ring;

import io.gmq.engine.api.Durability;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;

/**
 * Syncs the journal whenever a reply waits for it, on a thread of its own, so that commands go on being applied and written
 * while the disk works: all that was committed by the time a sync begins is covered by it. Where a commit alone stores nothing,
 * each is followed by a sync, whether anybody waits or not.
 */
public final class Syncer implements Agent {
    /** The goal of a reply that waits for no sync. */
    public static final long NOTHING = -1;

    private final Journal journal;
    private final Waker self;
    private final Waker egress;
    private final Durability levelAtCommit;
    private final boolean storesAtSync;
    private final AtomicLong committed = new AtomicLong(-1);
    private final AtomicLong wanted = new AtomicLong(-1);
    private final AtomicLong synced = new AtomicLong(-1);

    /**
     * @param self   wakes the thread that runs this agent.
     * @param egress wakes the thread that waits for {@link #synced}.
     */
    Syncer(final Journal journal, final Waker self, final Waker egress) {
        this.journal = journal;
        this.self = self;
        this.egress = egress;
        levelAtCommit = journal.levelAtCommit();
        storesAtSync = levelAtCommit == Durability.MEMORY && journal.levelMax() != Durability.MEMORY;
    }

    /** The journal stage's: the commands that changed something, up to this place in the ring, are committed. */
    void onCommitted(final long sequence) {
        committed.setRelease(sequence);
        if (storesAtSync) {
            self.wake();
        }
    }

    /**
     * The last stage's: up to where must be synced for a reply to the command at {@code sequence} to have reached a level; {@link
     * #NOTHING} where being committed is enough. Where that command and those just before it changed nothing, it is an earlier one.
     */
    public long goal(final Durability level, final long sequence) {
        return level.compareTo(levelAtCommit) > 0 ? Math.min(sequence, committed.getAcquire()) : NOTHING;
    }

    /** The last stage's: whether a {@link #goal} has been reached. */
    public boolean isSynced(final long goal) {
        return goal <= synced.getAcquire();
    }

    /** The last stage's: asks for a sync that covers a goal; returns at once. */
    public void request(final long goal) {
        wanted.setRelease(goal);
        self.wake();
    }

    /** Any thread's: whether something is to be synced that is not. */
    public boolean isBehind() {
        final long done = synced.getAcquire();
        return wanted.getAcquire() > done || storesAtSync && committed.getAcquire() > done;
    }

    @Override
    public int doWork() throws Exception {
        final long target = committed.getAcquire();
        if (!isBehind() || target <= synced.getPlain() || !journal.sync()) {
            return 0;
        }
        synced.setRelease(target);
        egress.wake();
        return 1;
    }

    @Override
    public String roleName() {
        return "sync";
    }
}
