package io.gmq.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes on their way to a socket: appended at the end, written from the beginning. Grows when it must. Belongs to one thread. */
public final class Output {
    private static final int DIGITS_MAX = 20;

    private ByteBuffer bytes;
    private final UnsafeBuffer view;
    private int from;
    private int to;

    /** With room for so many bytes at first. */
    public Output(final int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
        view = new UnsafeBuffer(bytes);
    }

    /** What it is in; changes when it grows. */
    public MutableDirectBuffer buffer() {
        return view;
    }

    /** Bytes that wait. */
    public int length() {
        return to - from;
    }

    /** Makes room for so many more bytes, and says where they go; {@link #advance} counts them in. */
    public int claim(final int length) {
        if (to + length > view.capacity()) {
            makeRoom(length);
        }
        return to;
    }

    private void makeRoom(final int length) {
        final int held = to - from;
        ByteBuffer larger = bytes;
        if (held + length > bytes.capacity() / 2) {
            larger = ByteBuffer.allocateDirect(Math.max(2 * bytes.capacity(), 2 * (held + length)));
        }
        bytes.limit(to).position(from);
        if (larger == bytes) {
            bytes.compact();
        } else {
            larger.put(bytes);
            bytes = larger;
            view.wrap(bytes);
        }
        from = 0;
        to = held;
    }

    /** So many bytes have been put where {@link #claim} said. */
    public void advance(final int length) {
        to += length;
    }

    /** Appends bytes. */
    public Output put(final byte[] what) {
        view.putBytes(claim(what.length), what);
        to += what.length;
        return this;
    }

    /** Appends a number in decimal digits. */
    public Output putNumber(final long value) {
        final int at = claim(DIGITS_MAX);
        to = at + view.putLongAscii(at, value);
        return this;
    }

    /** What waits, as text, taken out; for tests. */
    String take() {
        final String text = view.getStringWithoutLengthAscii(from, to - from);
        from = to;
        return text;
    }

    /** Writes what the socket takes, and says how much that was. */
    public int flush(final WritableByteChannel channel) throws IOException {
        if (from == to) {
            return 0;
        }
        bytes.limit(to).position(from);
        final int written = channel.write(bytes);
        from += written;
        bytes.clear();
        if (from == to) {
            from = 0;
            to = 0;
        }
        return written;
    }
}
