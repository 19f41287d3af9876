package io.gmq.engine.api;

/** How a client wants its reply to look. The engine carries these bits and never looks at them. */
public final class Presentation {
    /** The request named a durability: the reply says the level it reached. */
    public static final int NAMED_LEVEL = 1;
    /** Messages as text where their bytes are UTF-8. */
    public static final int TEXT = 1 << 1;
    /** Attempt, priority and time of publishing with every message. */
    public static final int DETAILS = 1 << 2;
    /** One message, its members directly in the reply. */
    public static final int SINGLE = 1 << 3;
    /** A batch was published, or a topic: the reply names the first id and the count. */
    public static final int BATCH = 1 << 4;
    /** The original's one-shot form; the connection ends with the reply. */
    public static final int ONE_SHOT = 1 << 5;
    /** The connection ends with the reply. */
    public static final int CLOSE = 1 << 6;
    /** A publish that is not answered when it succeeds: the next one that is answered counts it. */
    public static final int QUIET = 1 << 7;

    private Presentation() {
    }
}
