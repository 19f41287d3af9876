package io.gmq.engine.api;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Looks into an engine's state and changes nothing. Called from the thread that applies commands. */
public interface Inspector {
    /** The time of the last command that changed anything, milliseconds since 1970. */
    long nowMs();

    /** The id that the next message gets. */
    long nextMessage();

    /**
     * Looks at one message.
     *
     * @param view filled in, if there is such a message.
     * @return whether there is.
     */
    boolean message(long message, MessageView view);

    /** Looks at all messages of a queue in one state in the order in which they would be given out; the view is reused. */
    void messages(DirectBuffer name, int offset, int length, MessageState state, Consumer<MessageView> looker);

    /** Names of all queues, in their order; the buffer holds one name, from its beginning to its capacity. */
    void queues(Consumer<DirectBuffer> looker);
}
