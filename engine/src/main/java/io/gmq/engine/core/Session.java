package io.gmq.engine.core;

/** What the engine knows of one connection: the leases it holds, oldest first, and its takes that wait. Pooled by {@link Sessions}. */
final class Session {
    long connection;
    int leaseFirst = MessageTable.NONE;
    int leaseLast = MessageTable.NONE;
    int leaseCount;
    Waiter firstWaiter;
    boolean isClosing;
    /** Where it stands in the list of all sessions. */
    int slot;

    void addWaiter(final Waiter waiter) {
        waiter.session = this;
        waiter.sessionPrev = null;
        waiter.sessionNext = firstWaiter;
        if (firstWaiter != null) {
            firstWaiter.sessionPrev = waiter;
        }
        firstWaiter = waiter;
    }

    void removeWaiter(final Waiter waiter) {
        if (waiter.sessionPrev == null) {
            firstWaiter = waiter.sessionNext;
        } else {
            waiter.sessionPrev.sessionNext = waiter.sessionNext;
        }
        if (waiter.sessionNext != null) {
            waiter.sessionNext.sessionPrev = waiter.sessionPrev;
        }
        waiter.session = null;
        waiter.sessionPrev = null;
        waiter.sessionNext = null;
    }

    boolean isEmpty() {
        return leaseCount == 0 && firstWaiter == null;
    }
}
