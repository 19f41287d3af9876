package io.gmq.broker.config;

import io.gmq.journal.Keep;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** Every type that a key can have. */
final class Types {
    private Types() {
    }

    static ValueType<Integer> integer(final int min, final int max) {
        return new NumberType<>(Integer.class, value -> (int) value, Units.NONE, min, max, false);
    }

    /** A port to listen on, or the word {@code none}, which is {@link Keys#NO_PORT}. */
    static ValueType<Integer> portOrNone() {
        return new PortType();
    }

    static ValueType<Integer> powerOfTwo(final int min, final int max) {
        return new NumberType<>(Integer.class, value -> (int) value, Units.NONE, min, max, true);
    }

    static ValueType<Integer> size(final int min, final int max) {
        return new NumberType<>(Integer.class, value -> (int) value, Units.BYTES, min, max, false);
    }

    static ValueType<Long> longSize(final long min, final long max) {
        return new NumberType<>(Long.class, value -> value, Units.BYTES, min, max, false);
    }

    static ValueType<Long> durationMs(final long min, final long max) {
        return new NumberType<>(Long.class, value -> value, Units.MS, min, max, false);
    }

    static ValueType<Keep> keep() {
        return new KeepType();
    }

    static ValueType<Boolean> bool() {
        return new BooleanType();
    }

    static ValueType<Path> path() {
        return new PathType();
    }

    static ValueType<String> text() {
        return new TextType("text", UnaryOperator.identity(), false);
    }

    /** A text that is never shown. */
    static ValueType<String> secret() {
        return new TextType("secret", Secrets::mask, true);
    }

    /** Where a database is: shown without what may be a password. */
    static ValueType<String> dataSource() {
        return new TextType("data source", Secrets::maskDataSource, true);
    }

    /** One of an enum's constants, by its name in lower case. */
    static <E extends Enum<E>> ValueType<E> choice(final Class<E> values) {
        return new ChoiceType<>(values, false);
    }

    /** As {@link #choice}, and by its number, counted from 1. */
    static <E extends Enum<E>> ValueType<E> numberedChoice(final Class<E> values) {
        return new ChoiceType<>(values, true);
    }

    private static final class NumberType<N extends Number> extends ValueType<N> {
        private final LongFunction<N> boxed;
        private final Units units;
        private final long min;
        private final long max;
        private final boolean powerOfTwo;

        NumberType(
            final Class<N> valueClass,
            final LongFunction<N> boxed,
            final Units units,
            final long min,
            final long max,
            final boolean powerOfTwo) {
            super(valueClass);
            this.boxed = boxed;
            this.units = units;
            this.min = min;
            this.max = max;
            this.powerOfTwo = powerOfTwo;
        }

        @Override
        N parse(final Given given) {
            final long value = given.isNumberOrText() ? units.parse(given.text()) : Units.NONE_SUCH;
            final boolean inRange = value != Units.NONE_SUCH && value >= min && value <= max;
            return inRange && (!powerOfTwo || Long.bitCount(value) == 1) ? boxed.apply(value) : null;
        }

        @Override
        String noun() {
            return units.noun.substring(units.noun.indexOf(' ') + 1);
        }

        @Override
        String range() {
            final String bounds = max == Long.MAX_VALUE ? "from " + units.show(min) : units.show(min) + " to " + units.show(max);
            return powerOfTwo ? bounds + ", a power of two" : bounds;
        }

        @Override
        String expected() {
            final String upper = max == Long.MAX_VALUE ? " on" : " to " + units.show(max);
            return (powerOfTwo ? "a power of two" : units.noun) + " from " + units.show(min) + upper + units.example;
        }

        @Override
        String show(final N value) {
            return units.show(value.longValue());
        }

        @Override
        Object plain(final N value) {
            return value.longValue();
        }
    }

    private static final class PortType extends ValueType<Integer> {
        private static final String NONE = "none";

        private final ValueType<Integer> number = integer(0, Keys.PORT_MAX);

        PortType() {
            super(Integer.class);
        }

        @Override
        Integer parse(final Given given) {
            return given.isText() && given.text().equals(NONE) ? Integer.valueOf(Keys.NO_PORT) : number.parse(given);
        }

        @Override
        String noun() {
            return number.noun();
        }

        @Override
        String range() {
            return number.range() + ", or none";
        }

        @Override
        String expected() {
            return number.expected() + ", or none";
        }

        @Override
        String show(final Integer value) {
            return value == Keys.NO_PORT ? NONE : number.show(value);
        }

        @Override
        Object plain(final Integer value) {
            return value == Keys.NO_PORT ? NONE : number.plain(value);
        }
    }

    private static final class BooleanType extends ValueType<Boolean> {
        BooleanType() {
            super(Boolean.class);
        }

        @Override
        Boolean parse(final Given given) {
            if (given.shape() != Given.Shape.BOOLEAN && !given.isText()) {
                return null;
            }
            return switch (given.text()) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> null;
            };
        }

        @Override
        String noun() {
            return "boolean";
        }

        @Override
        String range() {
            return "true, false";
        }

        @Override
        String expected() {
            return "true or false";
        }

        @Override
        String show(final Boolean value) {
            return value.toString();
        }

        @Override
        Object plain(final Boolean value) {
            return value;
        }
    }

    private static final class PathType extends ValueType<Path> {
        PathType() {
            super(Path.class);
        }

        @Override
        Path parse(final Given given) {
            if (!given.isText() || hasControlCharacter(given.text())) {
                return null;
            }
            try {
                return Path.of(given.text());
            } catch (final InvalidPathException noPathOfThisSystem) {
                return null;
            }
        }

        @Override
        String noun() {
            return "path";
        }

        @Override
        String range() {
            return "";
        }

        @Override
        String expected() {
            return "a path of this system";
        }

        @Override
        String show(final Path value) {
            return value.toString();
        }
    }

    private static final class TextType extends ValueType<String> {
        private final String noun;
        private final UnaryOperator<String> masked;
        private final boolean secret;

        TextType(final String noun, final UnaryOperator<String> masked, final boolean secret) {
            super(String.class);
            this.noun = noun;
            this.masked = masked;
            this.secret = secret;
        }

        @Override
        String parse(final Given given) {
            return given.isText() && !hasControlCharacter(given.text()) ? given.text() : null;
        }

        @Override
        String noun() {
            return noun;
        }

        @Override
        String range() {
            return "";
        }

        @Override
        String expected() {
            return "a text in double quotes, without control characters";
        }

        @Override
        String show(final String value) {
            return masked.apply(value);
        }

        @Override
        boolean secret() {
            return secret;
        }
    }

    private static final class ChoiceType<E extends Enum<E>> extends ValueType<E> {
        private final Map<String, E> byWord = new LinkedHashMap<>();
        private final Map<String, E> byNumber = new LinkedHashMap<>();

        ChoiceType(final Class<E> values, final boolean numbered) {
            super(values);
            for (final E value : values.getEnumConstants()) {
                byWord.put(show(value), value);
                if (numbered) {
                    byNumber.put(Integer.toString(value.ordinal() + 1), value);
                }
            }
        }

        @Override
        E parse(final Given given) {
            final E value = given.isText() ? byWord.get(given.text()) : null;
            return value == null && given.isNumberOrText() ? byNumber.get(given.text()) : value;
        }

        @Override
        String noun() {
            return "word";
        }

        @Override
        String range() {
            final String words = String.join(", ", byWord.keySet());
            return byNumber.isEmpty() ? words : words + " or " + String.join(", ", byNumber.keySet());
        }

        @Override
        String expected() {
            final List<String> words = List.copyOf(byWord.keySet());
            final String most = String.join(", ", words.subList(0, words.size() - 1));
            final String numbers = byNumber.isEmpty() ? "" : " (or " + String.join(", ", byNumber.keySet()) + ")";
            return most + " or " + words.get(words.size() - 1) + numbers;
        }

        @Override
        String show(final E value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    private static boolean hasControlCharacter(final String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
