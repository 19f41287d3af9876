package io.gmq.transport.codec;

import org.agrona.DirectBuffer;

/**
 * Finds the ends of frames in the bytes of one connection, looking at each byte once however many reads a frame takes. Also
 * notices when the first thing on a connection is an object that is complete without an LF, as the original's clients send it.
 */
public final class FrameScanner {
    /** How far behind the start of the current frame there is no LF. */
    private int scanned;
    private int objectScanned;
    private int depth;
    private boolean isInString;
    private boolean isEscaped;
    private boolean isObjectEnded;

    /**
     * Looks for the end of the frame that begins at {@code from}.
     *
     * @return the place of its LF, or -1 if that has not arrived yet.
     */
    public int frameEnd(final byte[] bytes, final int from, final int to) {
        final int lf = Swar.indexOfLf(bytes, from + scanned, to);
        if (lf == to) {
            scanned = to - from;
            return -1;
        }
        return lf;
    }

    /** Whether so many bytes of the current frame have been looked at, and its end was not among them. */
    public boolean hasSeen(final int length) {
        return scanned == length;
    }

    /** Whether the current frame ends in bytes that follow those that have been looked at. */
    public boolean endsFrame(final DirectBuffer bytes, final int from, final int to) {
        if (Swar.indexOfLf(bytes, from, to) < to) {
            return true;
        }
        scanned += to - from;
        return false;
    }

    /** As {@link #isWholeObject}, of bytes that follow those that have been looked at and have no LF either. */
    public boolean endsObject(final DirectBuffer bytes, final int from, final int to) {
        for (int at = from; at < to; at++) {
            scanNext(bytes.getByte(at));
        }
        objectScanned += to - from;
        return isObjectEnded && depth == 0;
    }

    /** The frame has been dealt with; the next one begins behind it. */
    public void next() {
        scanned = 0;
        objectScanned = 0;
        depth = 0;
        isInString = false;
        isEscaped = false;
        isObjectEnded = false;
    }

    /**
     * Whether what has arrived, without an LF, is one whole object and nothing more. Only brackets and strings are looked at:
     * it may still be no JSON.
     */
    public boolean isWholeObject(final byte[] bytes, final int from, final int to) {
        for (int at = from + objectScanned; at < to; at++) {
            scanNext(bytes[at]);
        }
        objectScanned = to - from;
        return isObjectEnded && depth == 0;
    }

    private void scanNext(final byte b) {
        if (isObjectEnded) {
            depth = 1; // something follows it
        } else {
            scan(b);
        }
    }

    private void scan(final byte b) {
        if (isInString) {
            if (isEscaped) {
                isEscaped = false;
            } else if (b == '\\') {
                isEscaped = true;
            } else if (b == '"') {
                isInString = false;
            }
        } else if (b == '"') {
            isInString = true;
        } else if (b == '{' || b == '[') {
            depth++;
        } else if (b == '}' || b == ']') {
            isObjectEnded = --depth == 0;
        }
    }

    /** Whether a line holds nothing but white space. */
    public static boolean isBlank(final byte[] bytes, final int from, final int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') {
                return false;
            }
        }
        return true;
    }
}
