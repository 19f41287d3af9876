package io.gmq.broker.config;

import java.util.function.BiFunction;

/**
 * A key's value where nobody gave one.
 *
 * @param value what it is; {@code null} where it follows from other keys or from the machine.
 * @param text  the default for the documentation.
 * @param rule  gives the value; it may ask for keys with a fixed default and for those that come earlier in {@link Keys#ALL}.
 * @param <T>   the key's values.
 */
record Default<T>(T value, String text, BiFunction<Config, Machine, T> rule) {
    static <T> Default<T> of(final T value) {
        return new Default<>(value, "", (config, machine) -> value);
    }

    static <T> Default<T> from(final String text, final BiFunction<Config, Machine, T> rule) {
        return new Default<>(null, text, rule);
    }

    boolean isFixed() {
        return value != null;
    }
}
