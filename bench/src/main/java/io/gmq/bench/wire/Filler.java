package io.gmq.bench.wire;

import java.util.Random;

/** What messages consist of behind their stamp: letters, the same in every run. */
public final class Filler {
    private static final int LETTERS = 16;

    private Filler() {
    }

    /** So many letters from {@code a} to {@code p}, as stamps have them: text that no protocol has to escape. */
    public static byte[] letters(final int length) {
        final byte[] bytes = new byte[length];
        final Random random = new Random(1);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(LETTERS));
        }
        return bytes;
    }
}
