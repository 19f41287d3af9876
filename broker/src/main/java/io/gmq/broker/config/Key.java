package io.gmq.broker.config;

import java.util.Locale;

/**
 * One key of the configuration: what it is called, what its values are, and what it means. {@link Keys} has them all.
 *
 * <p>Immutable; two keys are equal only if they are the same constant.
 *
 * @param <T> the value as the broker uses it. Sizes are in bytes, durations in milliseconds.
 */
public final class Key<T> {
    private final String section;
    private final String name;
    private final ValueType<T> type;
    private final Default<T> defaultValue;
    private final boolean original;
    private final String description;

    private Key(
        final String section,
        final String name,
        final ValueType<T> type,
        final Default<T> defaultValue,
        final boolean original,
        final String description) {
        this.section = section;
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.original = original;
        this.description = description;
    }

    /** A key of the original GMQ, whose files must go on working. */
    static <T> Key<T> original(
        final String section, final String name, final ValueType<T> type, final Default<T> defaultValue, final String description) {
        return new Key<>(section, name, type, defaultValue, true, description);
    }

    /** A key that the original did not have. */
    static <T> Key<T> added(
        final String section, final String name, final ValueType<T> type, final Default<T> defaultValue, final String description) {
        return new Key<>(section, name, type, defaultValue, false, description);
    }

    public String section() {
        return section;
    }

    /** The name within its section. */
    public String name() {
        return name;
    }

    /** {@code section.name}, as in flags and errors. */
    public String path() {
        return section + "." + name;
    }

    /** {@code GMQ_SECTION_NAME}. */
    public String environmentName() {
        return Environment.PREFIX + (section + "_" + name).toUpperCase(Locale.ROOT);
    }

    /** One word: {@code integer}, {@code size}, {@code duration}, {@code word}, … */
    public String typeName() {
        return type.noun();
    }

    /** The values that are allowed, or empty where any of its type is. */
    public String range() {
        return type.range();
    }

    /** The default for people; a few words where it depends on something. */
    public String defaultText() {
        return defaultValue.isFixed() ? type.show(defaultValue.value()) : defaultValue.text();
    }

    /** One line. */
    public String description() {
        return description;
    }

    /** Whether the original GMQ has this key. */
    public boolean isOriginal() {
        return original;
    }

    /** Whether its values are never shown, or never whole. */
    public boolean isSecret() {
        return type.secret();
    }

    /** {@link #path}. */
    @Override
    public String toString() {
        return path();
    }

    ValueType<T> type() {
        return type;
    }

    Default<T> defaultValue() {
        return defaultValue;
    }

    /**
     * Reads what was given.
     *
     * @throws ConfigException if it is no value of this key.
     */
    T parse(final Given given) {
        final T value = type.parse(given);
        if (value == null) {
            final String is = isSecret() ? " has a value, not shown here, that is none" : " is " + given.shown();
            throw new ConfigException(path() + is + " (" + given.where() + "); it must be " + type.expected());
        }
        return value;
    }
}
