package io.gmq.engine.ring;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;

/**
 * Syncs the journal whenever a reply waits for it, on a thread of its own, so that commands go on being applied and written
 * while the disk works: all that was committed by the time a sync begins is covered by it.
 */
public final class Syncer implements Agent {
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

    /** The last stage's: whether all that was written up to {@code sequence} has been synced; if not, it will be. */
    public boolean isSynced(final long sequence) {
        return Math.min(sequence, committed.getAcquire()) <= synced.getAcquire();
    }

    /** The last stage's: asks for a sync of all that was written up to {@code sequence}; returns at once. */
    public void request(final long sequence) {
        wanted.setRelease(sequence);
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
