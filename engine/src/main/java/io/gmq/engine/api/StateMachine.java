package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/**
 * The engine as its hosts see it: a function from commands to effects and state. It has no clock, no thread, no I/O and no
 * randomness, so the same commands give the same effects and the same {@link #digest} in any process on any day. All methods
 * are called from one thread.
 */
public interface StateMachine {
    /**
     * Applies one command.
     *
     * @param sequence the command's place in the host's order; grows from call to call.
     * @param buffer   holds the command, a {@link CommandHeader} and its body; the caller's, and not kept.
     * @param effects  hears what it did.
     * @return whether the state, and with it the {@link #digest}, changed: only then must the command be recorded.
     * @throws IllegalArgumentException if the bytes are no command: a fault of the host, never of a client.
     */
    boolean apply(long sequence, DirectBuffer buffer, int offset, int length, EffectSink effects);

    /**
     * When the host must give the next {@link CommandType#TICK}.
     *
     * @return milliseconds since 1970 on the clock of the commands' timestamps; {@link Long#MAX_VALUE} for never, and a time
     *     that has passed where work was left over.
     */
    long nextDeadlineMs();

    /**
     * Says that the effects of all commands up to {@code sequence} have been read, so that the payload blocks they freed may
     * be used again.
     */
    void reclaim(long sequence);

    /** A hash over the whole state, the same for the same state however it came about. Walks everything: not for hot paths. */
    long digest();

    /**
     * The highest connection number that the state knows. A host that starts gives higher ones only, since the connections of
     * the process before may still be handing back what they held.
     */
    long highestConnection();

    /** Messages that take memory: those held in all queues and states, and those that are purged or deleted and not cleared away yet. */
    long messages();

    /** Where to read payloads that effects name; may be used from the thread that reads the effects. */
    Payloads payloads();
}
