package io.gmq.transport.codec;

/** What a topic may look like: words parted by dots, none of them empty; in bindings also {@code *} and a last {@code >}. */
final class Topic {
    private Topic() {
    }

    /** What is wrong with the topic of a binding, or {@code null}. */
    static String problemOfBinding(final Name topic) {
        return problem(topic, true);
    }

    /** What is wrong with the topic of a publish, or {@code null}. */
    static String problemOfPublish(final Name topic) {
        return problem(topic, false);
    }

    private static String problem(final Name topic, final boolean isBinding) {
        final byte[] bytes = topic.bytes();
        int from = 0;
        for (int at = 0; at <= topic.length(); at++) {
            if (at < topic.length() && bytes[at] != '.') {
                continue;
            }
            if (at == from) {
                return "has an empty word; words are parted by single dots";
            }
            if (at == from + 1 && !isBinding && (bytes[from] == '*' || bytes[from] == '>')) {
                return "has the word '" + (char) bytes[from] + "', which only the topic of a binding may have";
            }
            if (at == from + 1 && bytes[from] == '>' && at < topic.length()) {
                return "has '>' before its end; it stands for all words that follow";
            }
            from = at + 1;
        }
        return null;
    }
}
