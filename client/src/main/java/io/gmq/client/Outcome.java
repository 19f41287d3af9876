package io.gmq.client;

import java.util.List;

/** What a reply, or one of the results of an atomic, says has been done, while it is being read. */
final class Outcome {
    /** The id of the one message that was published, in a result; a reply has it with the members of its own message. */
    long message;
    long first;
    int count;
    boolean duplicate;
    /** How many were acked, nacked, extended, parked, kicked or purged; -1 where it was none of these. */
    long settled;
    List<Long> missing;

    void reset() {
        message = -1;
        first = -1;
        count = 0;
        duplicate = false;
        settled = -1;
        missing = null;
    }

    Published published(final long message) {
        return message >= 0 ? new Published(message, 1, duplicate) : new Published(first, count, duplicate);
    }

    Settled settled() {
        return settled == 1 && missing == null ? Settled.ONE : new Settled((int) settled, missing == null ? List.of() : missing);
    }

    StepResult stepResult() {
        return settled >= 0 ? settled() : published(message);
    }
}
