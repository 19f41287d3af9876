package io.gmq.engine.sim;

import io.gmq.engine.api.RefusalCode;

/** Why the model does not do what it is asked. */
record Refusal(RefusalCode code, String name, long limit, long actual) {
    static Refusal of(final RefusalCode code, final String name) {
        return new Refusal(code, name, -1, -1);
    }
}
