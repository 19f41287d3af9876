package io.gmq.bench.jmh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** A request to publish one message, of a given length from its brace to its LF, and what it carries. */
final class PublishFrame {
    private static final String BEGIN = "{\"operation\":\"publish\",\"queue\":\"orders";
    private static final String END = "\"}\n";
    private static final int BASE64_UNIT = 4;
    private static final int BASE64_BYTES = 3;

    /** The frame, its LF included. */
    final byte[] bytes;
    /** The message in it. */
    final byte[] payload;

    private PublishFrame(final String frame, final byte[] payload) {
        bytes = frame.getBytes(StandardCharsets.UTF_8);
        this.payload = payload;
    }

    /** @param frameBytes of the whole frame, the LF counted; from 128 on. */
    static PublishFrame of(final Content content, final int frameBytes) {
        final PublishFrame frame = content == Content.PAYLOAD ? ofBytes(frameBytes) : ofText(content, frameBytes);
        if (frame.bytes.length != frameBytes) {
            throw new IllegalStateException("a frame of " + frame.bytes.length + " bytes, not " + frameBytes);
        }
        return frame;
    }

    /** The queue's name is as long as it takes for the rest to be base64 without padding. */
    private static PublishFrame ofBytes(final int frameBytes) {
        final String middle = "\",\"payload\":\"";
        final int free = frameBytes - BEGIN.length() - middle.length() - END.length();
        final byte[] payload = Content.PAYLOAD.bytes(free / BASE64_UNIT * BASE64_BYTES);
        final String base64 = Base64.getEncoder().encodeToString(payload);
        return new PublishFrame(BEGIN + "-".repeat(free % BASE64_UNIT) + middle + base64 + END, payload);
    }

    private static PublishFrame ofText(final Content content, final int frameBytes) {
        final String middle = "\",\"text\":\"";
        final int free = frameBytes - BEGIN.length() - middle.length() - END.length();
        final StringBuilder escaped = new StringBuilder(free);
        final StringBuilder plain = new StringBuilder(free);
        int left = free;
        while (left >= content.escapedLength()) {
            escaped.append(content.escaped);
            plain.append(content.plain);
            left -= content.escapedLength();
        }
        final String rest = "x".repeat(left);
        return new PublishFrame(BEGIN + middle + escaped + rest + END, (plain + rest).getBytes(StandardCharsets.UTF_8));
    }

    /** What messages consist of. */
    enum Content {
        /** Any bytes, sent as base64. */
        PAYLOAD("", ""),
        /** Letters and spaces, sent as a string. */
        TEXT("The quick brown fox jumps over the lazy dog ", "The quick brown fox jumps over the lazy dog "),
        /** Letters of several alphabets, and what a string has to escape. */
        ESCAPED("Z\u00fcrich said \\\"\u4e16\u754c\\\" \\u00e9t\\u00e9\\n\ud83d\ude00, and went on; ",
            "Z\u00fcrich said \"\u4e16\u754c\" \u00e9t\u00e9\n\ud83d\ude00, and went on; ");

        private final String escaped;
        private final String plain;

        Content(final String escaped, final String plain) {
            this.escaped = escaped;
            this.plain = plain;
        }

        static Content of(final String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        private int escapedLength() {
            return escaped.getBytes(StandardCharsets.UTF_8).length;
        }

        /** A message of so many bytes. */
        byte[] bytes(final int length) {
            if (this == PAYLOAD) {
                final byte[] bytes = new byte[length];
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) (i * 31 + 7);
                }
                return bytes;
            }
            final byte[] unit = plain.getBytes(StandardCharsets.UTF_8);
            final byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 'x');
            for (int at = 0; at + unit.length <= length; at += unit.length) {
                System.arraycopy(unit, 0, bytes, at, unit.length);
            }
            return bytes;
        }
    }
}
