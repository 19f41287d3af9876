package io.gmq.bench.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.WritableByteChannel;

/** A connection that consumes. */
final class Consumer extends Link {
    private static final int OUTPUT_BYTES = 64 << 10;

    private final ConsumeSide side;
    private final Output output = new Output(OUTPUT_BYTES);

    Consumer(final Endpoint endpoint, final Selector selector, final ConsumeSide side) {
        super(endpoint, selector, side);
        this.side = side;
        output.put(side.opening());
    }

    /** Settles, and asks for more. */
    void advance(final long available) {
        side.write(output, available);
    }

    @Override
    void onRead(final Tally tally) {
        // The tally has all there is to know.
    }

    @Override
    int write(final WritableByteChannel to) throws IOException {
        return output.flush(to);
    }

    @Override
    boolean hasOutput() {
        return output.length() > 0;
    }

    ConsumeSide side() {
        return side;
    }
}
