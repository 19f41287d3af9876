package io.gmq.journal.mysql.testing;

import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A database server for tests: a MariaDB that is started here, or the server that {@code -Dgmq.mysql} names, as
 * {@code jdbc:mysql://user:password@host:port/db}. Tests that need one they cannot have are skipped.
 *
 * <p>For any thread; killed and started by one at a time. A server that was started here ends with this JVM, however that ends.
 */
public final class TestServer implements AutoCloseable {
    /** Of the servers started here: with everything in it that has a meaning in a data source. */
    public static final String PASSWORD = "s3:cr@t/?%";

    private static final String GIVEN = System.getProperty("gmq.mysql", "");
    private static final int TIMEOUT_MS = 10_000;
    private static final String PREFIX = "gmq_test_" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "_";

    private final String account;
    private final String host;
    private final int port;
    private final String anyDatabase;
    private final ServerProcess process;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServer(
        final String account, final String host, final int port, final String anyDatabase, final ServerProcess process) {
        this.account = account;
        this.host = host;
        this.port = port;
        this.anyDatabase = anyDatabase;
        this.process = process;
    }

    /** One server for the whole JVM. Leave it running. */
    public static TestServer shared() {
        return Shared.SERVER;
    }

    /**
     * A server of the caller's own, started, which can be killed and started again. Only MariaDB: with {@code -Dgmq.mysql} the test
     * is skipped.
     *
     * @param folder for its data and its log; the caller's to delete after {@link #close}.
     */
    public static TestServer own(final Path folder) {
        if (!GIVEN.isEmpty()) {
            Assumptions.abort("needs a server of its own, and -Dgmq.mysql is set");
        }
        if (!MariaDbFiles.isForThisMachine()) {
            Assumptions.abort("there is no MariaDB for this machine: name a server with -Dgmq.mysql");
        }
        final ServerProcess process = ServerProcess.create(MariaDbFiles.here(), folder);
        process.start();
        return new TestServer("gmq:" + PASSWORD, "127.0.0.1", process.port(), "mysql", process);
    }

    /** A fresh, empty database: its data source in the original's form. */
    public String newDatabase() {
        final String name = PREFIX + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return dsn(name);
    }

    private void dropDatabases() {
        for (int number = 1; number <= databases.get(); number++) {
            execute("DROP DATABASE " + PREFIX + number);
        }
    }

    private void execute(final String sql) {
        try (Connection connection = database(dsn(anyDatabase)).connect()) {
            Sql.execute(connection, sql);
        } catch (final SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }

    public Database database(final String dsn) {
        return new Database(DatabaseAddress.parse(dsn), TIMEOUT_MS);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** SIGKILL; returns when it is dead. What it had committed is in its files. */
    public void kill() {
        process.kill();
    }

    /** On the same port and data; returns when it answers. */
    public void start() {
        process.start();
    }

    /** Kills it if it is one of the caller's own. */
    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
    }

    private String dsn(final String name) {
        return account + "@tcp(" + host + ":" + port + ")/" + name;
    }

    private static final class Shared {
        private static final TestServer SERVER = GIVEN.isEmpty() ? started() : given();

        private static TestServer given() {
            final URI uri = URI.create(GIVEN.substring("jdbc:".length()));
            final TestServer server = new TestServer(uri.getUserInfo(), uri.getHost(), uri.getPort(), uri.getPath().substring(1), null);
            Runtime.getRuntime().addShutdownHook(new Thread(server::dropDatabases));
            return server;
        }

        private static TestServer started() {
            try {
                final Path folder = Files.createTempDirectory("gmq-mariadb");
                final TestServer server = own(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    Folders.delete(folder);
                }));
                return server;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
