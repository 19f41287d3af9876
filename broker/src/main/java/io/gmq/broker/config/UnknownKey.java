package io.gmq.broker.config;

import java.util.Locale;

/** Words the line about a name that no key has, without repeating what may be a secret. */
final class UnknownKey {
    private UnknownKey() {
    }

    /** Of a name in a file or a flag, {@code section.name} or only one of them. */
    static ConfigException named(final String path, final Given given) {
        final Key<?> nearest = Nearest.key(path);
        return new ConfigException("unknown key " + Given.quoted(path) + value(path, given, nearest) + " (" + given.where() + ")"
            + Nearest.hint(path, nearest, nearest.path()));
    }

    /** Of an environment variable, which the given value's source names. */
    static ConfigException variable(final String variable, final Given given) {
        final String path = pathOf(variable);
        final Key<?> nearest = Nearest.key(path);
        return new ConfigException("unknown key" + value(path, given, nearest) + " (" + given.where() + ")"
            + Nearest.hint(path, nearest, nearest.environmentName()));
    }

    private static String value(final String path, final Given given, final Key<?> nearest) {
        return nearest.isSecret() || Secrets.mayHide(path, given.text()) ? "" : " with value " + given.shown();
    }

    private static String pathOf(final String variable) {
        final String name = variable.substring(Environment.PREFIX.length()).toLowerCase(Locale.ROOT);
        for (final String section : Keys.SECTIONS) {
            if (name.startsWith(section + "_")) {
                return section + "." + name.substring(section.length() + 1);
            }
        }
        return name;
    }
}
