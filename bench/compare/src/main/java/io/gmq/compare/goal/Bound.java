package io.gmq.compare.goal;

/** On which side of its target a ratio has to be. */
public enum Bound {
    /** More is better. */
    AT_LEAST("≥"),
    /** Less is better. */
    AT_MOST("≤"),
    /** There is no target: it is only to be known. */
    NONE("");

    private final String sign;

    Bound(final String sign) {
        this.sign = sign;
    }

    /** For tables. */
    public String sign() {
        return sign;
    }

    boolean holds(final double ratio, final double target) {
        return this == AT_LEAST ? ratio >= target : ratio <= target;
    }
}
