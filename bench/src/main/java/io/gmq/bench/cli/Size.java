package io.gmq.bench.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A message's length as people write it: {@code 200}, {@code 16KiB}, {@code 1MiB}. */
record Size(int bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(KiB|MiB|B)?");
    private static final int KI = 1024;

    /** For picocli. */
    static final class Converter implements ITypeConverter<Size> {
        @Override
        public Size convert(final String text) {
            final Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no size; write bytes, or a size like 16KiB");
            }
            final long unit = "KiB".equals(matcher.group(2)) ? KI : "MiB".equals(matcher.group(2)) ? KI * KI : 1;
            final long bytes = Long.parseLong(matcher.group(1)) * unit;
            if (bytes > Integer.MAX_VALUE / 8) {
                throw new TypeConversionException("'" + text + "' is more than any message may have");
            }
            return new Size((int) bytes);
        }
    }
}
