package io.gmq.broker.torture;

import java.util.SplittableRandom;

/** The texts of messages: a name that occurs once in a campaign, and as much behind it as follows from the name. */
final class Texts {
    private static final char END_OF_NAME = '|';
    private static final int LENGTH_MAX = 250;
    private static final int LONG_LENGTH_MAX = 3000;
    private static final int LONG_ONE_IN = 50;

    private Texts() {
    }

    /** The whole text for a name. */
    static String of(final String name) {
        final SplittableRandom random = new SplittableRandom(hash(name));
        final int length = random.nextInt(LONG_ONE_IN) == 0 ? random.nextInt(LONG_LENGTH_MAX) : random.nextInt(LENGTH_MAX);
        final StringBuilder text = new StringBuilder(name.length() + length + 1).append(name).append(END_OF_NAME);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** The name in a text; a violation where the rest does not follow from it. */
    static String nameIn(final String text) {
        final int end = text.indexOf(END_OF_NAME);
        final String name = end < 0 ? text : text.substring(0, end);
        if (!of(name).equals(text)) {
            throw new Violation("the text of a message is not what was sent: '" + text + "'");
        }
        return name;
    }

    /** 64 bits of a string: of two different ones practically never the same. */
    static long hash(final String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }
}
