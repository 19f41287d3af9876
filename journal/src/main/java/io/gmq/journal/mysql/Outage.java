package io.gmq.journal.mysql;

import java.sql.SQLException;

/** Whether the database is away, as those see it who use it. Any thread's. */
final class Outage {
    private final Runnable onChange;
    private int without;
    private volatile boolean isAway;
    private volatile String reason = "";

    /** @param onChange is called when {@link #isAway} has another answer. */
    Outage(final Runnable onChange) {
        this.onChange = onChange;
    }

    boolean isAway() {
        return isAway;
    }

    /** What the first found who lost it; empty where nobody has. */
    String reason() {
        return reason;
    }

    /** One who uses the database has lost it. */
    synchronized void begin(final SQLException its) {
        without++;
        if (without == 1) {
            reason = Reason.of(its);
            isAway = true;
            onChange.run();
        }
    }

    /** One who had lost the database has it again. */
    synchronized void end() {
        without--;
        if (without == 0) {
            isAway = false;
            reason = "";
            onChange.run();
        }
    }
}
