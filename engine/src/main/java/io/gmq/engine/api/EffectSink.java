package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/**
 * Hears what a command did. The engine calls it from within {@link StateMachine#apply}, on the engine's thread, in the order
 * in which the effects happened. Buffers are the caller's and valid only during the call; {@link ReplyTo} likewise.
 *
 * <p>A list comes as a {@code begin…}, its items and an {@code end…}, with nothing in between.
 */
public interface EffectSink {
    /** Messages were accepted: {@code count} of them with consecutive ids from {@code firstMessage} on. */
    void published(ReplyTo to, long firstMessage, int count);

    /** Begins the messages given to one taker, whether it had to wait or not. */
    void beginMessages(ReplyTo to);

    /**
     * One message given.
     *
     * @param message     its id.
     * @param attempt     how often it has been given out, this time included.
     * @param priority    0 to 9.
     * @param publishedMs when it was published, milliseconds since 1970.
     * @param payload     where its bytes are: a handle for {@link Payloads}, valid until the host has said, with
     *                    {@link StateMachine#reclaim}, that this command's effects have been read.
     */
    void message(long message, int attempt, int priority, long publishedMs, long payload);

    void endMessages();

    /**
     * Leases were settled or extended.
     *
     * @param type    what was asked for: {@link CommandType#ACK}, {@link CommandType#NACK} or {@link CommandType#EXTEND}.
     * @param count   how many.
     * @param missing the ids asked for that were not leased; the first {@code missingCount} elements.
     */
    void settled(ReplyTo to, CommandType type, int count, long[] missing, int missingCount);

    /** The counts of one queue. */
    void length(ReplyTo to, int ready, int delayed, int leased, int parked);

    void beginQueues(ReplyTo to);

    void queue(DirectBuffer name, int offset, int length, int ready, int delayed, int leased, int parked);

    /** @param more whether there are queues beyond the last one listed. */
    void endQueues(boolean more);

    /**
     * A request was refused; nothing was changed.
     *
     * @param name   the queue it was about, in UTF-8.
     * @param limit  the bound that would be passed, or -1 where there is none.
     * @param actual what it would be or is, or -1.
     */
    void refused(ReplyTo to, RefusalCode code, DirectBuffer name, int offset, int length, long limit, long actual);

    /** A command that touches no state was reached in the order of commands; its reply follows from the command alone. */
    void passed(ReplyTo to);
}
