package io.gmq.transport.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** The words that one member can have for its value, found without making a string of what was read. */
final class Words {
    private final byte[][] words;
    private final String choice;

    private Words(final String... words) {
        this.words = Stream.of(words).map(word -> word.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        final int last = words.length - 1;
        choice = String.join(", ", Arrays.copyOf(words, last)) + " or " + words[last];
    }

    /** Two words or more; each is known by its place from 0 on. */
    static Words of(final String... words) {
        return new Words(words);
    }

    /** Which word it is, or -1 for none. */
    int find(final byte[] in, final int length) {
        for (int i = 0; i < words.length; i++) {
            if (Arrays.equals(words[i], 0, words[i].length, in, 0, length)) {
                return i;
            }
        }
        return -1;
    }

    /** All of them, for people. */
    String choice() {
        return choice;
    }
}
