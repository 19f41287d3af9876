package io.gmq.compare.goal;

/**
 * A line of the table: what is compared with what, and what their ratio is to be.
 *
 * @param id     for the JSON.
 * @param what   is measured, in words.
 * @param unit   of both figures.
 * @param ours   the figure that is judged.
 * @param other  what it is divided by.
 * @param bound  on which side of the target the ratio has to be.
 * @param target the ratio; NaN where there is none.
 */
public record Goal(String id, String what, Unit unit, Side ours, Side other, Bound bound, double target) {
    /**
     * One of the two.
     *
     * @param key  of its figure in the values of a round.
     * @param name in words.
     */
    public record Side(String key, String name) {
    }

    static Goal atLeast(final double target, final String id, final String what, final Unit unit, final Side ours, final Side other) {
        return new Goal(id, what, unit, ours, other, Bound.AT_LEAST, target);
    }

    static Goal atMost(final double target, final String id, final String what, final Unit unit, final Side ours, final Side other) {
        return new Goal(id, what, unit, ours, other, Bound.AT_MOST, target);
    }

    static Goal known(final String id, final String what, final Unit unit, final Side ours, final Side other) {
        return new Goal(id, what, unit, ours, other, Bound.NONE, Double.NaN);
    }
}
