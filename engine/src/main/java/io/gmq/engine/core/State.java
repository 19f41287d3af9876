package io.gmq.engine.core;

/** All nouns of the engine: the whole state, as far as it is not the time. */
record State(
    Current current, MessageStore store, QueueTable queues, Topics topics, Producers producers, Sessions sessions, Consumers consumers,
    Waiters waiters, Deadlines deadlines, Touched touched) {
}
