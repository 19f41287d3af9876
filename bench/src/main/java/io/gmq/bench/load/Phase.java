package io.gmq.bench.load;

/** What a thread of the generator is at. */
enum Phase {
    /** Connections are being opened. */
    OPENING,
    /** The backlog is being published. */
    FILLING,
    /** Consumers are being opened. */
    SUBSCRIBING,
    /** Load that does not count yet. */
    WARMING,
    /** Load that counts. */
    MEASURING,
    /** Nothing more is published; what is under way comes to its end. */
    DRAINING,
    /** It is over. */
    DONE
}
