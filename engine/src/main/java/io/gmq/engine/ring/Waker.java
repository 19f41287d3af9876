package io.gmq.engine.ring;

/** Wakes a thread that may be parked because it had nothing to do. Cheap when it is not. */
@FunctionalInterface
public interface Waker {
    /** For stages that share a thread: nobody sleeps. */
    Waker NONE = () -> { };

    /** Called after the work has been made visible, by any thread. */
    void wake();
}
