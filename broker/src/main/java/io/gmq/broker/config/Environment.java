package io.gmq.broker.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Reads keys from environment variables: {@code GMQ_SECTION_KEY}. */
final class Environment {
    static final String PREFIX = "GMQ_";

    /** For the launcher and for commands that talk to a broker, not for the broker. */
    private static final Set<String> LAUNCHER =
        Set.of("GMQ_HOME", "GMQ_JAVA_OPTS", "GMQ_ADDRESS", "GMQ_TLS", "GMQ_CA", "GMQ_USER", "GMQ_PASSWORD", "GMQ_DEBUG");

    /**
     * What Kubernetes puts into every container for each service of its namespace. One named {@code gmq} is likely, and must
     * not stop the broker behind it.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
        "GMQ_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)");
    private static final Pattern SERVICE_PORT = Pattern.compile("GMQ_(.*_)?PORT=(tcp|udp|sctp)://.*");

    private Environment() {
    }

    /**
     * Hands on each key that a variable names. An empty variable counts as none, as is usual in shells, so that it cannot
     * take away a password that the file has.
     *
     * @throws ConfigException if a variable begins with {@link #PREFIX} and names no key.
     */
    static void read(final Map<String, String> variables, final BiConsumer<Key<?>, Given> sink) {
        for (final Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            final String name = variable.getKey();
            if (name.startsWith(PREFIX) && !LAUNCHER.contains(name) && !isServiceLink(name, variable.getValue())) {
                final Given given = Given.plain(variable.getValue(), Source.environment(name));
                final Key<?> key = keyOf(name);
                if (key == null) {
                    throw UnknownKey.variable(name, given);
                }
                if (!given.isEmpty()) {
                    sink.accept(key, given);
                }
            }
        }
    }

    private static boolean isServiceLink(final String name, final String value) {
        return SERVICE_LINK.matcher(name).matches() || SERVICE_PORT.matcher(name + "=" + value).matches();
    }

    private static Key<?> keyOf(final String variable) {
        for (final Key<?> key : Keys.ALL) {
            if (key.environmentName().equals(variable)) {
                return key;
            }
        }
        return null;
    }
}
