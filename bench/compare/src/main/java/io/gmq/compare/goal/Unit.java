package io.gmq.compare.goal;

import io.gmq.bench.report.Numbers;
import java.util.function.DoubleFunction;

/** What a figure counts. */
public enum Unit {
    /** Messages, records or cycles a second. */
    PER_SECOND("/s", Numbers::whole),
    /** Nanoseconds. */
    TIME("ns", Unit::time),
    /** Bytes a second. */
    BYTES_PER_SECOND("bytes/s", value -> Numbers.threeDigits(value / 1e6) + " MB/s"),
    /** Bytes. */
    BYTES("bytes", value -> Numbers.threeDigits(value) + " B"),
    /** Processor seconds for a million messages. */
    CPU("CPU-s per million", Numbers::threeDigits);

    private static final double NS_PER_US = 1e3;

    private final String word;
    private final DoubleFunction<String> form;

    Unit(final String word, final DoubleFunction<String> form) {
        this.word = word;
        this.form = form;
    }

    private static String time(final double ns) {
        return ns < NS_PER_US ? Numbers.threeDigits(ns) + " ns" : Numbers.time(ns);
    }

    /** For JSON. */
    public String word() {
        return word;
    }

    /** A figure as people read it. */
    public String text(final double value) {
        return form.apply(value);
    }
}
