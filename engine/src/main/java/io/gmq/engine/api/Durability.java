package io.gmq.engine.api;

/** How far a change must have come before its reply is released; each level includes those before it. */
public enum Durability {
    /** The engine has accepted it. Survives nothing. */
    MEMORY("memory"),
    /** Its record is in the memory-mapped journal. Survives the death of the process. */
    WRITTEN("written"),
    /** The sync that covers its record has returned without error. Survives power loss. */
    SYNCED("synced"),
    /** A majority of the cluster has it. Survives the loss of a machine. */
    REPLICATED("replicated");

    private static final Durability[] BY_CODE = values();

    private final String level;

    Durability(final String level) {
        this.level = level;
    }

    /** The word for it in protocol and configuration. */
    public String level() {
        return level;
    }

    public byte code() {
        return (byte) ordinal();
    }

    public static Durability of(final byte code) {
        return BY_CODE[code];
    }

    /**
     * @param level a word of the protocol.
     * @return the level, or {@code null} if there is none of that name.
     */
    public static Durability ofLevel(final String level) {
        for (final Durability durability : BY_CODE) {
            if (durability.level.equals(level)) {
                return durability;
            }
        }
        return null;
    }
}
