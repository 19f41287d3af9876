package io.gmq.journal;

import java.util.Objects;

/**
 * How much history before the newest snapshot stays: past states can be looked at, and past messages replayed, as far back as that.
 *
 * @param kind   of the measure.
 * @param amount bytes of segments, or milliseconds; 0 where the kind needs none.
 */
public record Keep(Kind kind, long amount) {
    /** Nothing that recovery does not need. */
    public static final Keep NONE = new Keep(Kind.NONE, 0);
    /** Everything, for ever. */
    public static final Keep ALL = new Keep(Kind.ALL, 0);

    public Keep {
        Objects.requireNonNull(kind, "kind");
        final boolean measured = kind == Kind.BYTES || kind == Kind.AGE;
        if (measured ? amount <= 0 : amount != 0) {
            throw new IllegalArgumentException(kind + " of " + amount);
        }
    }

    /** At least this many bytes of segments. */
    public static Keep bytes(final long bytes) {
        return new Keep(Kind.BYTES, bytes);
    }

    /** All that is younger than this. */
    public static Keep ageMs(final long ms) {
        return new Keep(Kind.AGE, ms);
    }

    /** How it is measured. */
    public enum Kind {
        NONE, ALL, BYTES, AGE
    }
}
