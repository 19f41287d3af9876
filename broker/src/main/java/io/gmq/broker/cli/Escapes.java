package io.gmq.broker.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Makes visible what must not reach a terminal as it is: control characters can move the cursor, change titles and keys; characters of
 * direction and format can make a text look like another.
 */
final class Escapes {
    private Escapes() {
    }

    /** One line that plays no tricks: {@code \n}, <code>&#92;u001b</code> and the like for what would. */
    static String line(final String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        if (i == text.length()) {
            return text;
        }
        final StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, i);
        text.codePoints().skip(text.codePointCount(0, i)).forEach(c -> append(line, c));
        return line.toString();
    }

    private static boolean isPlain(final int codePoint) {
        if (codePoint >= 0x20 && codePoint < 0x7F) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void append(final StringBuilder line, final int codePoint) {
        if (isPlain(codePoint)) {
            line.appendCodePoint(codePoint);
            return;
        }
        switch (codePoint) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> line.append(String.format(codePoint > 0xFFFF ? "\\U%08x" : "\\u%04x", codePoint));
        }
    }

    /** Bytes as text, with {@code \x..} for each that is no UTF-8. */
    static String decode(final byte[] bytes) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer out = CharBuffer.allocate(bytes.length);
        final StringBuilder text = new StringBuilder(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            text.append(out.flip());
            out.clear();
            for (int i = 0; i < result.length(); i++) {
                text.append(String.format("\\x%02x", in.get()));
            }
            decoder.reset();
            result = decoder.decode(in, out, true);
        }
        return text.append(out.flip()).toString();
    }

    static boolean isUtf8(final byte[] bytes) {
        return !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), true).isError();
    }
}
