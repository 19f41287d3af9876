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
     * @return whether the command must be recorded: the state, and with it the {@link #digest}, changed, or the command is a mark
     *     of the host's in its records ({@link CommandType#CHECKPOINT}, {@link CommandType#DIGEST}).
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

    /**
     * Begins to tell the whole state as it is after the command applied last. What is small is told before this returns, messages
     * by {@link #continueCheckpoint}; commands may be applied in between, and do not change what is told. A checkpoint that was
     * begun before is abandoned.
     */
    void beginCheckpoint(SnapshotSink sink);

    /**
     * Goes on telling.
     *
     * @param messages about how many to look at.
     * @return whether all has been told.
     */
    boolean continueCheckpoint(int messages);

    /** Ends a checkpoint, told or not: lets go of the sink, and no longer minds what changes. */
    void endCheckpoint();

    /** What {@link #digest} was when the checkpoint began, once all has been told. */
    long checkpointDigest();

    /**
     * Takes in one entry that another engine has told, in the order of telling. Only for an engine to which nothing was applied.
     *
     * @throws IllegalArgumentException if the bytes are no entry.
     */
    void restore(DirectBuffer buffer, int offset, int length);

    /** Ends the taking in of entries: from here on the state is that of the other engine, and commands can be applied. */
    void endRestore();

    /** What all held messages count together: their payloads and headers, and {@link Limits#MESSAGE_OVERHEAD} each. */
    long heldBytes();

    /** For tools that look into the state. */
    Inspector inspector();

    /** Where to read payloads that effects name; may be used from the thread that reads the effects. */
    Payloads payloads();
}
