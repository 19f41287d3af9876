package io.gmq.engine.ring;

/**
 * Who wakes the thread of which part; parts that share a thread share its waker, and a thread need not wake itself.
 *
 * @param logic   the thread of the logic stage.
 * @param journal the thread of the journal stage.
 * @param egress  the thread of the last stage, as others than the journal stage's see it.
 * @param room    the threads that hand commands in and had to wait because the ring was full.
 * @param sync    the thread of the syncer.
 * @param ticker  the thread of the ticker.
 */
public record Wakers(Waker logic, Waker journal, Waker egress, Waker room, Waker sync, Waker ticker) {
}
