package io.gmq.engine.api;

/** Why a lease ended without being settled for good. The words are stored in archives: never rename. */
public enum ReleaseCause {
    /** It was given back. */
    NACKED("nacked"),
    /** Its time was over. */
    LEASE_ENDED("lease_ended"),
    /** Whoever had it has gone; the start of a broker ends all connections. */
    CONNECTION_CLOSED("connection_closed");

    private final String word;

    ReleaseCause(final String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
