package io.gmq.broker.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;

/** One JSON object on one line, for a program to read. */
final class JsonLine {
    private final StringBuilder line = new StringBuilder("{");

    JsonLine with(final String name, final long value) {
        name(name).append(value);
        return this;
    }

    /** A number, to a tenth. */
    JsonLine with(final String name, final double value) {
        name(name).append(BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString());
        return this;
    }

    JsonLine with(final String name, final boolean value) {
        name(name).append(value);
        return this;
    }

    JsonLine with(final String name, final String value) {
        string(name(name), value);
        return this;
    }

    /** An array of numbers, or of objects. */
    JsonLine with(final String name, final Collection<?> values) {
        name(name).append('[');
        String separator = "";
        for (final Object value : values) {
            line.append(separator).append(value);
            separator = ",";
        }
        line.append(']');
        return this;
    }

    JsonLine with(final String name, final Map<String, String> values) {
        name(name).append('{');
        String separator = "";
        for (final Map.Entry<String, String> value : values.entrySet()) {
            line.append(separator);
            string(line, value.getKey());
            string(line.append(':'), value.getValue());
            separator = ",";
        }
        line.append('}');
        return this;
    }

    @Override
    public String toString() {
        return line + "}";
    }

    private StringBuilder name(final String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        string(line, name);
        return line.append(':');
    }

    static void string(final StringBuilder line, final String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < 0x20 || c >= 0x7F && c < 0xA0 || c >= 0x2000 && c < 0x2070 || Character.isSurrogate(c)
                || Character.getType(c) == Character.FORMAT) {
                // Beyond what JSON demands: a line of JSON on a terminal plays no tricks either.
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
