package io.gmq.client;

/**
 * The settings of a queue that are in force.
 *
 * @param capacity         messages it may hold, in all states together.
 * @param maxMessageLength bytes a message may have.
 * @param leaseMs          for how long messages are leased to those who do not say how long.
 * @param maxAttempts      how often a message is given out; 0: without end.
 * @param deadLetter       the queue for what has expired or has used up its attempts; empty where there is none.
 * @param ttlMs            when messages expire whose publisher did not say; 0: never.
 * @param onFull           what becomes of a message for which there is no room, as a word of {@link OnFull}.
 * @param paused           whether it gives no messages for now.
 */
public record QueueSettings(
    long capacity,
    long maxMessageLength,
    long leaseMs,
    long maxAttempts,
    String deadLetter,
    long ttlMs,
    String onFull,
    boolean paused) {
}
