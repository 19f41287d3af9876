package io.gmq.broker.archive;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.Reason;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an archive as near to the journal as it can, and never holds up the broker: it has a thread of its own, works only as much as
 * the machine has to spare ({@link FollowerPace}), and when its database is away it tries again, less and less often. What goes wrong
 * here ends the archive at the worst, never the process.
 *
 * <p>{@link #doWork} belongs to one thread, which should sleep some milliseconds when there was nothing to do. The getters are any
 * thread's, as is {@link #stop}, after which the thread may be joined.
 */
public final class ArchiveFollower implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveFollower.class);
    /** What is read is written after this, however little it is: a transaction costs the database a sync. */
    private static final long WRITE_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A connection on which nothing is said is tried out after this; well before the server ends it. */
    private static final long PING_AFTER_NS = TimeUnit.SECONDS.toNanos(30);
    /** What an archive may lag behind that is not counted as behind. */
    private static final long LAG_MS_USUAL = 2000;
    private static final long BACK_OFF_MS_MIN = 250;
    private static final long BACK_OFF_MS_MAX = 15_000;

    private final String name;
    private final JournalTail tail;
    private final EpochClock clock;
    private final NanoClock nanos;
    private final FollowerPace pace;
    private final ArchiveFeed feed;
    private long notBeforeNs;
    /** How long the last step took; 0 when it has been rested from. */
    private long workedNs;
    private long endedNs;
    private long unwrittenSinceNs;
    private long lastAnswerNs;
    private boolean hasUnwritten;
    private long backOffMs = BACK_OFF_MS_MIN;
    private long awaySinceMs;
    private volatile Thread thread;
    private volatile boolean isStopping;
    private volatile ArchivePosition position = ArchivePosition.BEGINNING;
    private volatile State state = State.STARTING;

    /** How it stands with an archive. */
    public enum State {
        /** It has not begun yet, or reads what it has archived before. */
        STARTING,
        /** It has all that there is, but for the last moments. */
        FOLLOWING,
        /** It lags by more than that. */
        BEHIND,
        /** Its database, or the journal, does not answer as it should. */
        AWAY,
        /** The records that it needed were deleted; it begins again from a later state. */
        CUT_OFF,
        /** It has given up until the broker starts again. */
        ENDED
    }

    /**
     * @param tail  closed with this agent.
     * @param clock of the records' times.
     */
    public ArchiveFollower(final Database database, final JournalTail tail, final EpochClock clock, final NanoClock nanos) {
        this(database, tail, clock, nanos, new FollowerPace(new BusyShare(nanos)));
    }

    ArchiveFollower(
        final Database database, final JournalTail tail, final EpochClock clock, final NanoClock nanos, final FollowerPace pace) {
        name = database.toString();
        this.tail = tail;
        this.clock = clock;
        this.nanos = nanos;
        this.pace = pace;
        feed = new ArchiveFeed(new ArchiveWriter(database), tail);
        notBeforeNs = nanos.nanoTime();
    }

    @Override
    public String roleName() {
        return "archive";
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    /** Sequence of the last record that is in the archive: all up to it is no longer needed. 0 while that is not known. */
    public long position() {
        return position.sequence();
    }

    /** Durable records that are not in the archive. */
    public long lagRecords() {
        return Math.max(0, tail.synced() - position.sequence());
    }

    /** How old the archive is: milliseconds since the last record that is in it, 0 if it has all; -1 while that is not known. */
    public long lagMs() {
        final ArchivePosition its = position;
        if (tail.synced() <= its.sequence()) {
            return 0;
        }
        return its.timeMs() == 0 ? -1 : Math.max(0, clock.time() - its.timeMs());
    }

    /** Lets the present step fail soon; from then on there is nothing more to do. */
    public void stop() {
        isStopping = true;
        feed.abort();
        final Thread its = thread;
        if (its != null) {
            its.interrupt(); // it may be connecting; the files that this closes are its own
        }
    }

    @Override
    public void onStart() {
        thread = Thread.currentThread();
    }

    @Override
    public int doWork() {
        final long beganNs = nanos.nanoTime();
        if (isStopping || state == State.ENDED || beganNs - notBeforeNs < 0 || isResting(beganNs)) {
            return 0;
        }
        try {
            final boolean isPaced = feed.hasBegun(); // to connect is to wait, and to begin comes once
            final int work = step(beganNs);
            if (isPaced && work > 0) {
                endedNs = nanos.nanoTime();
                workedNs = endedNs - beganNs;
            }
            return work;
        } catch (final SQLException | JournalException e) {
            away(e);
        } catch (final OtherJournalException e) {
            end("does not belong to this journal: " + e.getMessage() + "; 'gmq archive rebuild' makes it anew", e);
        } catch (final RuntimeException | Error e) {
            end("is no longer written, since its follower has failed: " + e, e);
        }
        return 0;
    }

    /** Asked anew each time: when the machine has time again, a rest is over. */
    private boolean isResting(final long nowNs) {
        if (workedNs > 0 && nowNs - endedNs >= pace.restNs(workedNs)) {
            workedNs = 0;
        }
        return workedNs > 0;
    }

    private int step(final long nowNs) throws SQLException {
        if (!feed.isConnected()) {
            feed.connect();
            lastAnswerNs = nowNs;
            position = feed.archived();
            return 1;
        }
        if (nowNs - lastAnswerNs >= PING_AFTER_NS) {
            feed.ping();
            lastAnswerNs = nowNs;
        }
        if (!feed.hasBegun()) {
            begin();
            return 1;
        }
        final int read = feed.read();
        if (feed.hasUnwritten() && !hasUnwritten) {
            hasUnwritten = true;
            unwrittenSinceNs = nowNs;
        }
        final boolean isWritten = hasUnwritten && (feed.isFull() || feed.isGone() || nowNs - unwrittenSinceNs >= WRITE_AFTER_NS);
        if (isWritten) {
            feed.write();
            hasUnwritten = false;
            lastAnswerNs = nowNs;
            position = feed.archived();
            isHere();
        } else if (feed.isGone()) {
            state = State.CUT_OFF;
            feed.forget();
        } else if (read == 0 && !hasUnwritten) {
            isHere();
        }
        return isWritten || read > 0 ? 1 : 0;
    }

    private void begin() throws SQLException {
        feed.begin();
        hasUnwritten = false;
        position = feed.archived();
        final ArchiveFeed.Gap gap = feed.gap();
        if (gap != null && gap.isCutOff()) {
            LOG.warn("the archive {} was cut off: records {} to {} were deleted before it had them; it goes on behind them", name, gap.first(),
                gap.last());
        }
        if (state == State.STARTING) {
            LOG.info("the archive {} has all up to sequence {}, {} records behind", name, position(), lagRecords());
        }
    }

    /** Its database is there, and what was read is written. */
    private void isHere() {
        if (state == State.AWAY) {
            LOG.info("the archive {} is back after {} s, {} records behind", name, (clock.time() - awaySinceMs) / 1000, lagRecords());
        }
        backOffMs = BACK_OFF_MS_MIN;
        state = lagMs() <= LAG_MS_USUAL ? State.FOLLOWING : State.BEHIND;
    }

    private void away(final Exception e) {
        if (isStopping) {
            return;
        }
        if (state != State.AWAY) {
            LOG.warn("the archive {} is away, it will catch up later ({}); trying again", name, Reason.of(e));
            awaySinceMs = clock.time();
            state = State.AWAY;
        }
        notBeforeNs = nanos.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backOffMs);
        backOffMs = Math.min(BACK_OFF_MS_MAX, backOffMs * 2);
    }

    private void end(final String what, final Throwable e) {
        if (isStopping) {
            return;
        }
        LOG.error("the archive {} {}", name, what, e instanceof OtherJournalException ? null : e);
        state = State.ENDED;
        feed.forget();
        feed.close();
    }

    @Override
    public void onClose() {
        thread = null;
        feed.close();
    }
}
