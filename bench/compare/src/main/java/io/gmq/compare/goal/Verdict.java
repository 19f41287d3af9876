package io.gmq.compare.goal;

/** What came of a target. */
public enum Verdict {
    /** The median of the ratios is on the right side. */
    REACHED("yes"),
    /** It is, but not that of every round. */
    MOSTLY("yes, not in every round"),
    /** It is not, though that of some round is. */
    HARDLY("**no**, but in some rounds"),
    /** Not in a single round. */
    MISSED("**no**"),
    /** There is no target. */
    KNOWN("–"),
    /** There are no figures. */
    UNKNOWN("not measured");

    private final String words;

    Verdict(final String words) {
        this.words = words;
    }

    /** For tables. */
    public String words() {
        return words;
    }

    /** Whether something is short of what it should be. */
    public boolean isMiss() {
        return this == MISSED || this == HARDLY;
    }
}
