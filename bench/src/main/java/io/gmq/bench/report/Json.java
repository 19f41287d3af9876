package io.gmq.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/** Maps, lists, numbers, text and truth as JSON. */
public final class Json {
    private static final MathContext DIGITS = new MathContext(6);

    private Json() {
    }

    /** On one line. */
    public static String line(final Object value) {
        return write(value, false);
    }

    /** With line breaks. */
    public static String pretty(final Object value) {
        return write(value, true);
    }

    private static String write(final Object value, final boolean isPretty) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            if (isPretty) {
                json.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            put(json, value);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void put(final JsonGenerator json, final Object value) throws IOException {
        if (value instanceof final Map<?, ?> map) {
            json.writeStartObject();
            for (final Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                put(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof final List<?> list) {
            json.writeStartArray();
            for (final Object element : list) {
                put(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof final Double number) {
            putDouble(json, number);
        } else if (value instanceof final Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof final Boolean truth) {
            json.writeBoolean(truth);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    private static void putDouble(final JsonGenerator json, final double number) throws IOException {
        if (Double.isFinite(number)) {
            final BigDecimal rounded = new BigDecimal(number, DIGITS).stripTrailingZeros();
            json.writeNumber(rounded.scale() <= 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString());
        } else {
            json.writeNull();
        }
    }
}
