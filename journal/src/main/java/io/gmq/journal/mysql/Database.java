package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A database that connections can be made to, all alike: strict, in UTF-8, committing what was read committed, with batches sent as
 * few statements, and without the driver's own reconnecting, which would lose a transaction's beginning in silence.
 *
 * <p>Immutable, for any thread. It holds no connection; whoever asks for one owns it.
 */
public final class Database {
    /** As gmq.jar names it in its class path. */
    static final String DRIVER_FILE = "mysql-connector-j-26.10.0.jar";

    private static final String SQL_MODE = "'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

    private final DatabaseAddress address;
    private final int timeoutMs;

    /**
     * @param timeoutMs what a connect may take as a whole, and then the answer to each statement; from 1000 on.
     */
    public Database(final DatabaseAddress address, final int timeoutMs) {
        this.address = address;
        this.timeoutMs = timeoutMs;
    }

    /**
     * A new connection, in auto-commit.
     *
     * @throws SQLException     if there is none within the time-out.
     * @throws JournalException if the driver is not there.
     */
    public Connection connect() throws SQLException {
        final String url = address.url();
        final Properties properties = properties();
        final Driver driver = driver(url);
        return BoundedConnect.within(timeoutMs, address, () -> open(driver, url, properties));
    }

    private static Driver driver(final String url) {
        try {
            return DriverManager.getDriver(url);
        } catch (final SQLException none) {
            throw new JournalException(
                "there is no driver for MySQL: put the file " + DRIVER_FILE + " into the folder lib beside gmq.jar, and start again", none);
        }
    }

    private static Connection open(final Driver driver, final String url, final Properties properties) throws SQLException {
        final Connection connection = driver.connect(url, properties);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The address's, and over them what GMQ relies on. Encryption is preferred where the address does not say, the driver's default. */
    private Properties properties() {
        final Properties properties = address.properties();
        properties.setProperty("connectTimeout", Integer.toString(timeoutMs));
        properties.setProperty("socketTimeout", Integer.toString(timeoutMs));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("autoReconnect", "false");
        properties.setProperty("characterEncoding", "UTF-8");
        properties.setProperty("connectionCollation", "utf8mb4_bin");
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("cachePrepStmts", "false");
        properties.setProperty("rewriteBatchedStatements", "true");
        properties.setProperty("useAffectedRows", "false");
        properties.setProperty("useCursorFetch", "false");
        properties.setProperty("allowMultiQueries", "false");
        properties.setProperty("allowLoadLocalInfile", "false");
        properties.setProperty("paranoid", "true");
        properties.setProperty("sessionVariables", sessionVariables());
        return properties;
    }

    /** Times of day are UTC's, where no hour comes twice. A wait for a lock ends before the time-out of the connection does, which would end the connection too. */
    private String sessionVariables() {
        final long lockWaitSeconds = Math.max(1, TimeUnit.MILLISECONDS.toSeconds(timeoutMs) - 1);
        return "time_zone='+00:00',sql_mode=" + SQL_MODE + ",innodb_lock_wait_timeout=" + lockWaitSeconds + ",lock_wait_timeout=" + lockWaitSeconds;
    }

    /** The address, without the password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
