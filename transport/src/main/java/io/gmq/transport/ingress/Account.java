package io.gmq.transport.ingress;

/**
 * One user as connections see it: what it may do now. Whoever keeps the accounts changes it, and all connections of the user see
 * that with their next request. Any thread's.
 */
public final class Account {
    private final String user;
    private volatile NameRights rights;
    private volatile Rate rate;

    public Account(final String user) {
        this.user = user;
    }

    /** The user's name. */
    public String user() {
        return user;
    }

    /**
     * Sets what the user may do from now on.
     *
     * @param requestsPerSecond 0 for as many as it likes.
     */
    public void grant(final NameRights its, final long requestsPerSecond) {
        final Rate before = rate;
        if (requestsPerSecond == 0) {
            rate = null;
        } else if (before == null || before.perSecond() != requestsPerSecond) {
            rate = new Rate(requestsPerSecond);
        }
        rights = its;
    }

    /** Ends it: connections that were let in by it end with what they do next. */
    public void revoke() {
        rights = null;
    }

    /** {@code null} where it has ended, or was never granted anything. */
    public NameRights rights() {
        return rights;
    }

    /** {@code null} where there is none. */
    Rate rate() {
        return rate;
    }
}
