package io.gmq.compare.run;

/** Figures that may be compared with each other. */
public enum Table {
    /** The same load generator for all. */
    RAW("raw"),
    /** Each by its official Java client. */
    JAVA("java"),
    /** One message in flight, by the same load generator for all. */
    RAW_ONE_IN_FLIGHT("raw-one-in-flight"),
    /** One message in flight, by the official Java client. */
    JAVA_ONE_IN_FLIGHT("java-one-in-flight");

    private final String word;

    Table(final String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
