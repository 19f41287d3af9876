package io.gmq.bench.attack;

import java.io.IOException;

/** One way of being a nuisance. Runs in a process of its own, with one thread. */
interface Attack {
    /** Its name, for people and on the command line. */
    String name();

    /** What it does, with its figures. */
    String what();

    /**
     * Does so until it is told to stop. A connection that the broker ends is opened again.
     *
     * @throws IOException if it cannot go on, which is no success of the broker.
     */
    void run(Target target) throws IOException;
}
