package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.Set;

/** Which refusals are right while a broker is tortured. */
final class Refusals {
    private static final Set<String> EXPECTED = Set.of("queue_full", "overloaded", "storage_full");

    private Refusals() {
    }

    /** The code of a refusal for want of room; a violation where it is another one. */
    static String expected(final Reply reply) {
        if (!EXPECTED.contains(reply.code())) {
            throw new Violation("refused without reason: " + reply);
        }
        return reply.code();
    }
}
