package io.gmq.compare.peer;

import io.gmq.bench.load.Wire;
import io.gmq.bench.wire.GmqOptions;
import io.gmq.bench.wire.GmqWire;
import io.gmq.client.Durability;
import io.gmq.client.GmqClient;
import io.gmq.compare.link.GmqLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** GMQ itself, as the distribution starts it. Only the capacity of a queue is raised, for the rows without a consumer. */
final class Gmq implements Peer {
    private static final String NAME = "GMQ";
    private static final String CAPACITY = "queue.max_queue_capacity=10000000";
    private static final String ACKED = "leased, acknowledged in ranges; the acknowledgement is confirmed at the same level";

    private static final int BATCH = 64;

    private final Places places;

    Gmq(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return NAME;
    }

    private Path program() {
        return places.gmq().resolve("bin/gmq");
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(program()) ? Optional.empty() : Optional.of("build it: mvn -pl bench/compare -am package -DskipTests");
    }

    @Override
    public List<Server> servers() {
        return List.of(
            new Broker("gmq-memory", "memory", subjects(Durability.MEMORY, Level.MEMORY, "memory", "nothing (storage `memory`)")),
            new Broker("gmq-filesystem", "filesystem", Stream.concat(
                subjects(Durability.WRITTEN, Level.WRITTEN, "written", "kill -9 of the broker: it is in the journal file, which the system holds").stream(),
                subjects(Durability.SYNCED, Level.SYNCED, "synced (default)", "power loss: synced before the confirmation").stream())
                    .toList()));
    }

    /** With requests of one message, and, for the client alone, with requests of several, as other clients put them together unasked. */
    private static List<Subject> subjects(final Durability durability, final Level level, final String name, final String survives) {
        final Wire wire = new GmqWire(new GmqOptions(durability.level(), GmqOptions.Form.TEXT, GmqOptions.Way.PUSH, 1));
        final String id = "gmq-" + level.word();
        return List.of(
            new Subject(id, NAME, name, level, survives, ACKED, new Subject.Drivers(wire, link(durability, 1))),
            new Subject(id + "-batches", NAME, name + ", batches of " + BATCH, level, survives, ACKED,
                new Subject.Drivers(null, link(durability, BATCH), false)));
    }

    private static Subject.Java link(final Durability durability, final int batchMax) {
        return (host, port, queue, length, flow) -> new GmqLink(host, port, queue, durability, batchMax, flow);
    }

    private final class Broker implements Server {
        private final String id;
        private final String storage;
        private final List<Subject> subjects;

        private Broker(final String id, final String storage, final List<Subject> subjects) {
            this.id = id;
            this.storage = storage;
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
        public Launch prepare(final Path folder, final int port) {
            return Launch.of(program().toString(), "server", "--port", Integer.toString(port), "--data", folder.resolve("data").toString(),
                "--set", "queue.queue_type=" + storage, "--set", CAPACITY);
        }

        @Override
        public String version(final RunningServer running) {
            try (GmqClient client = GmqClient.connect(RunningServer.HOST, running.port())) {
                return client.hello().join().software().replaceFirst("(?i)^gmq[ /]", "");
            }
        }
    }
}
