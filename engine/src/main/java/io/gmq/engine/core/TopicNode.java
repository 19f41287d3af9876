package io.gmq.engine.core;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** One word of topics that have the same words before it, and who is bound there. There can be many, so it holds little. */
final class TopicNode {
    final TopicNode parent;
    /** Under which {@link Topics} finds it: of its parent and its word. */
    final long hash;
    private final byte[] word;
    /** Another node with the same hash. */
    TopicNode sameHash;
    int children;
    /** Those bound to the topic that ends here. */
    Binding exact;
    /** Those bound to whatever goes on from here. */
    Binding tail;

    TopicNode(final TopicNode parent, final long hash, final byte[] word) {
        this.parent = parent;
        this.hash = hash;
        this.word = word;
    }

    boolean is(final TopicNode itsParent, final DirectBuffer buffer, final int offset, final int length) {
        if (parent != itsParent || word.length != length) {
            return false;
        }
        int i = 0;
        while (i < length && word[i] == buffer.getByte(offset + i)) {
            i++;
        }
        return i == length;
    }

    /** Writes the words from the root to this one with dots between them, and returns their length. */
    int writeTopic(final MutableDirectBuffer buffer, final int offset) {
        if (parent == null) {
            return 0;
        }
        int length = parent.writeTopic(buffer, offset);
        if (parent.parent != null) {
            buffer.putByte(offset + length++, (byte) '.');
        }
        buffer.putBytes(offset + length, word);
        return length + word.length;
    }

    boolean isEmpty() {
        return exact == null && tail == null && children == 0;
    }

    Binding first(final boolean isTail) {
        return isTail ? tail : exact;
    }

    void add(final Binding binding) {
        final Binding next = first(binding.isTail);
        binding.nodeNext = next;
        if (next != null) {
            next.nodePrev = binding;
        }
        first(binding.isTail, binding);
    }

    void remove(final Binding binding) {
        if (binding.nodePrev == null) {
            first(binding.isTail, binding.nodeNext);
        } else {
            binding.nodePrev.nodeNext = binding.nodeNext;
        }
        if (binding.nodeNext != null) {
            binding.nodeNext.nodePrev = binding.nodePrev;
        }
    }

    private void first(final boolean isTail, final Binding binding) {
        if (isTail) {
            tail = binding;
        } else {
            exact = binding;
        }
    }
}
