package io.gmq.engine.ring;

import io.gmq.engine.api.Durability;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Makes commands durable in the order in which they changed the engine.
 *
 * <p>{@link #append} and {@link #commit} are called from the journal stage's thread, {@link #sync} from one other thread, also
 * while the first appends. Whatever throws here ends the process: no reply that depends on it has been sent, and recovery
 * begins from what the journal holds.
 */
public interface Journal extends AutoCloseable {
    /** The highest level this journal can give. */
    Durability levelMax();

    /**
     * Takes one command into the batch that is being built.
     *
     * @param buffer the caller's; copied before this returns.
     */
    void append(DirectBuffer buffer, int offset, int length);

    /** Writes the batch: when it returns, all that was appended has reached {@link Durability#WRITTEN}. */
    void commit();

    /**
     * Makes all that was committed before this call survive power loss: {@link Durability#SYNCED}.
     *
     * @throws IOException if the operating system says that it did not happen; it must not be tried again.
     */
    void sync() throws IOException;

    @Override
    void close();
}
