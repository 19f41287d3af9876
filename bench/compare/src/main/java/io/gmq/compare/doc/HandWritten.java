package io.gmq.compare.doc;

/** The part of the document that people write, between two marks, and that outlives every run. */
final class HandWritten {
    static final String BEGIN = "<!-- by hand: begin (all up to the end mark is kept by bench/compare/run) -->";
    static final String END = "<!-- by hand: end -->";

    private HandWritten() {
    }

    /**
     * What stands between the marks of a document, with the line breaks around it; nothing where it has no marks.
     *
     * @throws IllegalArgumentException where it has one mark only, or them the wrong way round: then nobody can tell what is to be kept.
     */
    static String of(final String document) {
        final int begin = document.indexOf(BEGIN);
        final int end = document.indexOf(END);
        if (begin < 0 && end < 0) {
            return "\n";
        }
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the document has not both of its marks '" + BEGIN + "' and '" + END
                + "', in this order; put them back, so that what is written by hand can be kept");
        }
        return document.substring(begin + BEGIN.length(), end);
    }
}
