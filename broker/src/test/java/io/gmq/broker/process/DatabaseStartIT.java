package io.gmq.broker.process;

import static io.gmq.broker.process.DatabaseKit.awaitLine;
import static io.gmq.broker.process.DatabaseKit.count;
import static io.gmq.broker.process.DatabaseKit.launch;
import static io.gmq.broker.process.DatabaseKit.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a broker starts on a database, and how it refuses to. */
@Timeout(60)
class DatabaseStartIT {
    private static final String WRONG_PASSWORD = "wr0ng/p@ss:word";
    private static final String UNREACHABLE = "cannot reach the database ";

    private final TestServer server = TestServer.shared();

    @TempDir
    Path temp;

    /** The one line that a start ends with; no trace, and no password in anything that was said. */
    private static String refusal(final BrokerProcess broker) throws IOException {
        assertThat(broker.exitCode()).as(broker.err()).isEqualTo(1);
        assertThat(broker.restOfOutput()).isEmpty();
        assertThat(broker.err()).doesNotContain("\tat ").doesNotContain(TestServer.PASSWORD).doesNotContain(WRONG_PASSWORD);
        final List<String> lines = broker.err().lines().filter(line -> line.startsWith("gmq: ")).toList();
        assertThat(lines).as(broker.err()).hasSize(1);
        return lines.get(0);
    }

    @Test
    void shouldKeepTryingAndStartWhenTheDatabaseComes() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            proxy.refuse(true);
            try (BrokerProcess broker = launch(temp, proxy.dsn(server.newDatabase()))) {
                awaitLine(broker, UNREACHABLE);
                proxy.refuse(false);
                broker.awaitReady();
                assertThat(count(broker, UNREACHABLE)).as(broker.err()).isEqualTo(1);
                assertThat(broker.err()).doesNotContain(TestServer.PASSWORD);
            }
        }
    }

    @Test
    void shouldEndWithOneLineWhenTheDatabaseDoesNotCome() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            proxy.refuse(true);
            try (BrokerProcess broker = launch(temp, proxy.dsn(server.newDatabase()), "database.start_wait_ms=2s")) {
                assertThat(refusal(broker)).contains(UNREACHABLE).contains("tried for 2 s").contains("database.start_wait_ms");
            }
        }
    }

    @Test
    void shouldEndWhenAFrozenDatabaseDoesNotThaw() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            proxy.freeze();
            try (BrokerProcess broker = launch(temp, proxy.dsn(server.newDatabase()), "database.start_wait_ms=2s")) {
                assertThat(refusal(broker)).contains(UNREACHABLE);
            }
        }
    }

    @Test
    void shouldEndAtOnceWithAWrongPassword() throws IOException {
        final String dsn = server.newDatabase();
        final String wrong = dsn.substring(0, dsn.indexOf(':') + 1) + WRONG_PASSWORD + dsn.substring(dsn.lastIndexOf("@tcp("));
        try (BrokerProcess broker = launch(temp, wrong)) {
            assertThat(refusal(broker)).contains("does not let us in").contains("see user, password and rights");
            assertThat(count(broker, "trying for")).isZero();
        }
    }

    @Test
    void shouldEndAtOnceWithAnUnknownDatabase() throws IOException {
        final String dsn = server.newDatabase();
        try (BrokerProcess broker = launch(temp, dsn.substring(0, dsn.lastIndexOf('/')) + "/not_there")) {
            assertThat(refusal(broker)).contains("there is no such database").contains("/not_there");
            assertThat(count(broker, "trying for")).isZero();
        }
    }

    @Test
    void shouldSayThatPacketsAreTooSmall() throws IOException, SQLException {
        try (TestServer own = TestServer.own(temp)) {
            final String dsn = own.newDatabase();
            try (Connection connection = own.database(dsn).connect()) {
                Sql.execute(connection, "SET GLOBAL max_allowed_packet = 65536");
            }
            try (BrokerProcess broker = launch(temp, dsn)) {
                assertThat(refusal(broker)).contains("packets of 65536 bytes").contains("max_allowed_packet").contains("network.max_frame_length");
            }
        }
    }

    @Test
    void shouldKeepQueuesAndPayloadsWhateverIsInThem() throws IOException {
        final String dsn = server.newDatabase();
        final byte[] payload = new byte[2000];
        new SplittableRandom(1).nextBytes(payload);
        final String encoded = Base64.getEncoder().encodeToString(payload);
        final List<String> names = List.of("x\\\"; DROP TABLE gmq_journal; --", "'; DELETE FROM gmq_journal; --", "%s ? ${x} \\\\ Ω");
        try (BrokerProcess broker = start(temp, dsn); Wire wire = broker.connect()) {
            for (final String name : names) {
                final Reply reply = Reply.of(wire.sendRaw("{\"operation\":\"publish\",\"queue\":\"" + name + "\",\"payload\":\"" + encoded + "\"}\n").line());
                assertThat(reply.isConfirmed()).as(reply.toString()).isTrue();
            }
            broker.kill();
        }
        try (BrokerProcess broker = start(temp, dsn); Wire wire = broker.connect()) {
            for (final String name : names) {
                final Reply reply = Reply.of(wire.sendRaw("{\"operation\":\"take\",\"queue\":\"" + name + "\"}\n").line());
                assertThat(reply.messages().get(0).payload()).as(name).isEqualTo(payload);
            }
            assertThat(temp.resolve("unused")).doesNotExist();
        }
    }
}
