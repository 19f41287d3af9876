package io.gmq.bench.cli;

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
    private static final int LENGTH_DEFAULT = 40 << 10;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--start",
        description = "Start a broker for it, with an empty data folder, and stop it afterwards. Its queues may hold a million messages.")
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
        }
        final int longest = load.sizes().stream().mapToInt(Integer::intValue).max().orElse(0);
        // First: what is set by hand comes later, and wins.
        options.addAll(List.of("--set", "queue.max_queue_capacity=" + Math.max(CAPACITY_MIN, 2 * load.heldMax())));
        if (longest > LENGTH_DEFAULT) {
            options.addAll(List.of("--set", "queue.max_message_length=" + longest));
        }
        if (load.connections() + load.activeConnections() > SPARE_CONNECTIONS) {
            options.addAll(List.of("--set", "network.max_connections=" + (load.connections() + load.activeConnections() + SPARE_CONNECTIONS)));
        }
        settings.forEach(setting -> options.addAll(List.of("--set", setting)));
        return new OwnBroker(data.toAbsolutePath(), options);
    }

    /** 0 where it is not known. */
    long pidOf(final InetSocketAddress address) {
        if (pid != 0) {
            return pid;
        }
        final boolean isHere = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        return isHere ? ProcessUsage.listeningOn(address.getPort()).orElse(0) : 0;
    }

    /** How it was started, in words; empty where it was not. */
    String words() {
        final StringBuilder words = new StringBuilder();
        if (file != null) {
            words.append(" -f ").append(file);
        }
        settings.forEach(setting -> words.append(" --set ").append(setting));
        return words.toString().strip();
    }
}
