package io.gmq.engine.ring;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.StorageState;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * Makes commands durable in the order in which they changed the engine.
 *
 * <p>Several threads call it: that of the logic stage, that of the journal stage, one that syncs, one that runs the {@link #keeper},
 * and each says so below; {@link #close} comes when all have stopped. Whatever throws here ends the process: no reply that depends
 * on it has been sent, and recovery begins from what the journal holds.
 */
public interface Journal extends AutoCloseable {
    /** The highest level this journal can give. */
    Durability levelMax();

    /** The level that {@link #commit} gives; what is above it, {@link #sync} does. */
    Durability levelAtCommit();

    /**
     * The journal stage's: whether {@link #append} may be called once more. If not, there is no room on disk, and the stage waits:
     * the ring fills, and sockets are no longer read, until there is some.
     */
    boolean hasRoom();

    /**
     * The journal stage's: takes one command into the batch that is being built.
     *
     * @param buffer the caller's; copied before this returns.
     */
    void append(DirectBuffer buffer, int offset, int length);

    /** The journal stage's: the command appended last is the {@link CommandType#CHECKPOINT} that {@link #beginCheckpoint} was called for. */
    void markCheckpoint();

    /** The journal stage's: hands in the batch. When it returns, all that was appended has reached {@link #levelAtCommit}. */
    void commit();

    /**
     * The syncing thread's: makes all that was committed before this call reach {@link #levelMax}, however long that takes.
     *
     * @return whether it has; it has not only after {@link #giveUp}.
     * @throws IOException if the operating system says that it did not happen; it must not be tried again.
     */
    boolean sync() throws IOException;

    /** Any thread's: the process ends, so a {@link #sync} that fails for something outside of it is not to try again. */
    void giveUp();

    /** The thread's that runs the {@link JournalWatch}: what can be stored now. */
    StorageState storage();

    /** Any thread's: whether it is time for a {@link CommandType#CHECKPOINT}. */
    boolean isCheckpointDue();

    /** The logic stage's: where to tell the state at the checkpoint that begins now. Ends {@link #isCheckpointDue}. */
    Checkpoint beginCheckpoint();

    /**
     * The logic stage's, at the end of each batch: what there would be to tell.
     *
     * @param messages held.
     * @param bytes    that they count, as {@link io.gmq.engine.api.StateMachine#heldBytes} says.
     */
    void onHeld(long messages, long bytes);

    /**
     * Does what takes time and nobody waits for: allocates what will be written to, stores snapshots, deletes what is no longer
     * needed. Has a thread of its own. What it throws ends the process.
     */
    Agent keeper();

    @Override
    void close();
}
