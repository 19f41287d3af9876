package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a broker starts, how it refuses to, and how it stops when it is told to. */
class StartErrorsIT {
    @TempDir
    Path temp;

    /** The one line for the person who started it, who must not see a stack trace. */
    private static String refusal(final BrokerProcess broker) throws IOException {
        assertThat(broker.exitCode()).isNotZero();
        assertThat(broker.restOfOutput()).isEmpty();
        final List<String> lines = broker.err().lines().toList();
        assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by") || line.startsWith("Exception"));
        assertThat(lines.stream().filter(line -> line.startsWith("gmq: "))).as(broker.err()).hasSize(1);
        final String last = lines.get(lines.size() - 1);
        assertThat(last).startsWith("gmq: ");
        return last;
    }

    private String refusalOf(final String... arguments) throws IOException {
        try (BrokerProcess broker = BrokerProcess.fail(temp, arguments)) {
            return refusal(broker);
        }
    }

    @Test
    void shouldRefuseAnUnknownKeyWithTheNearestAndNothingElse() throws IOException {
        try (BrokerProcess broker = BrokerProcess.fail(temp, "--set", "queue.max_qeue_number=7")) {
            assertThat(refusal(broker)).contains("max_qeue_number").contains("queue.max_queue_number");
            assertThat(broker.err().lines()).hasSize(1);
        }
    }

    @Test
    void shouldNameTheFileOfAWrongValue() throws IOException {
        final Path file = Files.writeString(temp.resolve("wrong.json"), "{\"queue\":{\"max_message_length\":\"many\"}}");
        assertThat(refusalOf("-f", file.toString())).contains(file.toString()).contains("max_message_length").contains("many");
    }

    @Test
    void shouldNameAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final String port = Integer.toString(taken.getLocalPort());
            assertThat(refusalOf("--port", port, "--data", temp.resolve("data").toString())).contains("127.0.0.1:" + port).contains("--port");
        }
    }

    @Test
    void shouldNameAFolderThatCannotBe() throws IOException {
        final Path file = Files.createFile(temp.resolve("file"));
        assertThat(refusalOf("--port", "0", "--data", file.toString())).contains(file.toString());
        final Path below = file.resolve("data");
        assertThat(refusalOf("--port", "0", "--data", below.toString())).contains(below.toString());
    }

    @Test
    void shouldRefuseAFolderThatAnotherBrokerHas() throws IOException {
        final Path data = temp.resolve("data");
        try (BrokerProcess first = BrokerProcess.start(temp, data)) {
            assertThat(refusalOf("--port", "0", "--data", data.toString())).contains(data.toString()).contains(Long.toString(first.pid()));
            try (Wire wire = first.connect()) {
                wire.confirm("{'operation':'publish','queue':'q','text':'undisturbed'}");
            }
        }
        try (BrokerProcess second = BrokerProcess.start(temp, data); Wire wire = second.connect()) {
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("ready")).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseADamagedJournalAndLeaveItAlone() throws IOException {
        final Path data = temp.resolve("data");
        try (BrokerProcess broker = BrokerProcess.start(temp, data); Wire wire = broker.connect()) {
            for (int i = 0; i < 10; i++) {
                wire.confirm("{'operation':'publish','queue':'q','text':'message number " + i + "'}");
            }
            broker.kill();
        }
        final Path file;
        try (Stream<Path> files = Files.walk(data)) {
            file = files.filter(path -> path.toString().endsWith(".cq4") && contains(path)).findFirst().orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(file);
        bytes[place(bytes)] ^= 1;
        Files.write(file, bytes);
        assertThat(refusalOf("--port", "0", "--data", data.toString())).contains(file.getFileName().toString()).contains("at offset");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    private static boolean contains(final Path path) {
        try {
            return place(Files.readAllBytes(path)) >= 0;
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int place(final byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf("message number 4");
    }

    @Test
    void shouldStartWithTheOriginalsConfigurationFile() throws IOException {
        final Path file = Path.of("..", "examples", "original.json").toAbsolutePath().normalize();
        try (BrokerProcess broker = BrokerProcess.start(temp, temp.resolve("data"), "-f", file.toString()); Wire wire = broker.connect()) {
            final Reply limits = wire.confirm("{'operation':'hello','version':1,'auth':{'user':'warehouse','password':'change me before use'}}").object("limits");
            assertThat(limits.number("max_queue_number")).isEqualTo(128);
            assertThat(limits.number("max_message_length")).isEqualTo(16384);
            assertThat(limits.number("max_queue_capacity")).isEqualTo(10000);
            wire.confirm("{'operation':'publish','queue':'q','text':'x'}");
            broker.terminate();
            assertThat(broker.exitCode()).isZero();
            assertThat(broker.err() + Files.readString(temp.resolve("log/gmq.log"))).doesNotContain("change me").doesNotContain("change-me");
        }
    }

    @Test
    void shouldPrintOneLineWhenItIsReadyAndFollowSigterm() throws IOException {
        final Path data = temp.resolve("data");
        final int count = 500;
        final List<Long> confirmed = new ArrayList<>();
        try (BrokerProcess broker = BrokerProcess.start(temp, data); Wire wire = broker.connect()) {
            assertThat(broker.readyLine()).matches("GMQ ready on 127\\.0\\.0\\.1:[1-9][0-9]*");
            final String[] requests = new String[count];
            for (int i = 0; i < count; i++) {
                requests[i] = "{'id':" + i + ",'operation':'publish','queue':'q','text':'" + i + "'}";
            }
            wire.send(requests);
            confirmed.add(wire.reply().number("message"));
            broker.terminate();
            Reply reply = wire.reply();
            while (reply.has("id")) {
                confirmed.add(reply.number("message"));
                reply = wire.reply();
            }
            assertThat(reply.code()).isEqualTo("shutting_down");
            assertThat(wire.rest()).isEmpty();
            assertThat(broker.exitCode()).isZero();
            assertThat(broker.restOfOutput()).isEmpty();
        }
        try (BrokerProcess broker = BrokerProcess.start(temp, data); Wire wire = broker.connect()) {
            assertThat(wire.confirm("{'operation':'take','queue':'q','max':1000}").ids()).isEqualTo(confirmed);
            broker.terminate();
            assertThat(broker.exitCode()).isZero();
        }
    }
}
