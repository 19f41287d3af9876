package io.gmq.engine.core;

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
}
