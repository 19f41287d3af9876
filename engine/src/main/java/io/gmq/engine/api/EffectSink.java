package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/**
 * Hears what a command did. The engine calls it from within {@link StateMachine#apply}, on the engine's thread, in the order
 * in which the effects happened. Buffers are the caller's and valid only during the call; {@link ReplyTo}, {@link QueueCounts}
 * and {@link QueueSettings} likewise.
 *
 * <p>A list comes as a {@code begin…}, its items and an {@code end…}, with nothing in between.
 */
public interface EffectSink {
    /**
     * Messages were accepted, with consecutive ids from {@code firstMessage} on.
     *
     * @param count for a queue how many messages; for a topic how many queues were reached, and {@code firstMessage} says nothing
     *     where it is 0.
     */
    void published(ReplyTo to, long firstMessage, int count);

    /**
     * A publish was not stored again, since its producer's sequence was accepted before.
     *
     * @param firstMessage what {@link #published} said then, or 0 if that is no longer known.
     * @param count        likewise.
     */
    void duplicate(ReplyTo to, long firstMessage, int count);

    /** Begins the messages given to one taker, whether it had to wait or not, or shown to who wants to look. */
    void beginMessages(ReplyTo to);

    /**
     * One message given.
     *
     * @param message  its id.
     * @param attempt  how often it has been given out, this time included.
     * @param priority 0 to 9.
     * @param payload  where its bytes are: a handle for {@link Payloads}, valid until the host has said, with
     *                 {@link StateMachine#reclaim}, that this command's effects have been read.
     */
    void message(long message, int attempt, int priority, long payload);

    /**
     * One message shown and left where it is.
     *
     * @param attempt of a leased or parked message how often it has been given out, of others one more: what the next delivery
     *     will say.
     * @param reason  why it is parked: a handle as {@code payload}, or {@link Payloads#NONE}.
     */
    void peeked(long message, int attempt, int priority, long payload, MessageState state, long reason);

    void endMessages();

    /** Begins the messages pushed to a consumer of that queue. */
    void beginDelivery(ReplyTo to, long consumer, DirectBuffer queue, int offset, int length);

    /** @param bytes what the push is reckoned at; the host gives them back with {@link DrainedCommand} when they are sent. */
    void endDelivery(long bytes);

    /** A consumer is there; pushes follow. */
    void consuming(ReplyTo to, long consumer);

    /** A consumer is gone since its queue was deleted. No reply: it comes unasked. */
    void consumerEnded(ReplyTo to, long consumer);

    /**
     * Leases were settled or extended.
     *
     * @param type    what was asked for: {@link CommandType#ACK}, {@link CommandType#NACK}, {@link CommandType#EXTEND} or
     *                {@link CommandType#PARK}.
     * @param count   how many.
     * @param missing the ids asked for that were not leased; the first {@code missingCount} elements.
     */
    void settled(ReplyTo to, CommandType type, int count, long[] missing, int missingCount);

    /** So many messages were moved or removed: {@link CommandType#KICK} or {@link CommandType#PURGE}. */
    void counted(ReplyTo to, CommandType type, int count);

    /** It was done, and there is no more to say. */
    void done(ReplyTo to);

    /** The counts of one queue in short. */
    void length(ReplyTo to, int ready, int delayed, int leased, int parked);

    /** The settings of a queue that was configured. */
    void configured(ReplyTo to, QueueSettings settings);

    void described(ReplyTo to, QueueSettings settings, QueueCounts counts);

    void beginQueues(ReplyTo to);

    void queue(DirectBuffer name, int offset, int length, QueueCounts counts);

    /** @param more whether there are queues beyond the last one listed. */
    void endQueues(boolean more);

    /**
     * Begins the results of the steps of an atomic request: one {@link #published}, {@link #duplicate} or {@link #settled} each,
     * with the step's own {@link ReplyTo}.
     */
    void beginAtomic(ReplyTo to);

    void endAtomic();

    /**
     * A request was refused; nothing was changed.
     *
     * @param name   the queue it was about, in UTF-8.
     * @param limit  the bound that would be passed, or -1 where there is none.
     * @param actual what it would be or is, or -1.
     * @param step   which step of an atomic request, from 0 on, or -1.
     */
    void refused(ReplyTo to, RefusalCode code, DirectBuffer name, int offset, int length, long limit, long actual, int step);

    /** A command that touches no state was reached in the order of commands; its reply follows from the command alone. */
    void passed(ReplyTo to);
}
