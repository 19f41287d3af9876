package io.gmq.journal.mysql.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.mysql.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TestServerIT {
    private static final int KILLS = Integer.getInteger("gmq.mysql.kills", 5);

    @TempDir
    private Path folder;

    private static long rows(final Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return Sql.number(connection, "SELECT COUNT(*) FROM numbers");
        }
    }

    private static Database numbers(final TestServer server, final String dsn) throws SQLException {
        final Database database = server.database(dsn);
        try (Connection connection = database.connect()) {
            Sql.execute(connection, "CREATE TABLE numbers (number BIGINT PRIMARY KEY)");
        }
        return database;
    }

    @Test
    void shouldGiveEachTestADatabaseOfItsOwn() throws SQLException {
        final TestServer server = TestServer.shared();
        final String one = server.newDatabase();
        final String another = server.newDatabase();
        assertThat(one).isNotEqualTo(another);
        assertThat(rows(numbers(server, one))).isZero();
        assertThat(rows(numbers(server, another))).isZero();
    }

    @Test
    void shouldKeepWhatWasCommittedWhenTheServerIsKilledAgainAndAgain() throws SQLException {
        try (TestServer server = TestServer.own(folder)) {
            final Database database = numbers(server, server.newDatabase());
            for (int number = 0; number < KILLS; number++) {
                final Connection connection = database.connect();
                Sql.execute(connection, "INSERT INTO numbers VALUES (" + number + ")");
                connection.setAutoCommit(false);
                Sql.execute(connection, "INSERT INTO numbers VALUES (-1)");
                server.kill();
                assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
                assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
                server.start();
                assertThat(rows(database)).isEqualTo(number + 1);
            }
        }
    }

    @Test
    void shouldSwallowTheAnswerToACommitThatWasDone() throws SQLException {
        final TestServer server = TestServer.shared();
        final String dsn = server.newDatabase();
        final Database direct = numbers(server, dsn);
        try (FaultProxy proxy = new FaultProxy(server)) {
            final Connection connection = server.database(proxy.dsn(dsn)).connect();
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO numbers VALUES (1)");
            connection.commit();
            proxy.swallowNextCommitReply();
            Sql.execute(connection, "INSERT INTO numbers VALUES (2)");
            assertThat(proxy.swallowed()).isZero();
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThat(proxy.swallowed()).isEqualTo(1);
            assertThat(rows(direct)).isEqualTo(2);
            assertThat(rows(server.database(proxy.dsn(dsn)))).isEqualTo(2);
        }
    }

    @Test
    void shouldCutRefuseAndHoldBackConnections() throws Exception {
        final TestServer server = TestServer.shared();
        final String dsn = server.newDatabase();
        numbers(server, dsn);
        try (FaultProxy proxy = new FaultProxy(server)) {
            final Database database = server.database(proxy.dsn(dsn));
            final Connection connection = database.connect();
            proxy.refuse(true);
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            Sql.execute(connection, "INSERT INTO numbers VALUES (1)");
            proxy.cut();
            assertThatThrownBy(() -> Sql.execute(connection, "INSERT INTO numbers VALUES (2)")).isInstanceOf(SQLException.class);
            proxy.refuse(false);
            proxy.freeze();
            final CompletableFuture<Long> counted = CompletableFuture.supplyAsync(() -> count(database));
            assertThatThrownBy(() -> counted.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            proxy.thaw();
            assertThat(counted.get()).isEqualTo(1);
        }
    }

    private static long count(final Database database) {
        try {
            return rows(database);
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
