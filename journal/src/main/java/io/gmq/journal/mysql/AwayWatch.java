package io.gmq.journal.mysql;

import io.gmq.engine.api.StorageState;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what can be stored, and says in one line when the database goes and in one when it is back. Belongs to whoever asks. */
final class AwayWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AwayWatch.class);

    private final String database;
    private final LongSupplier nanoClock;
    private boolean isAway;
    private long sinceNs;

    AwayWatch(final String database, final LongSupplier nanoClock) {
        this.database = database;
        this.nanoClock = nanoClock;
    }

    /**
     * What can be stored now.
     *
     * @param isAwayNow whether the database is away.
     * @param reason    why; empty where it only does not answer.
     */
    StorageState look(final boolean isAwayNow, final String reason) {
        if (isAwayNow && !isAway) {
            sinceNs = nanoClock.getAsLong();
            LOG.warn("the database {} is away: {}; nothing can be changed until it is back, what is confirmed is safe", database,
                reason.isEmpty() ? "it does not answer" : reason);
        } else if (!isAwayNow && isAway) {
            LOG.warn("the database {} is back after {} s; all goes on", database,
                String.format(Locale.ROOT, "%.1f", (nanoClock.getAsLong() - sinceNs) / (double) TimeUnit.SECONDS.toNanos(1)));
        }
        isAway = isAwayNow;
        return isAway ? StorageState.AWAY : StorageState.READY;
    }
}
