package io.gmq.journal.mysql;

import io.gmq.journal.snapshot.Checkpoints;
import io.gmq.journal.snapshot.SegmentFacts;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lease and lets {@link Checkpoints} do its part, on a connection of its own: neither waits for records that are being
 * stored, nor do those wait for it. Its methods belong to the keeper's thread where nothing else is said.
 */
final class MySqlKeeper implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlKeeper.class);
    /** A snapshot is begun for each of them at most, so there are never many. */
    private static final int ENDED_MAX = 1024;
    private static final long PAUSE_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    /** After something that has failed and is not the connection. */
    private static final long REST_NS = TimeUnit.SECONDS.toNanos(10);

    private final Holder holder;
    private final Checkpoints checkpoints;
    private final OneToOneConcurrentArrayQueue<SegmentFacts> ended = new OneToOneConcurrentArrayQueue<>(ENDED_MAX);

    private long notBeforeNs = System.nanoTime();
    private String said = "";

    MySqlKeeper(final Holder holder, final Checkpoints checkpoints) {
        this.holder = holder;
        this.checkpoints = checkpoints;
    }

    /** The committing thread's: nothing more comes to this segment; says whether it was taken in. */
    boolean end(final SegmentFacts segment) {
        return ended.offer(segment);
    }

    @Override
    public int doWork() {
        if (!holder.isUp()) {
            LockSupport.parkNanos(this, PAUSE_NS_MAX);
            return 1;
        }
        try {
            holder.renewIfDue();
            ended.drain(checkpoints::onEnded);
            return System.nanoTime() - notBeforeNs < 0 ? 0 : checkpoints.work();
        } catch (final IOException e) {
            putOff(e);
            return 1;
        }
    }

    /** That the database is away is said by others. */
    private void putOff(final IOException e) {
        if (e.getCause() instanceof final SQLException failure && Reason.isPassing(failure)) {
            return;
        }
        notBeforeNs = System.nanoTime() + REST_NS;
        if (!e.getMessage().equals(said)) {
            said = e.getMessage();
            LOG.warn("storing goes on, but the database does not let this broker look after snapshots and old records: {}", said);
        }
    }

    @Override
    public String roleName() {
        return "keeper";
    }

    /** Whoever closes the journal, when no thread runs any more. */
    void close() {
        try {
            checkpoints.close();
        } catch (final IOException e) {
            LOG.debug("left for the next start: {}", e.getMessage());
        }
        holder.close();
    }
}
