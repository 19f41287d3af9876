package io.gmq.compare.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
    @TempDir
    private Path folder;

    private Places places() {
        return new Places(new Programs(List.of(folder)), Path.of("java"), folder.resolve("gmq"), folder.resolve("servers"), folder);
    }

    private void program(final String name) throws IOException {
        final Path program = Files.createDirectories(folder.resolve(name).getParent()).resolve(Path.of(name).getFileName());
        Files.writeString(program, "#!/bin/sh\nexit 1\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void shouldNameEachPeerThatIsMissingAndSayHowToGetIt() {
        final Map<String, String> missing = Peers.of(places()).stream().filter(peer -> !peer.name().equals("RabbitMQ"))
            .collect(Collectors.toMap(Peer::name, peer -> peer.missing().orElseThrow()));
        assertThat(missing).containsOnlyKeys("GMQ", "Redis", "NATS", "beanstalkd", "Kafka", "ActiveMQ Artemis");
        assertThat(missing.get("Redis")).contains("Debian package redis-server");
        assertThat(missing.get("NATS")).contains("Debian package nats-server");
        assertThat(missing.get("beanstalkd")).contains("Debian package beanstalkd");
        assertThat(missing.get("Kafka")).contains("org.apache.kafka:kafka_2.13");
        assertThat(missing.get("ActiveMQ Artemis")).contains("org.apache.artemis:artemis-server");
    }

    @Test
    void shouldFindWhatIsInstalled() throws IOException {
        program("redis-server");
        program("gmq/bin/gmq");
        Files.createDirectories(folder.resolve("servers/kafka"));
        Files.createFile(folder.resolve("servers/kafka/kafka_2.13-4.4.0.jar"));
        assertThat(Peers.of(places()).stream().filter(peer -> peer.missing().isEmpty() && !peer.name().equals("RabbitMQ")).map(Peer::name))
            .containsExactly("GMQ", "Redis", "Kafka");
    }

    @Test
    void shouldNotTakeAFileForAProgram() throws IOException {
        Files.createFile(folder.resolve("redis-server"));
        assertThat(new Redis(places()).missing()).isPresent();
    }

    @Test
    void shouldNameWhatAVersionLacks() throws IOException {
        program("nats-server");
        final NatsServer nats = new NatsServer(places());
        assertThat(nats.unavailable()).singleElement().asString().contains("sync_interval always");
        assertThat(nats.servers()).singleElement().extracting(Server::id).isEqualTo("nats");
    }

    @Test
    void shouldReadTheVersionOffAJar() throws IOException {
        Files.createDirectories(folder.resolve("servers/kafka"));
        Files.createFile(folder.resolve("servers/kafka/kafka_2.13-4.4.0.jar"));
        Files.createFile(folder.resolve("servers/kafka/kafka-server-common-4.3.0.jar"));
        assertThat(places().versionOf("kafka", "kafka_2.13")).isEqualTo("4.4.0");
        assertThat(places().versionOf("kafka", "kafka")).as("its name is longer").isEqualTo("unknown");
    }

    @Test
    void shouldHaveAnIdOfItsOwnForEachRow() throws IOException {
        for (final String name : List.of("redis-server", "nats-server", "beanstalkd", "gmq/bin/gmq")) {
            program(name);
        }
        assertThat(Peers.of(places()).stream().flatMap(peer -> peer.servers().stream()).flatMap(server -> server.subjects().stream())
            .map(Subject::id)).doesNotHaveDuplicates().contains("gmq-memory", "gmq-written", "gmq-synced");
    }
}
