package io.gmq.broker.config;

import java.util.Arrays;
import java.util.List;

/** Finds what someone who mistyped a name may have meant. */
final class Nearest {
    /** A longer word is no mistyped name, and comparing it would cost more than it tells. */
    private static final int WORD_LENGTH_MAX = 100;

    private Nearest() {
    }

    /**
     * The key that is most like this name: by a few wrong letters, by the right name in the wrong section, or by a word of its
     * name.
     *
     * @param path {@code section.name}, or only one of them.
     */
    static Key<?> key(final String path) {
        Key<?> nearest = null;
        int least = Integer.MAX_VALUE;
        for (final Key<?> key : Keys.ALL) {
            final int score = score(path, key);
            if (score < least) {
                least = score;
                nearest = key;
            }
        }
        return nearest;
    }

    /** The end of an error's line: the key as its reader would write it. */
    static String hint(final String path, final Key<?> key, final String shown) {
        return hint(path, shown, score(path, key));
    }

    static String sectionHint(final String word) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (final String section : Keys.SECTIONS) {
            final int distance = distance(word, section);
            if (distance < least) {
                least = distance;
                nearest = section;
            }
        }
        return hint(word, nearest, least);
    }

    private static String hint(final String word, final String shown, final int score) {
        final boolean close = score <= Math.max(2, word.length() / 3);
        return close ? "; did you mean '" + shown + "'?" : "; the nearest known one is '" + shown + "'";
    }

    private static int score(final String path, final Key<?> key) {
        final int dot = path.indexOf('.');
        final String name = path.substring(dot + 1);
        final int elsewhere = dot >= 0 && path.substring(0, dot).equals(key.section()) ? 0 : 1;
        final int whole = distance(path.replace('.', '_'), key.path().replace('.', '_'));
        final int wrongSection = distance(name, key.name()) + elsewhere;
        final boolean credible = wrongSection <= 1 + name.length() / 4;
        final int score = credible ? Math.min(whole, wrongSection) : whole;
        return hasWords(key.name(), name) ? Math.min(score, 2 + elsewhere) : score;
    }

    /** Whether all words of one name are among those of the other. */
    private static boolean hasWords(final String name, final String part) {
        final List<String> words = Arrays.asList(name.split("_"));
        return !part.isEmpty() && words.containsAll(Arrays.asList(part.split("_")));
    }

    /**
     * The fewest insertions, deletions, replacements and swaps of neighbours that make one of the other: the restricted
     * Damerau-Levenshtein distance.
     */
    static int distance(final String word, final String known) {
        final String start = word.length() > WORD_LENGTH_MAX ? word.substring(0, WORD_LENGTH_MAX) : word;
        final int[][] cost = new int[start.length() + 1][known.length() + 1];
        for (int i = 0; i <= start.length(); i++) {
            for (int j = 0; j <= known.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, start, known, i, j);
            }
        }
        return cost[start.length()][known.length()];
    }

    private static int step(final int[][] cost, final String left, final String right, final int i, final int j) {
        final char last = left.charAt(i - 1);
        final int replaced = cost[i - 1][j - 1] + (last == right.charAt(j - 1) ? 0 : 1);
        final int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        final boolean swapped = i > 1 && j > 1 && last == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
