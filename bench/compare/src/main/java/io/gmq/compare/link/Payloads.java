package io.gmq.compare.link;

import java.util.Random;

/** Payloads of letters that begin with the message's number, as 16 hexadecimal digits: text for those who tell it from bytes. */
public final class Payloads {
    /** The shortest that hold their number. */
    public static final int LENGTH_MIN = 16;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int LETTERS = 26;

    private final byte[] template;

    /** Payloads of a length in bytes, at least {@link #LENGTH_MIN}. */
    public Payloads(final int length) {
        if (length < LENGTH_MIN) {
            throw new IllegalArgumentException("messages of " + length + " bytes, must be " + LENGTH_MIN + " at least");
        }
        template = new byte[length];
        final Random random = new Random(1);
        for (int i = 0; i < length; i++) {
            template[i] = (byte) ('a' + random.nextInt(LETTERS));
        }
    }

    /** A new one. */
    public byte[] of(final long number) {
        final byte[] payload = template.clone();
        long rest = number;
        for (int i = LENGTH_MIN - 1; i >= 0; i--) {
            payload[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
        return payload;
    }

    static long number(final byte[] payload) {
        long number = 0;
        for (int i = 0; i < LENGTH_MIN; i++) {
            number = number << 4 | Character.digit(payload[i], 16);
        }
        return number;
    }

    static long number(final String payload) {
        long number = 0;
        for (int i = 0; i < LENGTH_MIN; i++) {
            number = number << 4 | Character.digit(payload.charAt(i), 16);
        }
        return number;
    }
}
