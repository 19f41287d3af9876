package io.gmq.transport.tcp;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * What one client has sent of a long frame, or of many frames that have to wait: bytes in {@link InputBlock}s, taken from the front and
 * added behind. The memory is {@link PendingInput}'s. Belongs to one selector's thread.
 */
final class StoredInput {
    private final ArrayDeque<InputBlock> blocks = new ArrayDeque<>();
    /** What has been taken of the first block. */
    private int taken;

    /** The block that more goes into, or {@code null} if there is none with room. */
    InputBlock open() {
        final InputBlock last = blocks.peekLast();
        return last == null || !last.view.hasRemaining() ? null : last;
    }

    void add(final InputBlock block) {
        blocks.add(block);
    }

    /** Copies all there is to the beginning of an array. */
    void copyTo(final byte[] to) {
        int at = 0;
        int skipped = taken;
        for (final InputBlock block : blocks) {
            final int length = block.view.position() - skipped;
            block.bytes.getBytes(skipped, to, at, length);
            at += length;
            skipped = 0;
        }
    }

    /** Takes bytes from the front; {@code emptied} gets the blocks in which nothing is left. */
    void take(final int length, final Consumer<InputBlock> emptied) {
        int left = length;
        while (!blocks.isEmpty() && left >= blocks.peek().view.position() - taken) {
            final InputBlock first = blocks.poll();
            left -= first.view.position() - taken;
            taken = 0;
            emptied.accept(first);
        }
        taken += left;
    }
}
