package io.gmq.broker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.client.Durability;
import io.gmq.client.GmqClient;
import io.gmq.client.OutgoingMessage;
import io.gmq.client.PublishOptions;
import io.gmq.client.TakeOptions;
import io.gmq.journal.JournalTail;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.MySqlRecords;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole broker with an archive beside it. */
@Timeout(120)
class BrokerArchiveIT {
    @TempDir
    private Path temp;

    private Broker broker(final String archive, final String... settings) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=0").set("filesystem.path=" + temp.resolve("data"))
            .set("ring.profile=compact").set("archive.dsn=" + archive);
        for (final String setting : settings) {
            config.set(setting);
        }
        return new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> {
            throw new AssertionError(failure);
        });
    }

    private static GmqClient connect(final Broker broker) {
        return GmqClient.connect("127.0.0.1", broker.address().getPort());
    }

    /** Whether it takes a moment or two is a matter of the machine; that it comes is asserted by the test's time-out. */
    private static void await(final String dsn, final String query, final String expected) throws SQLException {
        try (Connection connection = TestServer.shared().database(dsn).connect()) {
            while (Sql.number(connection, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'gmq_archive'") == 0
                || !Sql.row(connection, query).equals(expected)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static void publishTakeAndAck(final GmqClient client, final Durability durability) {
        for (int i = 0; i < 10; i++) {
            client.publish("orders", OutgoingMessage.of("tea " + i), PublishOptions.NONE.durability(durability)).join();
        }
        client.ack(client.take("orders", TakeOptions.max(1)).join().get(0)).join();
    }

    @Test
    void shouldArchiveWhatABrokerWithFilesDoesAndGoOnAfterARestart() throws SQLException {
        final String dsn = TestServer.shared().newDatabase();
        for (int start = 1; start <= 3; start++) {
            try (Broker broker = broker(dsn); GmqClient client = connect(broker)) {
                publishTakeAndAck(client, Durability.SYNCED);
                await(dsn, "SELECT COUNT(*), COUNT(ended_ms) FROM gmq_archive", 10 * start + "|" + start);
            }
        }
        try (Connection connection = TestServer.shared().database(dsn).connect()) {
            assertThat(Sql.row(connection, "SELECT GROUP_CONCAT(message ORDER BY message), MAX(deliveries) FROM gmq_archive WHERE state = 'acked'"))
                .isEqualTo("1,2,3|1");
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_archive_gap")).isZero();
        }
    }

    @Test
    void shouldArchiveAlsoWhatNobodyAsksToHaveSynced() throws SQLException {
        final String dsn = TestServer.shared().newDatabase();
        try (Broker broker = broker(dsn); GmqClient client = connect(broker)) {
            publishTakeAndAck(client, Durability.MEMORY);
            await(dsn, "SELECT COUNT(*) FROM gmq_archive", "10");
        }
    }

    @Test
    void shouldArchiveWhatABrokerWithADatabaseDoes() throws SQLException {
        final String dsn = TestServer.shared().newDatabase();
        for (int start = 1; start <= 2; start++) {
            try (Broker broker = broker(dsn, "queue.queue_type=database", "database.dsn=" + dsn); GmqClient client = connect(broker)) {
                publishTakeAndAck(client, Durability.SYNCED);
                await(dsn, "SELECT COUNT(*), COUNT(ended_ms) FROM gmq_archive", 10 * start + "|" + start);
            }
        }
        final Database database = TestServer.shared().database(dsn);
        try (Connection connection = database.connect()) {
            final List<String> followed = Oracle.lines(connection);
            try (JournalTail tail = new MySqlRecords(database).tail()) {
                new ArchiveRebuild(database, tail, sequence -> { }).run();
            }
            assertThat(Oracle.lines(connection)).isEqualTo(followed).hasSize(20);
        }
    }

    @Test
    void shouldServeAndStopWhileTheArchiveIsFrozen() throws SQLException {
        final String dsn = TestServer.shared().newDatabase();
        try (FaultProxy proxy = new FaultProxy(TestServer.shared())) {
            try (Broker broker = broker(proxy.dsn(dsn), "database.timeout_ms=10m"); GmqClient client = connect(broker)) {
                publishTakeAndAck(client, Durability.SYNCED);
                await(dsn, "SELECT COUNT(*) FROM gmq_archive", "10");
                proxy.freeze();
                publishTakeAndAck(client, Durability.SYNCED);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500)); // so that it waits for an answer, probably
            }
            try (Broker broker = broker(proxy.dsn(dsn), "database.timeout_ms=10m"); GmqClient client = connect(broker)) {
                publishTakeAndAck(client, Durability.SYNCED); // it waits for a connection
            }
        }
    }
}
