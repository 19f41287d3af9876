package io.gmq.broker.config;

/**
 * Where an effective value came from.
 *
 * @param origin the kind of place.
 * @param name   the file as it was given, the environment variable, the flag; empty for a default.
 */
public record Source(Origin origin, String name) {
    /** The kinds of places, each stronger than those before it. */
    public enum Origin {
        DEFAULT("default"),
        FILE("file"),
        ENVIRONMENT("env"),
        FLAG("flag");

        private final String word;

        Origin(final String word) {
            this.word = word;
        }
    }

    static final Source DEFAULT = new Source(Origin.DEFAULT, "");

    static Source file(final String file) {
        return new Source(Origin.FILE, file);
    }

    static Source environment(final String variable) {
        return new Source(Origin.ENVIRONMENT, variable);
    }

    static Source flag(final String flag) {
        return new Source(Origin.FLAG, flag);
    }

    /** As people read it: {@code default}, {@code file gmq.json}, {@code env GMQ_NETWORK_PORT}, {@code flag --port}. */
    @Override
    public String toString() {
        return name.isEmpty() ? origin.word : origin.word + " " + name;
    }
}
