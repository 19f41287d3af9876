package io.gmq.compare.peer;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gmq.compare.link.RabbitLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RabbitMQ: classic and quorum queues in one node, which shares nothing with one that is installed as a service. */
final class RabbitMq implements Peer {
    private static final String NAME = "RabbitMQ";
    private static final String ACKED = "acknowledged by hand, several at a time; the acknowledgement is not confirmed";

    private final Places places;

    RabbitMq(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Not the one in PATH: that is a wrapper which changes the user and leaves the environment behind. */
    private Optional<Path> program() {
        final Programs installed = new Programs(List.of(Path.of("/usr/lib/rabbitmq/bin"), Path.of("/opt/rabbitmq/sbin")));
        return installed.find("rabbitmq-server");
    }

    @Override
    public Optional<String> missing() {
        return program().isPresent() ? Optional.empty() : Optional.of("Debian package rabbitmq-server");
    }

    @Override
    public List<Server> servers() {
        return List.of(new Node(List.of(
            subject("rabbitmq-classic", "classic", "power loss: synced before the confirmation, several at a time"),
            subject("rabbitmq-quorum", "quorum", "power loss: synced before the confirmation (quorum of one)"))));
    }

    private static Subject subject(final String id, final String type, final String survives) {
        return new Subject(id, NAME, type + ", persistent, publisher confirms", Level.SYNCED, survives, ACKED,
            new Subject.Drivers(null, (host, port, queue, length, flow) -> new RabbitLink(host, port, queue, type, flow)));
    }

    static String config(final int port) {
        return String.join("\n",
            "listeners.tcp.1 = " + RunningServer.HOST + ":" + port,
            "log.console = true",
            "log.console.level = warning",
            "log.file = false",
            "");
    }

    static Map<String, String> environment(final Path folder, final int port, final int distributionPort) {
        return Map.ofEntries(
            Map.entry("HOME", folder.toString()),
            Map.entry("RABBITMQ_NODENAME", "gmq-compare-" + port + "@localhost"),
            Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
            Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
            Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("rabbitmq-env.conf").toString()),
            Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
            Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", folder.resolve("advanced.config").toString()),
            Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", folder.resolve("generated").toString()),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
            Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
            Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
            Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()));
    }

    private final class Node implements Server {
        private final List<Subject> subjects;

        private Node(final List<Subject> subjects) {
            this.subjects = subjects;
        }

        @Override
        public String id() {
            return "rabbitmq";
        }

        @Override
        public List<Subject> subjects() {
            return subjects;
        }

        @Override
        public Launch prepare(final Path folder, final int port) throws IOException {
            Files.writeString(folder.resolve("rabbitmq.conf"), config(port));
            Files.writeString(folder.resolve("rabbitmq-env.conf"), "");
            Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
            return new Launch(List.of(), List.of(program().orElseThrow().toString()), environment(folder, port, RunningServer.freePort()));
        }

        @Override
        public String version(final RunningServer running) throws Exception {
            final ConnectionFactory factory = new ConnectionFactory();
            factory.setHost(RunningServer.HOST);
            factory.setPort(running.port());
            final Connection connection = factory.newConnection();
            try {
                return String.valueOf(connection.getServerProperties().get("version"));
            } finally {
                connection.close();
            }
        }
    }
}
