package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.JournalException;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MigrationsIT {
    private static final int BROKERS = 8;
    private static final String FIRST = "CREATE TABLE IF NOT EXISTS first (number INT)";
    private static final String SECOND = "CREATE TABLE IF NOT EXISTS second (number INT)";
    private static final String VERSIONS =
        "SELECT COALESCE(GROUP_CONCAT(component, version ORDER BY component, version), '') FROM gmq_schema";

    private final TestServer server = TestServer.shared();
    private final Database database = server.database(server.newDatabase());
    private final Connection connection = database.connect();

    MigrationsIT() throws SQLException {
        // for what the fields throw
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void shouldDoEachStepOnce() throws SQLException {
        final int timeoutMs = connection.getNetworkTimeout();
        Migrations.apply(connection, "journal", List.of(FIRST));
        Sql.execute(connection, "INSERT INTO first VALUES (1)");
        Migrations.apply(connection, "journal", List.of("DROP TABLE first", SECOND));
        Migrations.apply(connection, "archive", List.of("CREATE TABLE IF NOT EXISTS third (number INT)"));
        Migrations.apply(connection, "journal", List.of("DROP TABLE first", "DROP TABLE second"));
        assertThat(Sql.row(connection, VERSIONS)).isEqualTo("archive1,journal1,journal2");
        assertThat(Sql.number(connection, "SELECT COUNT(*) FROM first")).isEqualTo(1);
        assertThat(Sql.number(connection, "SELECT COUNT(*) FROM second, third")).isZero();
        assertThat(Sql.number(connection, "SELECT MIN(ABS(applied_ms - UNIX_TIMESTAMP() * 1000) < 600000) FROM gmq_schema")).isEqualTo(1);
        assertThat(connection.getNetworkTimeout()).isEqualTo(timeoutMs);
    }

    @Test
    void shouldLetSeveralBrokersDoItAtOnce() throws Exception {
        final ExecutorService brokers = Executors.newFixedThreadPool(BROKERS);
        try {
            final List<Future<?>> results = new ArrayList<>();
            for (int broker = 0; broker < BROKERS; broker++) {
                results.add(brokers.submit(() -> {
                    try (Connection its = database.connect()) {
                        Migrations.apply(its, "journal", List.of(FIRST, "ALTER TABLE first ADD COLUMN more INT", SECOND));
                    }
                    return null;
                }));
            }
            for (final Future<?> result : results) {
                result.get();
            }
        } finally {
            brokers.shutdownNow();
        }
        assertThat(Sql.row(connection, VERSIONS)).isEqualTo("journal1,journal2,journal3");
    }

    @Test
    void shouldRefuseTheTablesOfANewerGmq() throws SQLException {
        Migrations.apply(connection, "journal", List.of(FIRST, SECOND));
        assertThatThrownBy(() -> Migrations.apply(connection, "journal", List.of(FIRST))).isInstanceOf(JournalException.class)
            .hasMessage("the tables of 'journal' in database " + connection.getCatalog()
                + " are of version 2, this GMQ knows them up to version 1; use the newer GMQ that made them, or another database");
        try (Connection another = database.connect()) {
            Migrations.apply(another, "journal", List.of(FIRST, SECOND));
        }
    }

    @Test
    void shouldGoOnWhereItHadStopped() throws SQLException {
        assertThatThrownBy(() -> Migrations.apply(connection, "journal", List.of(FIRST, "no SQL", SECOND)))
            .isInstanceOf(SQLException.class);
        assertThat(Sql.row(connection, VERSIONS)).isEqualTo("journal1");
        Migrations.apply(connection, "journal", List.of("no SQL", FIRST, SECOND));
        assertThat(Sql.row(connection, VERSIONS)).isEqualTo("journal1,journal2,journal3");
    }
}
