package io.gmq.engine.core;

/** Who holds which message and until when; delayed messages share the same order of deadlines. */
final class Leases {
    private final MessageTable table;
    private final Sessions sessions;
    private final IndexHeap deadlines;

    Leases(final MessageTable table, final Sessions sessions) {
        this.table = table;
        this.sessions = sessions;
        deadlines = new DeadlineHeap(table);
    }

    /** Gives a message to a connection until a time. */
    void lease(final int message, final MessageQueue queue, final long connection, final long untilMs, final boolean keep) {
        final Session session = sessions.findOrAdd(connection);
        table.state(message, MessageTable.LEASED);
        table.connection(message, connection);
        table.keep(message, keep);
        table.leasePrev(message, session.leaseLast);
        table.leaseNext(message, MessageTable.NONE);
        if (session.leaseLast == MessageTable.NONE) {
            session.leaseFirst = message;
        } else {
            table.leaseNext(session.leaseLast, message);
        }
        session.leaseLast = message;
        session.leaseCount++;
        queue.countLeased(1);
        schedule(message, untilMs);
    }

    /** Ends a lease; what becomes of the message is the caller's to say. */
    void end(final int message, final MessageQueue queue) {
        orphan(message);
        queue.countLeased(-1);
        deadlines.removeAt(table.place(message));
    }

    /** Lets a lease stand without its connection. */
    void orphan(final int message) {
        final long connection = table.connection(message);
        if (connection == 0) {
            return;
        }
        final Session session = sessions.find(connection);
        final int prev = table.leasePrev(message);
        final int next = table.leaseNext(message);
        if (prev == MessageTable.NONE) {
            session.leaseFirst = next;
        } else {
            table.leaseNext(prev, next);
        }
        if (next == MessageTable.NONE) {
            session.leaseLast = prev;
        } else {
            table.leasePrev(next, prev);
        }
        session.leaseCount--;
        table.connection(message, 0);
        table.keep(message, false);
        sessions.forgetIfEmpty(session);
    }

    void extend(final int message, final long untilMs) {
        table.deadlineMs(message, untilMs);
        deadlines.update(table.place(message), untilMs);
    }

    /** Puts a message aside until a time. */
    void delay(final int message, final MessageQueue queue, final long untilMs) {
        table.state(message, MessageTable.DELAYED);
        queue.countDelayed(1);
        schedule(message, untilMs);
    }

    /** Ends a delay; what becomes of the message is the caller's to say. */
    void endDelay(final int message, final MessageQueue queue) {
        queue.countDelayed(-1);
        deadlines.removeAt(table.place(message));
    }

    private void schedule(final int message, final long untilMs) {
        table.deadlineMs(message, untilMs);
        deadlines.add(message, untilMs, table.id(message));
    }

    /** The leased or delayed message that is due first, or {@link MessageTable#NONE}. */
    int firstDue() {
        return deadlines.isEmpty() ? MessageTable.NONE : deadlines.first();
    }

    private static final class DeadlineHeap extends IndexHeap {
        private final MessageTable table;

        private DeadlineHeap(final MessageTable table) {
            this.table = table;
        }

        @Override
        void moved(final int message, final int place) {
            table.place(message, place);
        }
    }
}
