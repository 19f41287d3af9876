package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.broker.history.PastKit;
import io.gmq.client.GmqClient;
import io.gmq.engine.kit.Draft;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look after an archive, with a real database. */
@Timeout(120)
class ArchiveCommandsIT {
    @TempDir
    private Path data;

    private static CommandRun run(final String dsn, final String... arguments) {
        return CommandRun.of(CommandRun.piped("", Map.of("GMQ_ARCHIVE_DSN", dsn)), arguments);
    }

    private long write(final int messages) {
        try (PastKit kit = new PastKit(data)) {
            for (int i = 0; i < messages; i++) {
                kit.apply(kit.by(1).publish("orders", Draft.of("tea " + i)));
            }
            return kit.sequence();
        }
    }

    @Test
    void shouldBuildAnArchiveAndTellHowItStands() throws SQLException {
        final String dsn = TestServer.shared().newDatabase();
        final long last = write(20);
        assertThat(run(dsn, "archive", "status", "--data", data.toString()).out()).startsWith("there is no archive in gmq@127.0.0.1:");
        assertThat(run(dsn, "archive", "status", "--json", "--data", data.toString()).out().strip()).isEqualTo("{\"archive\":false}");

        final CommandRun built = run(dsn, "archive", "rebuild", "--data", data.toString());
        assertThat(built.errors()).isEmpty();
        assertThat(built.out()).startsWith("archived the records from sequence 1 to " + last + " in gmq@127.0.0.1:");
        assertThat(built.exitCode()).isZero();
        try (Connection connection = TestServer.shared().database(dsn).connect()) {
            assertThat(Sql.row(connection, "SELECT COUNT(*), MIN(state), MAX(queue) FROM gmq_archive")).isEqualTo("20|ready|orders");
        }
        assertThat(run(dsn, "archive", "status", "--data", data.toString()).out())
            .contains("position    sequence " + last + ", 2020-", "follower    none", "lag         none", "gmq_message").doesNotContain("sequences ");

        final long later = write(3);
        assertThat(run(dsn, "archive", "status", "--data", data.toString()).out()).contains("lag         " + (later - last) + " records, the oldest of 2020-");
        assertThat(run(dsn, "archive", "status", "--json", "--data", data.toString()).out())
            .contains("\"archive\":true,\"sequence\":" + last, "\"in_use\":false,\"lag\":" + (later - last), "\"gaps\":[]");
        assertThat(run(dsn, "archive", "rebuild", "--json", "--data", data.toString()).out().strip()).isEqualTo("{\"first\":1,\"last\":" + later + "}");
    }

    @Test
    void shouldReadTheJournalOfStorageDatabase() throws SQLException {
        final String storage = TestServer.shared().newDatabase();
        final String dsn = TestServer.shared().newDatabase();
        final Map<String, String> environment =
            Map.of("GMQ_ARCHIVE_DSN", dsn, "GMQ_QUEUE_QUEUE_TYPE", "database", "GMQ_DATABASE_DSN", storage);
        final ConfigLoader config =
            new ConfigLoader(Machine.current()).set("network.port=0").set("queue.queue_type=database").set("database.dsn=" + storage);
        try (Broker broker = new Broker(config.load(), Machine.current(), Outside.MACHINE, "test", failure -> { });
            GmqClient client = GmqClient.connect("127.0.0.1", broker.address().getPort())) {
            client.publish("orders", "tea").join();
            client.publish("orders", "cake").join();
        }
        final Shell shell = CommandRun.piped("", environment);
        assertThat(CommandRun.of(shell, "archive", "rebuild", "--yes").out()).startsWith("archived the records from sequence 1 to ");
        try (Connection connection = TestServer.shared().database(dsn).connect()) {
            assertThat(Sql.row(connection, "SELECT COUNT(*), MIN(state), MAX(queue) FROM gmq_archive")).isEqualTo("2|ready|orders");
            Sql.execute(connection, "UPDATE gmq_archive_position SET sequence = sequence - 1");
        }
        assertThat(CommandRun.of(shell, "archive", "status").out()).contains("lag         1 records, the oldest of 2");
        assertThat(CommandRun.of(shell, "journal", "ls").errors()).contains("has no data folder, its storage is 'database'");
    }

    @Test
    void shouldSayWhatIsWrongInOneLineThatShowsNoPassword() {
        write(1);
        final String dsn = TestServer.shared().newDatabase();
        assertThat(CommandRun.of("archive", "status", "--data", data.toString()).errors())
            .isEqualTo(CommandRun.lines("gmq: no archive is configured: name the configuration that has archive.dsn with -f FILE, or set GMQ_ARCHIVE_DSN"));
        final int from = dsn.indexOf(':') + 1;
        final String wrong = dsn.substring(0, from) + "letmein" + dsn.substring(dsn.lastIndexOf("@tcp"));
        final CommandRun refused = run(wrong, "archive", "rebuild", "--data", data.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors().lines()).hasSize(1);
        assertThat(refused.errors()).contains("the archive gmq@127.0.0.1", "Access denied").doesNotContain("letmein");
        final CommandRun away = run("gmq:letmein@(127.0.0.1:1)/gmq", "archive", "status", "--data", data.toString());
        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.errors().lines()).hasSize(1);
        assertThat(away.errors()).contains("gmq@127.0.0.1:1/gmq", "refused").doesNotContain("letmein");
    }

    @Test
    void shouldLeaveAnArchiveAloneWhoseJournalIsDamagedOrMissing() throws SQLException {
        final String dsn = TestServer.shared().newDatabase();
        write(5);
        run(dsn, "archive", "rebuild", "--data", data.toString());
        final CommandRun run = run(dsn, "archive", "rebuild", "--data", data.resolve("nothing").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("there is no folder");
        try (Connection connection = TestServer.shared().database(dsn).connect()) {
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_archive")).isEqualTo(5);
        }
    }
}
