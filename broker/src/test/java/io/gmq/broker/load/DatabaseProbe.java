package io.gmq.broker.load;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.testing.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How many rows per second the journal's table takes, from a broker with one producer and 1,024 messages of 200 bytes in flight, and
 * from a loop that inserts the same rows by hand, 1,024 a statement and a transaction: by turns, on one server, in one run. Not a
 * test: it is run by hand.
 *
 * <pre>
 *   DatabaseProbe ROUNDS SECONDS
 * </pre>
 *
 * <p>By hand there are two ways: a statement of text, and one that is prepared on the server.
 */
public final class DatabaseProbe {
    private static final int WINDOW = 1024;
    private static final int BYTES = 200;
    private static final int ROW_COUNT = 20_000;

    private final Database database;
    private final long ns;

    private DatabaseProbe(final Database database, final int seconds) {
        this.database = database;
        ns = TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(final String[] args) throws Exception {
        final int rounds = Integer.parseInt(args[0]);
        final int seconds = Integer.parseInt(args[1]);
        final TestServer server = TestServer.shared();
        final String dsn = server.newDatabase();
        final DatabaseProbe probe = new DatabaseProbe(server.database(dsn), seconds);
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=0").set("queue.queue_type=database")
            .set("database.dsn=" + dsn).set("queue.max_queue_capacity=" + 100_000_000);
        final double[] ratios = new double[rounds];
        try (Broker broker = new Broker(config.load(), Machine.current(), Outside.MACHINE, "probe", Throwable::printStackTrace)) {
            probe.broker(broker); // warms up
            probe.byHand(true);
            for (int i = 0; i < rounds; i++) {
                final double text = probe.byHand(false);
                final double prepared = probe.byHand(true);
                final double rate = probe.broker(broker);
                ratios[i] = rate / prepared;
                System.out.printf(Locale.ROOT, "broker %,.0f rows/s; by hand %,.0f as text, %,.0f prepared: %.2f of the faster one%n", rate, text,
                    prepared, rate / Math.max(text, prepared));
            }
        }
        Arrays.sort(ratios);
        System.out.printf(Locale.ROOT, "median %.2f (%.2f to %.2f)%n", ratios[rounds / 2], ratios[0], ratios[rounds - 1]);
    }

    private double broker(final Broker broker) throws Exception {
        final String queue = "probe-" + System.nanoTime();
        final long before = number("SELECT last_sequence FROM gmq_journal_mark");
        final long start = System.nanoTime();
        while (System.nanoTime() - start < ns) {
            WindowedPublisher.publish(broker.address(), queue, ROW_COUNT, BYTES, WINDOW, "synced", "text");
        }
        return rate(number("SELECT last_sequence FROM gmq_journal_mark") - before, start);
    }

    /** The rows of the journal, inserted again into a table like it. */
    private double byHand(final boolean isPrepared) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS by_hand");
            statement.execute("CREATE TABLE by_hand LIKE gmq_journal");
            final byte[] record = record(connection);
            connection.setAutoCommit(false);
            long rows = 0;
            final long start = System.nanoTime();
            try (PreparedStatement insert = isPrepared ? connection.prepareStatement(insert()) : null) {
                while (System.nanoTime() - start < ns) {
                    if (isPrepared) {
                        set(insert, rows, record);
                        insert.executeUpdate();
                    } else {
                        statement.executeUpdate(text(rows, record));
                    }
                    connection.commit();
                    rows += WINDOW;
                }
            }
            return rate(rows, start);
        }
    }

    private static String insert() {
        return "INSERT INTO by_hand (sequence, checksum, record) VALUES (?, ?, ?)" + ", (?, ?, ?)".repeat(WINDOW - 1);
    }

    private static void set(final PreparedStatement insert, final long first, final byte[] record) throws SQLException {
        for (int i = 0; i < WINDOW; i++) {
            insert.setLong(3 * i + 1, first + i);
            insert.setInt(3 * i + 2, i);
            insert.setBytes(3 * i + 3, record);
        }
    }

    private static String text(final long first, final byte[] record) {
        final StringBuilder text = new StringBuilder("INSERT INTO by_hand (sequence, checksum, record) VALUES ");
        final StringBuilder hex = new StringBuilder("0x");
        for (final byte b : record) {
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        for (int i = 0; i < WINDOW; i++) {
            text.append(i == 0 ? "(" : ", (").append(first + i).append(", ").append(i).append(", ").append(hex).append(')');
        }
        return text.toString();
    }

    /** One that the broker has written. */
    private static byte[] record(final Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery("SELECT record FROM gmq_journal ORDER BY sequence DESC LIMIT 1")) {
            row.next();
            return row.getBytes(1);
        }
    }

    private long number(final String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static double rate(final long rows, final long startNs) {
        return rows * 1e9 / (System.nanoTime() - startNs);
    }
}
