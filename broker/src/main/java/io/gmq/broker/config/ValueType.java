package io.gmq.broker.config;

/**
 * What a key's values are: how they are read, checked and shown. {@link Types} has them all.
 *
 * @param <T> the value as the broker uses it.
 */
abstract class ValueType<T> {
    private final Class<T> valueClass;

    ValueType(final Class<T> valueClass) {
        this.valueClass = valueClass;
    }

    /** The value, or {@code null} if this is none; {@link #expected} then says what it must be. */
    abstract T parse(Given given);

    /** One word for tables: {@code integer}, {@code size}, … */
    abstract String noun();

    /** The values that are allowed, or empty where there is nothing to say beyond {@link #noun}. */
    abstract String range();

    /** Follows "it must be" in an error. */
    abstract String expected();

    /** The value for people, on one line, without secrets. */
    abstract String show(T value);

    /** The value for programs: a {@link Long}, a {@link Boolean} or a {@link String}; without secrets too. */
    Object plain(final T value) {
        return show(value);
    }

    /** Whether what was given for such a key must never be repeated. */
    boolean secret() {
        return false;
    }

    final T cast(final Object value) {
        return valueClass.cast(value);
    }
}
