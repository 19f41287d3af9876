package io.gmq.compare.peer;

import io.gmq.compare.link.KafkaLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kafka: one node that is broker and controller. Whether a topic syncs before it confirms is the topic's own setting. */
final class Kafka implements Peer {
    private static final String NAME = "Kafka";
    private static final String JAR = "kafka_2.13";
    private static final String CLUSTER = "Z21xLWNvbXBhcmUtMDAwMA";
    /** As its own start script has them. */
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-server", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20",
        "-XX:InitiatingHeapOccupancyPercent=35", "-XX:+ExplicitGCInvokesConcurrent", "-Djava.awt.headless=true");
    private static final String COMMITTED = "the consumer's place is committed after each poll, not waited for";
    private static final String PRODUCER = " (tuned: batch.size 64 KiB, linger.ms 0)";
    /** Batches of up to a quarter of the window, and no wait for more. */
    private static final Map<String, String> TUNED = Map.of("batch.size", "65536", "linger.ms", "0");

    private final Places places;

    Kafka(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> missing() {
        return places.classPath("kafka", JAR).isPresent()
            ? Optional.empty() : Optional.of("fetched from Maven Central (org.apache.kafka:" + JAR + ") by bench/compare/run");
    }

    @Override
    public List<Server> servers() {
        return List.of(new Node(List.of(
            subject("kafka-default", "acks=all, defaults", Level.WRITTEN, false, Map.of()),
            subject("kafka-tuned", "acks=all, tuned", Level.WRITTEN, false, TUNED),
            subject("kafka-flush", "acks=all, flush.messages=1, tuned", Level.SYNCED, true, TUNED))));
    }

    private static Subject subject(
        final String id, final String durability, final Level level, final boolean flush, final Map<String, String> producer) {
        final String survives = flush ? "power loss: synced before the confirmation"
            : "kill -9 of the broker: it is in the operating system's cache (one node: no replicas)";
        final Map<String, String> topic = flush ? Map.of("flush.messages", "1") : Map.of();
        final Subject.Java java = (host, port, queue, length, flow) -> new KafkaLink(host, port, queue, topic, producer, flow);
        return new Subject(id, NAME, durability, level, survives, COMMITTED + (producer.isEmpty() ? "" : PRODUCER),
            new Subject.Drivers(null, java, !producer.isEmpty()));
    }

    static String config(final Path folder, final int port, final int controllerPort) {
        final String host = RunningServer.HOST;
        return String.join("\n",
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@" + host + ":" + controllerPort,
            "listeners=PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort,
            "advertised.listeners=PLAINTEXT://" + host + ":" + port,
            "controller.listener.names=CONTROLLER",
            "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs=" + folder.resolve("data"),
            "offsets.topic.replication.factor=1",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "share.coordinator.state.topic.replication.factor=1",
            "share.coordinator.state.topic.min.isr=1",
            "group.initial.rebalance.delay.ms=0",
            "# it is stopped between measurements and must not be declared dead meanwhile",
            "broker.session.timeout.ms=3600000",
            "");
    }

    private final class Node implements Server {
        private final List<Subject> subjects;

        private Node(final List<Subject> subjects) {
            this.subjects = subjects;
        }

        @Override
        public String id() {
            return "kafka";
        }

        @Override
        public List<Subject> subjects() {
            return subjects;
        }

        @Override
        public Launch prepare(final Path folder, final int port) throws IOException {
            final Path config = Files.writeString(folder.resolve("server.properties"), config(folder, port, RunningServer.freePort()));
            final List<String> java = List.of(places.java().toString(), "-cp", places.classPath("kafka", JAR).orElseThrow());
            final List<String> format = new ArrayList<>(java);
            format.addAll(List.of("kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER, "--config", config.toString()));
            final List<String> server = new ArrayList<>(List.of(places.java().toString()));
            server.addAll(JVM);
            server.addAll(java.subList(1, java.size()));
            server.addAll(List.of("kafka.Kafka", config.toString()));
            return new Launch(List.of(format), server, Map.of());
        }

        @Override
        public String version(final RunningServer running) {
            return places.versionOf("kafka", JAR);
        }
    }
}
