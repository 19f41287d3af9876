package io.gmq.transport.codec;

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
            if (isObjectEnded) {
                // something follows it
                depth = 1;
                break;
            }
            scan(bytes[at]);
        }
        objectScanned = to - from;
        return isObjectEnded && depth == 0;
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
