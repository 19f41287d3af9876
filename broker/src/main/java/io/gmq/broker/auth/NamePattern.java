package io.gmq.broker.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pattern over the names of queues and topics, as in bindings: words are parted by dots, {@code *} is any one word, a last {@code >} any
 * one or more. It covers a name that is itself a pattern, the topic of a binding, only if it covers all that one stands for:
 * {@code a.*} does not cover {@code a.>}.
 *
 * <p>Immutable, for any thread; allocates nothing to match.
 */
final class NamePattern {
    private static final int LENGTH_MAX = 255;
    private static final byte[] ANY_WORD = {'*'};
    private static final byte[] ANY_REST = {'>'};

    private final String text;
    private final byte[][] words;

    private NamePattern(final String text, final byte[][] words) {
        this.text = text;
        this.words = words;
    }

    /** @throws UsersException if it is none. */
    static NamePattern parse(final String text) {
        final String problem = problem(text);
        if (problem != null) {
            throw new UsersException("the pattern '" + Shown.text(text) + "' " + problem);
        }
        final String[] parts = text.split("\\.");
        final byte[][] words = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            words[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        }
        return new NamePattern(text, words);
    }

    private static String problem(final String text) {
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > LENGTH_MAX) {
            return "must have 1 to " + LENGTH_MAX + " bytes";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return "has a control character";
        }
        if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
            return "has an empty word; words are parted by single dots";
        }
        return text.startsWith(">.") || text.contains(".>.") ? "has '>' before its end; it stands for all words that follow" : null;
    }

    /** @param name begins with the name, in UTF-8. */
    boolean covers(final byte[] name, final int length) {
        int at = 0;
        for (final byte[] word : words) {
            if (at > length) {
                return false;
            }
            if (Arrays.equals(word, ANY_REST)) {
                return true;
            }
            final int end = endOfWord(name, at, length);
            final boolean isCovered = Arrays.equals(word, ANY_WORD)
                ? end - at != 1 || name[at] != '>'
                : Arrays.equals(word, 0, word.length, name, at, end);
            if (!isCovered) {
                return false;
            }
            at = end + 1;
        }
        return at > length;
    }

    private static int endOfWord(final byte[] name, final int from, final int length) {
        int end = from;
        while (end < length && name[end] != '.') {
            end++;
        }
        return end;
    }

    @Override
    public String toString() {
        return text;
    }
}
