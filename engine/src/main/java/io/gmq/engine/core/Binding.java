package io.gmq.engine.core;

import org.agrona.MutableDirectBuffer;

/** A queue bound to a topic: a link between a node of {@link Topics} and a queue, in the lists of both. */
final class Binding {
    final TopicNode node;
    final boolean isTail;
    final MessageQueue queue;
    Binding nodeNext;
    Binding nodePrev;
    Binding queueNext;
    Binding queuePrev;

    Binding(final TopicNode node, final boolean isTail, final MessageQueue queue) {
        this.node = node;
        this.isTail = isTail;
        this.queue = queue;
    }

    /** Writes the topic that it is bound to and returns its length. */
    int writeTopic(final MutableDirectBuffer buffer, final int offset) {
        final int length = node.writeTopic(buffer, offset);
        if (!isTail) {
            return length;
        }
        final int dot = length == 0 ? 0 : 1;
        buffer.putByte(offset + length, (byte) '.');
        buffer.putByte(offset + length + dot, (byte) '>');
        return length + dot + 1;
    }
}
