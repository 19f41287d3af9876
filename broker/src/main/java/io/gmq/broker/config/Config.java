package io.gmq.broker.config;

import io.gmq.engine.api.Limits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The effective configuration: every key of {@link Keys#ALL} has a value that is allowed by itself and beside the others.
 * {@link StartPlan} says whether this release can serve it.
 *
 * <p>Immutable, for any thread. It is read while the broker is put together, not afterwards: whoever needs a value at work
 * keeps it in a field of its own.
 *
 * <p>It holds secrets. {@link ConfigReport} shows it without them.
 */
public final class Config {
    private final Map<Key<?>, Setting> settings;

    Config(final Map<Key<?>, Setting> settings) {
        this.settings = new HashMap<>(settings);
    }

    /** The value, never {@code null}. */
    public <T> T get(final Key<T> key) {
        return key.type().cast(setting(key).value);
    }

    public Source source(final Key<?> key) {
        return setting(key).source;
    }

    /** Whether nobody gave this key a value. */
    public boolean isDefault(final Key<?> key) {
        return setting(key).source.origin() == Source.Origin.DEFAULT;
    }

    /** Whether clients have to say who they are. */
    public boolean hasAccounts() {
        return !get(Keys.AUTH_USER).isEmpty() || !get(Keys.AUTH_USERS).toString().isEmpty();
    }

    /** The bounds of the engine. */
    public Limits limits() {
        return new Limits(get(Keys.QUEUE_MAX_QUEUE_NUMBER), get(Keys.QUEUE_MAX_MESSAGE_LENGTH), get(Keys.QUEUE_MAX_QUEUE_CAPACITY),
            get(Keys.QUEUE_LEASE_MS), get(Keys.QUEUE_MAX_HELD_BYTES), get(Keys.QUEUE_MAX_PRODUCERS));
    }

    /** The file for the log, or nothing where the log goes to stderr. */
    public Optional<Path> logFile() {
        final String path = get(Keys.LOG_PATH);
        final String name = get(Keys.LOG_NAME);
        return path.isEmpty() && name.isEmpty() ? Optional.empty() : Optional.of(Path.of(path, name.isEmpty() ? "gmq.log" : name));
    }

    /** {@code key is value (source)}: how an error or a warning about this key begins. */
    String sentence(final Key<?> key) {
        return key.path() + " is '" + shown(key) + "' (" + source(key) + ")";
    }

    /** The value for people, secrets masked. */
    <T> String shown(final Key<T> key) {
        return key.type().show(get(key));
    }

    /** The value for programs, secrets masked. */
    <T> Object plain(final Key<T> key) {
        return key.type().plain(get(key));
    }

    private Setting setting(final Key<?> key) {
        final Setting setting = settings.get(key);
        if (setting == null) {
            throw new IllegalStateException(key + " has no value yet: see the order of defaults in Default");
        }
        return setting;
    }

    /** A value of its key's type, and where it came from. */
    record Setting(Object value, Source source) {
        /** Only where it came from: the value may be a secret. */
        @Override
        public String toString() {
            return source.toString();
        }
    }
}
