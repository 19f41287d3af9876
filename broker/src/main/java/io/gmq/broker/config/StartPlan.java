package io.gmq.broker.config;

import io.gmq.engine.api.Durability;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What this release makes of a configuration: it refuses what it cannot do, and says what it leaves out. Nothing that matters
 * is ignored in silence.
 *
 * @param plainAddress where to listen without TLS: loopback, unless accounts protect it or {@code network.allow_open} says otherwise.
 * @param tlsAddress   the same for TLS. One of both is there.
 * @param warnings     what the operator should know, each one line without secrets.
 */
public record StartPlan(Optional<InetSocketAddress> plainAddress, Optional<InetSocketAddress> tlsAddress, List<String> warnings) {
    /** As for the passwords of the users' file. */
    private static final int PASSWORD_LENGTH_MAX = 1024;

    public StartPlan {
        warnings = List.copyOf(warnings);
    }

    /** Where to listen without TLS, or with it where that is all. */
    public InetSocketAddress address() {
        return plainAddress.orElseGet(tlsAddress::get);
    }

    /**
     * Looks up {@code network.interface} if it is a host name.
     *
     * @throws ConfigException if this release cannot start with it.
     */
    public static StartPlan of(final Config config, final Machine machine) {
        DataSources.check(config);
        TlsKeys.check(config);
        refuseMissingLevel(config);
        final List<String> warnings = new ArrayList<>();
        checkAccount(config);
        warnOfArgument(config, warnings);
        final InetAddress host = bindAddress(config, warnings);
        warnOfCluster(config, warnings);
        warnOfMemory(config, machine, warnings);
        final int port = config.get(Keys.NETWORK_PORT);
        final boolean hasTls = !config.get(Keys.TLS_CERTIFICATE).toString().isEmpty();
        return new StartPlan(
            port == Keys.NO_PORT ? Optional.empty() : Optional.of(new InetSocketAddress(host, port)),
            hasTls ? Optional.of(new InetSocketAddress(host, config.get(Keys.TLS_PORT))) : Optional.empty(), warnings);
    }

    /**
     * Threads that spin must each have a core, or they take it from those that have work.
     *
     * @param cores   cores of the machine.
     * @param threads threads that would spin.
     * @throws ConfigException if {@code ring.waiting} is {@code spin} and there are too few cores.
     */
    public static void refuseSpinning(final Config config, final int cores, final int threads) {
        if (config.get(Keys.RING_WAITING) == Waiting.SPIN && threads > cores) {
            throw new ConfigException(config.sentence(Keys.RING_WAITING) + "; it needs a core for each of " + threads
                + " spinning threads and this machine has " + cores + "; use park, or fewer threads with ring.profile");
        }
    }

    private static void refuseMissingLevel(final Config config) {
        final Durability level = config.get(Keys.JOURNAL_DURABILITY);
        if (level == Durability.REPLICATED) {
            throw new ConfigException(
                config.sentence(Keys.JOURNAL_DURABILITY) + "; a cluster is not in this release yet; use synced, written or memory");
        }
        if (level != Durability.MEMORY && config.get(Keys.QUEUE_TYPE) == Storage.MEMORY) {
            throw new ConfigException(config.sentence(Keys.JOURNAL_DURABILITY) + "; storage 'memory' (" + config.source(Keys.QUEUE_TYPE)
                + ") keeps nothing; use memory, or queue.queue_type filesystem");
        }
    }

    private static void checkAccount(final Config config) {
        final boolean hasUser = !config.get(Keys.AUTH_USER).isEmpty();
        final String password = config.get(Keys.AUTH_PASSWORD);
        if (hasUser == password.isEmpty()) {
            throw new ConfigException(config.sentence(hasUser ? Keys.AUTH_USER : Keys.AUTH_PASSWORD) + " and "
                + (hasUser ? Keys.AUTH_PASSWORD : Keys.AUTH_USER) + " is empty; give both, or neither");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > PASSWORD_LENGTH_MAX) {
            throw new ConfigException(Keys.AUTH_PASSWORD + " (" + config.source(Keys.AUTH_PASSWORD) + ") has more than " + PASSWORD_LENGTH_MAX + " bytes");
        }
        if (config.get(Keys.AUTH_REQUIRE_TLS) && !config.hasAccounts()) {
            throw new ConfigException(config.sentence(Keys.AUTH_REQUIRE_TLS) + "; there are no accounts, give auth.users, or auth.user and auth.password");
        }
    }

    private static void warnOfArgument(final Config config, final List<String> warnings) {
        if (config.source(Keys.AUTH_PASSWORD).origin() == Source.Origin.FLAG) {
            warnings.add(Keys.AUTH_PASSWORD + " is given as an argument (" + config.source(Keys.AUTH_PASSWORD)
                + "), which every process of this machine can read; give it in the file or as " + Keys.AUTH_PASSWORD.environmentName());
        }
    }

    private static InetAddress bindAddress(final Config config, final List<String> warnings) {
        final InetAddress wanted = Interfaces.wanted(config);
        if (wanted.isLoopbackAddress()) {
            return wanted;
        }
        if (config.hasAccounts()) {
            final int port = config.get(Keys.NETWORK_PORT);
            if (port != Keys.NO_PORT && !config.get(Keys.AUTH_REQUIRE_TLS)) {
                warnings.add("names and passwords cross the network readably on " + wanted.getHostAddress() + ":" + port
                    + "; auth.require_tls refuses them there");
            }
            return wanted;
        }
        if (config.get(Keys.NETWORK_ALLOW_OPEN)) {
            warnings.add("network.allow_open is true (" + config.source(Keys.NETWORK_ALLOW_OPEN) + "): whoever reaches "
                + wanted.getHostAddress() + " may use this broker without a password");
            return wanted;
        }
        final InetAddress loopback = Interfaces.loopback(config, wanted);
        final String instead = config.isDefault(Keys.NETWORK_INTERFACE)
            ? ""
            : ", not on network.interface '" + config.shown(Keys.NETWORK_INTERFACE) + "' (" + config.source(Keys.NETWORK_INTERFACE) + ")";
        warnings.add("there are no accounts, so the broker listens on " + loopback.getHostAddress() + " only" + instead
            + "; auth.users makes it ask who clients are, network.allow_open=true opens it to everybody");
        return loopback;
    }

    private static void warnOfCluster(final Config config, final List<String> warnings) {
        final String given = givenKeys(config, Keys.CLUSTER_PROTO, Keys.CLUSTER_PORT, Keys.CLUSTER_TIMEOUT_MS, Keys.CLUSTER_CIDR);
        if (!given.isEmpty()) {
            warnings.add("a cluster is not in this release: nothing comes of " + given);
        }
    }

    private static void warnOfMemory(final Config config, final Machine machine, final List<String> warnings) {
        final boolean hasArchive = !config.get(Keys.ARCHIVE_DSN).isEmpty();
        if (config.get(Keys.QUEUE_MAX_HELD_BYTES) > machine.memoryBytes() / (hasArchive ? 2 : 1)) {
            warnings.add(config.sentence(Keys.QUEUE_MAX_HELD_BYTES) + (hasArchive ? ", twice that with archive.dsn" : "") + ", more than the "
                + machine.memoryBytes() + " bytes of memory that this machine has");
        }
    }

    /** The keys that have another value than their default, with their source: {@code auth.user (file gmq.json)}. */
    private static String givenKeys(final Config config, final Key<?>... keys) {
        return List.of(keys).stream()
            .filter(key -> !config.get(key).equals(key.defaultValue().value()))
            .map(key -> key + " (" + config.source(key) + ")")
            .collect(Collectors.joining(", "));
    }
}
