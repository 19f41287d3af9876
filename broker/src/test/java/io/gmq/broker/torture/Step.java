package io.gmq.broker.torture;

import java.util.List;

/**
 * A request whose outcome is unknown until it is answered.
 *
 * @param born    letters that it publishes.
 * @param settled letters that it settles for good.
 * @param isWhole whether all of that happens or nothing: so it is with every publish and {@code atomic}, and not with a settling.
 */
record Step(List<Letter> born, List<Letter> settled, boolean isWhole) {
    static Step publishing(final List<Letter> born) {
        return new Step(born, List.of(), true);
    }

    static Step settling(final List<Letter> settled) {
        return new Step(List.of(), settled, false);
    }

    @Override
    public boolean equals(final Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
