package io.gmq.broker.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines as bytes, whatever they are; a line ends with LF, CR LF or the end of the input. */
final class LineReader {
    private static final int LINE_LENGTH_MAX = 64 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int limit;

    LineReader(final InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or {@code null} if there is none. */
    byte[] next() throws IOException {
        line.reset();
        while (true) {
            if (position == limit) {
                limit = Math.max(0, in.read(buffer));
                position = 0;
                if (limit == 0) {
                    return line.size() == 0 ? null : line.toByteArray();
                }
            }
            final int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, start, position - start);
            if (line.size() > LINE_LENGTH_MAX) {
                throw new IOException("a line of input is longer than " + LINE_LENGTH_MAX + " bytes");
            }
            if (position < limit) {
                position++;
                return withoutCarriageReturn(line.toByteArray());
            }
        }
    }

    private static byte[] withoutCarriageReturn(final byte[] bytes) {
        final int length = bytes.length;
        return length > 0 && bytes[length - 1] == '\r' ? java.util.Arrays.copyOf(bytes, length - 1) : bytes;
    }
}
