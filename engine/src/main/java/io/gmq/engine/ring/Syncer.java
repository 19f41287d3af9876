package io.gmq.engine.ring;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;

/**
 * Syncs the journal whenever a reply waits for it, on a thread of its own, so that commands go on being applied and written
 * while the disk works: all that was committed by the time a sync begins is covered by it.
 */
public final class Syncer implements Agent {
    /** The goal of a reply that waits for no sync. */
    public static final long NOTHING = -1;

    private final Journal journal;
    private final Waker self;
    private final Waker egress;
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
    }

    /** The journal stage's: the commands that changed something, up to this place in the ring, are written. */
    void onCommitted(final long sequence) {
        committed.setRelease(sequence);
    }

    /**
     * The last stage's: what must be synced for a reply to the command at {@code sequence} to survive power loss. Where that
     * command and those just before it changed nothing, it is an earlier one.
     */
    public long covering(final long sequence) {
        return Math.min(sequence, committed.getAcquire());
    }

    /** The last stage's: whether a {@link #covering} goal has been reached. */
    public boolean isSynced(final long goal) {
        return goal <= synced.getAcquire();
    }

    /** The last stage's: asks for a sync that covers a goal; returns at once. */
    public void request(final long goal) {
        wanted.setRelease(goal);
        self.wake();
    }

    @Override
    public int doWork() throws Exception {
        final long target = committed.getAcquire();
        if (wanted.getAcquire() <= synced.getPlain() || target <= synced.getPlain()) {
            return 0;
        }
        journal.sync();
        synced.setRelease(target);
        egress.wake();
        return 1;
    }

    @Override
    public String roleName() {
        return "sync";
    }
}
