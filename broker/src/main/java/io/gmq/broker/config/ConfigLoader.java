package io.gmq.broker.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Builds a {@link Config}: flags over environment over file over defaults, in whatever order they are given here. Every value
 * is checked, also one that a stronger source replaces.
 *
 * <pre>
 *   new ConfigLoader(Machine.current()).file(path).environment(System.getenv()).flag("--port", Keys.NETWORK_PORT, "0").load()
 * </pre>
 *
 * <p>For one thread and one configuration. Every method throws {@link ConfigException} for what is no configuration.
 */
public final class ConfigLoader {
    private static final String SET = "--set";

    private final Machine machine;
    private final Map<Key<?>, Config.Setting> fromFile = new HashMap<>();
    private final Map<Key<?>, Config.Setting> fromEnvironment = new HashMap<>();
    private final Map<Key<?>, Config.Setting> fromFlags = new HashMap<>();

    public ConfigLoader(final Machine machine) {
        this.machine = machine;
    }

    /** Reads the file; errors and sources name it as it is given here. */
    public ConfigLoader file(final Path file) {
        ConfigFile.read(file, (key, given) -> put(fromFile, key, given));
        return this;
    }

    /** Reads the variables that begin with {@code GMQ_}; the others are not looked at. */
    public ConfigLoader environment(final Map<String, String> variables) {
        Environment.read(variables, (key, given) -> put(fromEnvironment, key, given));
        return this;
    }

    /**
     * Takes the value of a flag that stands for one key.
     *
     * @param flag as it was given, {@code --port}.
     */
    public ConfigLoader flag(final String flag, final Key<?> key, final String value) {
        final Config.Setting before = fromFlags.get(key);
        if (before != null) {
            throw new ConfigException("key '" + key + "' is given twice (" + before.source() + ", " + Source.flag(flag) + ")");
        }
        put(fromFlags, key, Given.plain(value, Source.flag(flag)));
        return this;
    }

    /** Takes the value of one {@code --set}: {@code section.key=value}. */
    public ConfigLoader set(final String assignment) {
        final int equals = assignment.indexOf('=');
        if (equals < 0) {
            throw new ConfigException("flag " + SET + " needs section.key=value, like queue.lease_ms=30s" + namedIn(assignment));
        }
        final String path = assignment.substring(0, equals).strip();
        final String value = assignment.substring(equals + 1);
        final Key<?> key = Keys.ofPath(path);
        if (key == null) {
            throw UnknownKey.named(path, Given.plain(value, Source.flag(SET)));
        }
        return flag(SET, key, value);
    }

    /** The key with which a bad assignment begins, if it does; the rest might be a password. */
    private static String namedIn(final String assignment) {
        for (final Key<?> key : Keys.ALL) {
            if (assignment.startsWith(key.path())) {
                return "; it is given '" + key + "' without '='";
            }
        }
        return "";
    }

    /** The effective configuration of all that was given so far. */
    public Config load() {
        final Map<Key<?>, Config.Setting> settings = new HashMap<>(fromFile);
        settings.putAll(fromEnvironment);
        settings.putAll(fromFlags);
        final Map<Key<?>, Config.Setting> effective = new HashMap<>();
        for (final Key<?> key : Keys.ALL) {
            final Config.Setting setting = settings.get(key);
            if (setting != null && setting.value() != null) {
                effective.put(key, setting);
            } else if (key.defaultValue().isFixed()) {
                effective.put(key, new Config.Setting(key.defaultValue().value(), Source.DEFAULT));
            }
        }
        for (final Key<?> key : Keys.ALL) {
            if (!effective.containsKey(key)) {
                final Object value = key.defaultValue().rule().apply(new Config(effective), machine);
                effective.put(key, new Config.Setting(value, Source.DEFAULT));
            }
        }
        final Config config = new Config(effective);
        Checks.check(config);
        return config;
    }

    /** An empty value is kept as none at all: it asks for the default, also where a weaker source has a value. */
    private static void put(final Map<Key<?>, Config.Setting> settings, final Key<?> key, final Given given) {
        settings.put(key, new Config.Setting(given.isEmpty() ? null : key.parse(given), given.source()));
    }
}
