package io.gmq.bench.cli;

import io.gmq.bench.load.OwnBroker;
import io.gmq.bench.load.ProcessUsage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which broker is loaded: one that runs, or one of its own. */
@Command
final class StartOptions {
    private static final int SPARE_CONNECTIONS = 64;
    private static final long CAPACITY_MIN = 1_000_000;
    /** Where nobody consumes. */
    private static final long CAPACITY_OF_HEAP = 50_000_000;
    private static final int LENGTH_DEFAULT = 40 << 10;
    private static final int QUEUES_DEFAULT = 4096;
    private static final int CONNECTIONS_DEFAULT = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--start",
        description = "Start a broker for it, with an empty data folder, and stop it afterwards. Without -f, its limits have room for the load.")
    private boolean isStarting;

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "With --start: the broker's configuration.")
    private Path file;

    @Option(names = "--set", paramLabel = "SECTION.KEY=VALUE", description = "With --start: sets any key of it; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "With --start: where the data folder is made (default: here).")
    private Path data = Path.of("");

    @Option(names = "--pid", paramLabel = "PID",
        description = "Process of the broker whose processor time is measured (default: the one that listens there, if on this machine).")
    private long pid;

    boolean isStarting() {
        if (!isStarting && (file != null || !settings.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "-f and --set are for a broker that is started with --start");
        }
        return isStarting;
    }

    OwnBroker start(final LoadOptions load) {
        final List<String> options = new ArrayList<>();
        if (file != null) {
            options.addAll(List.of("-f", file.toString()));
        } else {
            options.addAll(room(load));
        }
        settings.forEach(setting -> options.addAll(List.of("--set", setting)));
        return new OwnBroker(data.toAbsolutePath(), options);
    }

    /** Without a file, whatever is not set by hand has room for the load. */
    private List<String> room(final LoadOptions load) {
        final List<String> options = new ArrayList<>();
        final int longest = load.sizes().stream().mapToInt(Integer::intValue).max().orElse(0);
        final int connections = Math.max(load.connections(), load.activeConnections());
        addUnlessSet(options, "queue.max_queue_capacity", Math.max(load.isConsuming() ? CAPACITY_MIN : CAPACITY_OF_HEAP, 2 * load.heldMax()),
            0);
        addUnlessSet(options, "queue.max_message_length", longest, LENGTH_DEFAULT);
        addUnlessSet(options, "queue.max_queue_number", load.queues(), QUEUES_DEFAULT);
        addUnlessSet(options, "network.max_connections", connections + SPARE_CONNECTIONS, CONNECTIONS_DEFAULT);
        return options;
    }

    private void addUnlessSet(final List<String> options, final String key, final long value, final long enough) {
        if (value > enough && settings.stream().noneMatch(setting -> setting.startsWith(key + "="))) {
            options.addAll(List.of("--set", key + "=" + value));
        }
    }

    /** 0 where it is not known. */
    long pidOf(final InetSocketAddress address) {
        if (pid != 0) {
            return pid;
        }
        final boolean isHere = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        return isHere ? ProcessUsage.listeningOn(address.getPort()).orElse(0) : 0;
    }

    /** How it was started, and on what kind of file system, in words; empty where it was not. */
    String words() {
        final StringBuilder words = new StringBuilder();
        if (file != null) {
            words.append(" -f ").append(file);
        }
        settings.forEach(setting -> words.append(" --set ").append(setting));
        return isStarting ? "started for it on " + OwnBroker.fileSystem(data) + words : "";
    }
}
