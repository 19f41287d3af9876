package io.gmq.transport.codec;

import java.util.stream.Stream;

/** Finds the known word that a mistyped one was probably meant to be. */
final class Nearest {
    private static final int LENGTH_MAX = 40;
    private static final int PREFIX_LENGTH_MIN = 3;

    private Nearest() {
    }

    /**
     * The nearest word, or {@code null} if none is near: more than a third of it would have to change, and what was typed is not
     * its beginning.
     */
    static String of(final String typed, final Stream<String> known) {
        if (typed.length() > LENGTH_MAX) {
            return null;
        }
        return known
            .filter(word -> typed.length() >= PREFIX_LENGTH_MIN && word.startsWith(typed)
                || distance(typed, word) <= Math.max(1, Math.max(word.length(), typed.length()) / 3))
            .min((a, b) -> Integer.compare(distance(typed, a), distance(typed, b)))
            .orElse(null);
    }

    /** How many characters must be put in, taken out or changed (Levenshtein, 1965), case aside. */
    private static int distance(final String a, final String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final boolean isSame = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                current[j] = Math.min(Math.min(previous[j], current[j - 1]) + 1, previous[j - 1] + (isSame ? 0 : 1));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
