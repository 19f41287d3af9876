package io.gmq.bench.wire;

import org.agrona.DirectBuffer;

/** What the server of NATS says beside messages, a line each. */
final class NatsLines {
    private static final int SHORTEST = 3;

    private boolean isOpen;
    private int pings;

    /** PONG has come. */
    boolean isOpen() {
        return isOpen;
    }

    /** Takes the PINGs that are to be answered. */
    int takePings() {
        final int count = pings;
        pings = 0;
        return count;
    }

    /** Reads one line, and gives what is behind it; {@code from} where not all of it has come. */
    int read(final DirectBuffer in, final int from, final int to) {
        final int end = Scan.indexOfLf(in, from, to);
        if (end == to) {
            return from;
        }
        final byte first = end - from < SHORTEST ? 0 : in.getByte(from);
        if (first == 'P') {
            isOpen |= in.getByte(from + 1) == 'O';
            pings += in.getByte(from + 1) == 'I' ? 1 : 0;
        } else if (first != 'I' && first != '+') {
            throw Scan.unexpected("the server says", in, from, to);
        }
        return end + 1;
    }
}
