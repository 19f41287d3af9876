package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseIT {
    private static final int TIMEOUT_MS = 1000;
    private static final int BATCH = 1000;
    private static final byte[] GREETING_HEADER = {100, 0, 0, 0};
    /** Everything that a user might think of, against what GMQ relies on. */
    private static final String OPTIONS = "?autoReconnect=true&autoReconnectForPools=true&reconnectAtTxEnd=true"
        + "&rewriteBatchedStatements=false&socketTimeout=0&connectTimeout=0"
        + "&allowMultiQueries=true&allowLoadLocalInfile=true&allowLoadLocalInfileInPath=/"
        + "&allowUrlInLocalInfile=true&useServerPrepStmts=true&useCursorFetch=true&defaultFetchSize=1&cachePrepStmts=false"
        + "&sessionVariables=sql_mode%3D%27%27,transaction_isolation%3D%27SERIALIZABLE%27&characterEncoding=latin1"
        + "&connectionCollation=latin1_swedish_ci&useAffectedRows=true&jdbcCompliantTruncation=false&continueBatchOnError=false"
        + "&queryInterceptors=com.mysql.cj.interceptors.NoSuchClass&propertiesTransform=no.SuchClass&useConfigs=noSuchFile"
        + "&socketFactory=no.SuchClass&createDatabaseIfNotExist=true&maxRows=1&maxAllowedPacket=1024&profileSQL=true";

    private final TestServer server = TestServer.shared();
    private final String dsn = server.newDatabase();

    private static Database impatient(final String dsn) {
        return new Database(DatabaseAddress.parse(dsn), TIMEOUT_MS);
    }

    /** The data source as a JDBC URL. */
    private static String url(final String dsn, final String options) {
        final int colon = dsn.indexOf(':');
        final int at = dsn.lastIndexOf("@tcp(");
        final String password = URLEncoder.encode(dsn.substring(colon + 1, at), StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:mysql://" + dsn.substring(0, colon) + ":" + password + "@" + dsn.substring(at + "@tcp(".length()).replace(")", "")
            + options;
    }

    @Test
    void shouldBeStrictInUtf8AndReadCommitted() throws SQLException {
        try (Connection connection = new Database(DatabaseAddress.parse(dsn), 30_000).connect()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(Sql.row(connection, "SELECT @@transaction_isolation, @@character_set_client, @@character_set_connection,"
                + " @@collation_connection, @@innodb_lock_wait_timeout, @@lock_wait_timeout"))
                .isEqualTo("READ-COMMITTED|utf8mb4|utf8mb4|utf8mb4_bin|29|29");
            assertThat(Sql.row(connection, "SELECT @@sql_mode")).contains("STRICT_ALL_TABLES", "STRICT_TRANS_TABLES")
                .doesNotContain("NO_BACKSLASH_ESCAPES", "ANSI_QUOTES");
            Sql.execute(connection, "CREATE TABLE texts (text VARCHAR(3) CHARACTER SET utf8mb4)");
            Sql.execute(connection, "INSERT INTO texts VALUES ('😀ß')");
            assertThat(Sql.row(connection, "SELECT text FROM texts")).isEqualTo("😀ß");
            assertThatThrownBy(() -> Sql.execute(connection, "INSERT INTO texts VALUES ('long')")).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true", "?sslMode=DISABLED, false", "?useSSL=false, false", "?sslMode=REQUIRED, true"})
    void shouldEncryptAsTheUrlSays(final String options, final boolean encrypted) throws SQLException {
        try (Connection connection = impatient(url(dsn, options)).connect()) {
            assertThat(Sql.row(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'").equals("Ssl_cipher|")).isNotEqualTo(encrypted);
        }
    }

    @Test
    void shouldNotConnectWithoutEncryptionWhereItIsRequired() {
        try (FaultProxy plain = new FaultProxy(server)) {
            assertThatThrownBy(impatient(plain.dsn(dsn) + "?tls=skip-verify")::connect).isInstanceOf(SQLException.class);
            assertThatThrownBy(impatient(dsn + "?tls=true")::connect).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void shouldSayWhoWasRefusedWithoutThePassword() {
        final String wrong = dsn.substring(0, dsn.indexOf(':') + 1) + "hush-hush" + dsn.substring(dsn.lastIndexOf("@tcp("));
        assertThatThrownBy(impatient(wrong)::connect).isInstanceOf(SQLException.class).hasMessageContaining("denied")
            .hasMessageNotContaining("hush");
    }

    @Test
    void shouldGiveUpConnectingToAServerThatDoesNotAnswer() throws SQLException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            proxy.freeze();
            assertThatThrownBy(impatient(proxy.dsn(dsn))::connect).isInstanceOf(SQLException.class);
            proxy.thaw();
            impatient(proxy.dsn(dsn)).connect().close();
        }
    }

    @Test
    void shouldGiveUpConnectingToAServerThatKeepsEachReadWaiting() throws IOException {
        try (ServerSocket slow = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            final Thread thread = new Thread(() -> sendAByteNowAndThen(slow));
            thread.setDaemon(true);
            thread.start();
            assertThatThrownBy(impatient("gmq:hush@(127.0.0.1:" + slow.getLocalPort() + ")/q")::connect)
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessage("no connection to gmq@127.0.0.1:" + slow.getLocalPort() + "/q within 1000 ms");
        }
    }

    private static void sendAByteNowAndThen(final ServerSocket slow) {
        try (Socket socket = slow.accept()) {
            socket.getOutputStream().write(GREETING_HEADER);
            while (true) {
                socket.getOutputStream().write('1');
                TimeUnit.MILLISECONDS.sleep(TIMEOUT_MS / 5);
            }
        } catch (final IOException | InterruptedException clientHasGone) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldGiveUpWaitingForAnAnswerAndNotReconnect() throws SQLException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            final Connection connection = impatient(proxy.dsn(dsn)).connect();
            proxy.freeze();
            assertThatThrownBy(() -> Sql.row(connection, "SELECT 1")).isInstanceOf(SQLException.class);
            proxy.thaw();
            assertThatThrownBy(() -> Sql.row(connection, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldNotReconnectInTheMiddleOfATransaction(final boolean askedFor) throws SQLException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            final String through = askedFor ? url(proxy.dsn(dsn), OPTIONS) : proxy.dsn(dsn);
            final Connection connection = impatient(through).connect();
            Sql.execute(connection, "CREATE TABLE numbers (number INT)");
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO numbers VALUES (1)");
            proxy.cut();
            for (int round = 0; round < 3; round++) {
                assertThatThrownBy(() -> Sql.execute(connection, "INSERT INTO numbers VALUES (2)")).isInstanceOf(SQLException.class);
            }
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            try (Connection direct = impatient(dsn).connect()) {
                assertThat(Sql.number(direct, "SELECT COUNT(*) FROM numbers")).isZero();
            }
        }
    }

    @Test
    void shouldSendABatchAsFewStatementsAndAnyByteAsItIs() throws SQLException {
        try (Connection connection = impatient(dsn).connect()) {
            assertThat(insertedBy(connection)).isLessThan(10);
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM records")).isEqualTo(BATCH);
            try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sequence, record FROM records ORDER BY sequence")) {
                while (rows.next()) {
                    assertThat(rows.getBytes(2)).isEqualTo(record(rows.getInt(1)));
                }
            }
        }
    }

    /** Writes a batch, and returns how many statements the server saw. */
    private static long insertedBy(final Connection connection) throws SQLException {
        Sql.execute(connection, "CREATE TABLE records (sequence BIGINT PRIMARY KEY, record LONGBLOB NOT NULL) ENGINE=InnoDB");
        final long before = inserts(connection);
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO records (sequence, record) VALUES (?, ?)")) {
            for (int sequence = 0; sequence < BATCH; sequence++) {
                insert.setLong(1, sequence);
                insert.setBytes(2, record(sequence));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        return inserts(connection) - before;
    }

    private static long inserts(final Connection connection) throws SQLException {
        return Long.parseLong(Sql.row(connection, "SHOW SESSION STATUS LIKE 'Com_insert'").substring("Com_insert|".length()));
    }

    /** Of different lengths, with all values of a byte. */
    private static byte[] record(final int sequence) {
        final byte[] record = new byte[sequence];
        for (int i = 0; i < record.length; i++) {
            record[i] = (byte) (i + sequence);
        }
        return record;
    }

    @Test
    void shouldNotLetOptionsInAUrlUndoWhatGmqReliesOn() throws SQLException {
        try (Connection connection = impatient(url(dsn, OPTIONS)).connect()) {
            assertThat(insertedBy(connection)).isLessThan(10);
            assertThat(Sql.row(connection, "SELECT @@transaction_isolation, @@collation_connection"))
                .isEqualTo("READ-COMMITTED|utf8mb4_bin");
            assertThat(Sql.row(connection, "SELECT @@sql_mode")).contains("STRICT_ALL_TABLES");
            assertThat(connection.getNetworkTimeout()).isEqualTo(TIMEOUT_MS);
            assertThatThrownBy(() -> Sql.execute(connection, "SELECT 1; SELECT 2")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> Sql.execute(connection, "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE records"))
                .isInstanceOf(SQLException.class);
        }
        try (FaultProxy proxy = new FaultProxy(server)) {
            proxy.freeze();
            assertThatThrownBy(impatient(url(proxy.dsn(dsn), OPTIONS))::connect).isInstanceOf(SQLException.class);
        }
        final String missing = dsn.substring(0, dsn.lastIndexOf('/')) + "/gmq_no_such_database";
        assertThatThrownBy(impatient(url(missing, OPTIONS))::connect).isInstanceOf(SQLException.class)
            .hasMessageContaining("Unknown database");
    }

    @Test
    void shouldEndAWaitForALockBeforeTheConnectionsTimeout() throws SQLException {
        final Database patient = new Database(DatabaseAddress.parse(dsn), 3000);
        try (Connection holder = patient.connect(); Connection waiter = patient.connect()) {
            Sql.execute(holder, "CREATE TABLE numbers (number INT PRIMARY KEY)");
            holder.setAutoCommit(false);
            Sql.execute(holder, "INSERT INTO numbers VALUES (1)");
            assertThatThrownBy(() -> Sql.execute(waiter, "INSERT INTO numbers VALUES (1)")).isInstanceOf(SQLException.class)
                .hasMessageContaining("Lock wait timeout");
            assertThat(Sql.row(waiter, "SELECT 1")).isEqualTo("1");
        }
    }
}
