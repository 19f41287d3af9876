package io.gmq.broker.config;

/** Where messages are kept: {@code queue.queue_type}. The original's numbers for them are 1, 2 and 3, in this order. */
public enum Storage {
    /** In memory only. */
    MEMORY,
    /** In a journal in MySQL. */
    DATABASE,
    /** In a journal of files. */
    FILESYSTEM
}
