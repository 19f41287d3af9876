package io.gmq.engine.core;

import org.agrona.concurrent.UnsafeBuffer;

/** What is remembered of one producer: its last accepted sequence, and what was answered to it. Pooled by {@link Producers}. */
final class Producer {
    final UnsafeBuffer name = new UnsafeBuffer(new byte[0]);
    byte[] bytes = new byte[0];
    long hash;
    long sequence;
    long firstMessage;
    int count;
    Producer sameHash;
    /** Whose last accepted publish was just before and just after this one's. */
    Producer older;
    Producer newer;
}
