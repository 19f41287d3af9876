package io.gmq.transport.ingress;

import io.gmq.engine.api.RefusalCode;
import io.gmq.transport.codec.JsonCommandDecoder;
import io.gmq.transport.codec.JsonEffectEncoder;
import io.gmq.transport.codec.Permission;
import io.gmq.transport.tcp.Connection;

/**
 * Whether one connection has been let in, and by which account, where there are accounts. A request with credentials waits for the gate;
 * it stays with the connection, and is decoded once more when it is decided.
 *
 * <pre>
 *   unknown ── hello with auth, one-shot with auth ──► waiting for the gate ──► let in
 *      │                                                     │
 *      └── anything else, or 10 s ──► unauthorized, the end ◄┘
 * </pre>
 *
 * <p>Belongs to the connection's selector thread.
 */
final class Admission {
    /** What is done with a request. */
    enum Verdict {
        /** It goes into the ring as the decoder has it. */
        PASS,
        /** It waits for the gate. */
        WAIT,
        /** The decoder has a refusal in its place, with which the connection ends. */
        END
    }

    private static final byte[] LATE = JsonEffectEncoder.farewell(RefusalCode.UNAUTHORIZED,
        "no credentials came in time; begin with 'hello' and its 'auth' (user and password)");
    private static final String UNKNOWN = "this broker has accounts; begin with 'hello' and its 'auth' (user and password)";
    private static final String WRONG = "there is no such user with that password";
    private static final String NOT_SECURE = "credentials are not taken over a connection that others can read; use TLS (auth.require_tls)";
    private static final String REVOKED = "this account was changed or removed; say 'hello' again with credentials that are good";
    private static final String DEFERRED = "too many attempts to log in have failed or are waiting; try again later";
    private static final long RETRY_WHEN_FULL_MS = 1000;

    private final Connection connection;
    private final Gate gate;
    private boolean hasBegun;
    private Access access;
    private Attempt attempt;
    /** The request at hand has been counted: where the ring is full, it is judged more than once. */
    private boolean isCounted;

    Admission(final Connection connection, final Gate gate) {
        this.connection = connection;
        this.gate = gate;
    }

    byte[] lateFrame() {
        return LATE;
    }

    /** Whether nothing can be done with what has arrived. Asked before it is looked at. */
    boolean isWaiting() {
        if (!hasBegun) {
            begin();
        }
        if (attempt == null) {
            return false;
        }
        if (!attempt.isDecided()) {
            return true;
        }
        if (attempt.outcome() == Attempt.Outcome.ACCEPTED && (access == null || access.account() != attempt.account())) {
            letIn(attempt.account());
        }
        return false;
    }

    private void begin() {
        hasBegun = true;
        final String subject = connection.certificateSubject();
        final Account account = subject == null ? null : gate.ofCertificate(subject);
        if (account != null) {
            letIn(account);
        }
    }

    private void letIn(final Account account) {
        access = new Access(account);
        connection.onKnown();
    }

    /** Of the next request. One that is not let in yet is refused whatever it asks for. */
    Permission permission() {
        return access == null ? Permission.ALL : access.permission();
    }

    /** Whether the engine may know the connection already. */
    boolean isLetIn() {
        return access != null;
    }

    /** Whether the connection was let in by an account that has ended. */
    boolean isRevoked() {
        return access != null && access.isRevoked();
    }

    /** Puts the refusal of a connection whose account has ended into the decoder. */
    static void refuseRevoked(final JsonCommandDecoder decoder, final long nowMs, final long connection) {
        decoder.rejectUnauthorized(REVOKED, nowMs, connection);
    }

    /** Judges what has just been decoded, which may put a refusal in its place. */
    Verdict judge(final JsonCommandDecoder decoder, final boolean isOneShot, final long nowMs) {
        if (attempt != null) {
            return judgeAttempt(decoder, isOneShot, nowMs);
        }
        if ((isOneShot || decoder.isHello()) && decoder.credentials().areGiven()) {
            return ask(decoder, isOneShot);
        }
        if (access == null) {
            return end(decoder, UNKNOWN);
        }
        return judgeKnown(decoder, nowMs);
    }

    private Verdict judgeKnown(final JsonCommandDecoder decoder, final long nowMs) {
        if (access.isRevoked()) {
            return end(decoder, REVOKED);
        }
        final long tooEarlyMs = isCounted ? 0 : access.tryTake(nowMs);
        isCounted = tooEarlyMs == 0;
        if (tooEarlyMs > 0) {
            decoder.rejectOverloaded("this user may send " + access.perSecond() + " requests a second; send more slowly", tooEarlyMs, false);
        }
        return Verdict.PASS;
    }

    /** What was judged has entered the ring. */
    void onPassed() {
        attempt = null;
        isCounted = false;
    }

    private Verdict ask(final JsonCommandDecoder decoder, final boolean isOneShot) {
        final Attempt asked = new Attempt(connection, decoder.credentials(), isOneShot);
        // First held, since it may be decided before the next line.
        connection.hold();
        attempt = asked;
        if (gate.offer(asked)) {
            return Verdict.WAIT;
        }
        asked.defer(RETRY_WHEN_FULL_MS);
        return Verdict.WAIT;
    }

    private Verdict judgeAttempt(final JsonCommandDecoder decoder, final boolean isOneShot, final long nowMs) {
        return switch (attempt.outcome()) {
            case ACCEPTED -> isOneShot ? judgeKnown(decoder, nowMs) : Verdict.PASS;
            case WRONG -> end(decoder, WRONG);
            case NOT_SECURE -> end(decoder, NOT_SECURE);
            case DEFERRED -> {
                decoder.rejectOverloaded(DEFERRED, attempt.retryAfterMs(), true);
                yield Verdict.END;
            }
        };
    }

    private static Verdict end(final JsonCommandDecoder decoder, final String text) {
        decoder.rejectUnauthorized(text);
        return Verdict.END;
    }
}
