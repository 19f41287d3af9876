package io.gmq.compare.peer;

import io.gmq.bench.wire.NatsWire;
import io.gmq.compare.link.JetStreamLink;
import io.gmq.compare.link.NatsLink;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** NATS: core and JetStream in one server; JetStream with a sync before each confirmation in another, where the version has that. */
final class NatsServer implements Peer {
    private static final String CORE = "NATS core";
    private static final String STREAM = "NATS JetStream";
    private static final String SYNC_ALWAYS = "always";
    private static final String ACKED = "acknowledged, several at a time; it stays in the stream; the acknowledgement is not confirmed";

    private final Places places;

    NatsServer(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return "NATS";
    }

    private Optional<Path> program() {
        return places.programs().find("nats-server");
    }

    @Override
    public Optional<String> missing() {
        return program().isPresent() ? Optional.empty() : Optional.of("Debian package nats-server");
    }

    @Override
    public List<Server> servers() {
        final List<Server> servers = new ArrayList<>();
        servers.add(new Instance("nats", "", List.of(
            new Subject("nats-core", CORE, "none", Level.MEMORY, "nothing, and nothing is confirmed",
                "not settled: who is not there misses it",
                new Subject.Drivers(new NatsWire(), (host, port, queue, length, flow) -> new NatsLink(host, port, queue, flow))),
            stream("jetstream-memory", "memory", StorageType.Memory, Level.MEMORY, "nothing"),
            stream("jetstream-file", "file (default sync)", StorageType.File, Level.WRITTEN,
                "kill -9 of the server; a power loss takes up to two minutes"))));
        if (knowsSyncAlways()) {
            servers.add(new Instance("nats-always", SYNC_ALWAYS, List.of(
                stream("jetstream-always", "file, sync_interval always", StorageType.File, Level.SYNCED,
                    "power loss: synced before the confirmation"))));
        }
        return servers;
    }

    @Override
    public List<String> unavailable() {
        return knowsSyncAlways() ? List.of()
            : List.of(STREAM + " with sync_interval always: this version of nats-server does not know the setting");
    }

    private static Subject stream(
        final String id, final String durability, final StorageType storage, final Level level, final String survives) {
        return new Subject(id, STREAM, durability, level, survives, ACKED,
            new Subject.Drivers(null, (host, port, queue, length, flow) -> new JetStreamLink(host, port, queue, storage, flow)));
    }

    /** Asks the server, which checks a configuration without starting. */
    private boolean knowsSyncAlways() {
        try {
            final Path folder = Files.createTempDirectory("gmq-compare-nats");
            final Path config = Files.writeString(folder.resolve("nats.conf"), config(folder, 0, SYNC_ALWAYS));
            try {
                return Programs.ask(Pattern.compile("(configuration file .*is valid)"), program().orElseThrow().toString(), "-t", "-c",
                    config.toString()).endsWith("is valid");
            } finally {
                Files.delete(config);
                Files.delete(folder);
            }
        } catch (final IOException e) {
            return false;
        }
    }

    /** @param sync how often to sync; empty for the default. */
    static String config(final Path folder, final int port, final String sync) {
        return String.join("\n",
            "host: " + RunningServer.HOST,
            "port: " + port,
            "jetstream {",
            "  store_dir: \"" + folder.resolve("store") + "\"",
            sync.isEmpty() ? "" : "  sync_interval: " + sync,
            "}",
            "");
    }

    private final class Instance implements Server {
        private final String id;
        private final String sync;
        private final List<Subject> subjects;

        private Instance(final String id, final String sync, final List<Subject> subjects) {
            this.id = id;
            this.sync = sync;
            this.subjects = subjects;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public List<Subject> subjects() {
            return subjects;
        }

        @Override
        public Launch prepare(final Path folder, final int port) throws IOException {
            final Path config = Files.writeString(folder.resolve("nats.conf"), config(folder, port, sync));
            return Launch.of(program().orElseThrow().toString(), "-c", config.toString());
        }

        @Override
        public String version(final RunningServer running) throws IOException {
            return Programs.ask(Pattern.compile("v([\\d.]+)"), program().orElseThrow().toString(), "--version");
        }
    }
}
