package io.gmq.client;

/** How far a change must have come before its reply is sent; each level includes those before it. */
public enum Durability {
    /** The broker has accepted it. Survives nothing. */
    MEMORY("memory"),
    /** It survives the death of the broker's process. */
    WRITTEN("written"),
    /** It survives a loss of power. */
    SYNCED("synced"),
    /** A majority of the cluster has it. */
    REPLICATED("replicated");

    private static final Durability[] ALL = values();

    private final String level;

    Durability(final String level) {
        this.level = level;
    }

    /** The word for it in the protocol and in configurations. */
    public String level() {
        return level;
    }

    /**
     * The level of a name.
     *
     * @throws IllegalArgumentException if there is none of that name.
     */
    public static Durability ofLevel(final String level) {
        for (final Durability durability : ALL) {
            if (durability.level.equals(level)) {
                return durability;
            }
        }
        throw new IllegalArgumentException("'" + level + "' is no durability; there are memory, written, synced and replicated");
    }
}
