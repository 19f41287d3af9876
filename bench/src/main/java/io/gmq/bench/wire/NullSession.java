package io.gmq.bench.wire;

import io.gmq.bench.load.Output;
import org.agrona.DirectBuffer;

/** One connection of a {@link NullServer}. */
abstract class NullSession {
    private static final int OUTPUT_BYTES = 512 << 10;

    private final Output out = new Output(OUTPUT_BYTES);

    final Output out() {
        return out;
    }

    /** Reads requests and answers them; returns the end of what it has consumed. */
    abstract int read(DirectBuffer in, int from, int to);

    /** After each round of reads: hands out what has come for it. */
    void handOut() {
    }

    /** The connection is gone. */
    void closed() {
    }
}
