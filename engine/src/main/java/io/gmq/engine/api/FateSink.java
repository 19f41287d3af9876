package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/**
 * Hears what becomes of each message: one call for each step of its way, in the order in which they happen. A message is
 * published once, is then ready, delayed, leased or parked, and ends once.
 *
 * <pre>
 *   published ─► ready ◄──► delivered ──► parked ──► kicked, which is ready again
 *        │         ▲            │            │
 *        └► delayed┘ ◄─released─┘            └──────────────────► ended, from any of them
 * </pre>
 *
 * <p>Extending a lease, and a lease that outlives its connection, are no steps. What a purge or the deletion of a queue takes away
 * is gone for clients at once, and is told here when its memory is given back, which for more than a thousand messages takes further
 * commands; the time and the connection told are those of the purge. What an engine takes in from a snapshot is not told:
 * {@link Inspector} shows it.
 *
 * <p>Called by the thread that applies commands, during {@link StateMachine#apply}; the sink must not call the engine, but for
 * {@link Payloads#view}. Buffers hold what they hold during the call. Times are milliseconds since 1970, those of the commands.
 * Connections are numbers of the host; 0 where time, or the broker itself, has done it.
 */
public interface FateSink {
    /** Nobody who wants to know. */
    FateSink NOBODY = new FateSink() {
    };

    /**
     * A new message.
     *
     * @param queue      holds the queue's name, from its beginning to its capacity.
     * @param state      {@link MessageState#READY} or {@link MessageState#DELAYED}.
     * @param payload    to be read through {@link StateMachine#payloads} during the call; it says when it was published, too.
     * @param origin     the message that it was before, if it is a dead letter; else 0.
     * @param connection that published it; 0 for a dead letter.
     */
    default void published(
        long message, DirectBuffer queue, MessageState state, int priority, long payload, long origin, long connection) {
    }

    /** Its delay is over. */
    default void ready(long message, long atMs) {
    }

    /**
     * It was given out, and is leased. Where it was taken for good, {@link #ended} follows.
     *
     * @param attempt    how often it has been given out, with this time, since it was published or kicked.
     * @param connection that got it.
     */
    default void delivered(long message, int attempt, long connection, long atMs) {
    }

    /**
     * Its lease has ended without being settled for good, and it stays in its queue.
     *
     * @param state      {@link MessageState#READY} or {@link MessageState#DELAYED}.
     * @param connection that gave it back or was closed; 0 where the lease ended by time.
     */
    default void released(long message, MessageState state, ReleaseCause cause, long connection, long atMs) {
    }

    /**
     * It was set aside.
     *
     * @param reason     holds why, in UTF-8; empty where no reason was given.
     * @param connection as for {@link #released}.
     */
    default void parked(long message, DirectBuffer reason, int offset, int length, long connection, long atMs) {
    }

    /** It is ready again, and its attempts count from the beginning. */
    default void kicked(long message, long connection, long atMs) {
    }

    /**
     * It is gone.
     *
     * @param became     the message that it is now, if it was {@link Ending#DEAD_LETTERED}; else 0.
     * @param connection that acknowledged, purged or deleted it, or published what took its room.
     */
    default void ended(long message, Ending ending, long became, long connection, long atMs) {
    }
}
