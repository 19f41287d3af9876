package io.gmq.engine.core;

import io.gmq.engine.api.ReplyTo;

/** Who wants messages of a queue, and how they are to be given: a take, or a consumer. */
abstract class Taker {
    final ReplyTo to = new ReplyTo();
    MessageQueue queue;
    Session session;
    int bytesMax;
    int expansion;
    long leaseMs;
    boolean keep;
    boolean isInLine;
    Taker lineNext;
    Taker linePrev;
}
