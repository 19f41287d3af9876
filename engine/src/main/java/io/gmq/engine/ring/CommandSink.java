package io.gmq.engine.ring;

import org.agrona.DirectBuffer;

/** Where one thread hands in commands. Each producing thread has its own. */
public interface CommandSink {
    /**
     * Hands in one command; it is copied before this returns.
     *
     * @param origin     whoever it came from, handed to the last stage; {@code null} for the host itself.
     * @param replyBytes bytes set aside for the reply, handed to the last stage.
     * @return whether it was taken. If not, the ring is full: the caller stops reading and tries again later.
     */
    boolean offer(DirectBuffer buffer, int offset, int length, Object origin, int replyBytes);

    /** Tells the stages that there is work: called once after a run of {@link #offer}. */
    void flush();
}
