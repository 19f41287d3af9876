package io.gmq.broker.auth;

import io.gmq.transport.ingress.Account;

/**
 * What is decided about an attempt to log in.
 *
 * @param kind         which of these.
 * @param account      that lets the client in, where it is.
 * @param retryAfterMs when to try again, where it was not looked at.
 */
record Decision(Kind kind, Account account, long retryAfterMs) {
    enum Kind {
        ACCEPTED, WRONG, NOT_SECURE, DEFERRED
    }

    static final Decision WRONG = new Decision(Kind.WRONG, null, 0);
    static final Decision NOT_SECURE = new Decision(Kind.NOT_SECURE, null, 0);

    static Decision accepted(final Account account) {
        return new Decision(Kind.ACCEPTED, account, 0);
    }

    static Decision deferred(final long retryAfterMs) {
        return new Decision(Kind.DEFERRED, null, retryAfterMs);
    }
}
