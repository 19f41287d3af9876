package io.gmq.broker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.archive.ArchiveRebuild;
import io.gmq.broker.history.PastKit;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import io.gmq.journal.JournalTail;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the questions of docs/archive.md, compares the answers, and the tables with those that there are. */
class ArchiveDocIT {
    private static final String DOCUMENT = "docs/archive.md";
    private static final int SECOND_MS = 1000;

    /** The day in a coffee house that the document tells of. */
    private static void live(final PastKit kit) {
        kit.apply(kit.by(1).configure(Configure.of("orders").maxAttempts(2).deadLetter("orders-dead")));
        final String[] orders = {"two coffees", "tea", "a cake", "tap water", "two teas", "coffee"};
        for (int i = 0; i < orders.length; i++) {
            kit.advance(20 * SECOND_MS);
            kit.apply(kit.by(2).publish("orders", Draft.of(orders[i]).header("table", Integer.toString(1 + i % 3))));
        }
        kit.apply(kit.by(2).publish("bills", Draft.of("table 1, 7.50"), Draft.of("table 2, 3.00").ttlMs(30 * SECOND_MS)));
        kit.advance(5 * SECOND_MS).apply(kit.by(3).take(Take.from("orders").max(2).leaseMs(60 * SECOND_MS)));
        kit.advance(10 * SECOND_MS).apply(kit.by(3).settle(Settle.ack("orders", 1)));
        kit.advance(5 * SECOND_MS).apply(kit.by(3).settle(Settle.nack("orders", 2)));
        kit.apply(kit.by(4).take(Take.from("orders").max(4).leaseMs(60 * SECOND_MS)));
        kit.advance(15 * SECOND_MS).apply(kit.by(4).settle(Settle.ack("orders", 2)));
        kit.apply(kit.by(4).settle(Settle.ack("orders", 3)));
        kit.apply(kit.by(4).settle(Settle.nack("orders", 4)));
        kit.apply(kit.by(4).settle(Settle.park("orders", 5).reason("no more green tea")));
        kit.apply(kit.by(3).take(Take.from("orders").max(1).leaseMs(60 * SECOND_MS)));
        kit.advance(10 * SECOND_MS).apply(kit.by(3).settle(Settle.nack("orders", 4)));
        kit.tick(5 * SECOND_MS);
        kit.apply(kit.by(5).publish("scratch", Draft.of("never mind")));
        kit.apply(kit.by(5).purge("scratch", MessageState.ALL_BUT_LEASED));
    }

    private static Database archive(final Path data) throws SQLException {
        final Database database = TestServer.shared().database(TestServer.shared().newDatabase());
        try (PastKit kit = new PastKit(data)) {
            live(kit);
            try (JournalTail tail = kit.files().tail(kit.sequence())) {
                new ArchiveRebuild(database, tail, sequence -> { }).run();
            }
        }
        return database;
    }

    /** As the document shows it: about as the databases' own programs do. */
    private static List<String> table(final ResultSet rows) throws SQLException {
        final int columns = rows.getMetaData().getColumnCount();
        final List<String[]> cells = new ArrayList<>();
        final int[] widths = new int[columns];
        do {
            final String[] row = new String[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = cells.isEmpty() ? rows.getMetaData().getColumnLabel(i + 1) : String.valueOf(rows.getString(i + 1));
                widths[i] = Math.max(widths[i], row[i].length());
            }
            cells.add(row);
        } while (rows.next());
        return cells.stream().map(row -> {
            final StringBuilder line = new StringBuilder("|");
            for (int i = 0; i < columns; i++) {
                line.append(' ').append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(" |");
            }
            return line.toString();
        }).toList();
    }

    @Test
    void shouldAnswerAsTheDocumentShows(@TempDir final Path data) throws SQLException {
        final List<Document.Block> questions = Document.read(DOCUMENT).blocks("sql");
        final Iterator<Document.Block> answers = Document.read(DOCUMENT).blocks("text").iterator();
        assertThat(questions).hasSizeGreaterThan(7);
        final List<String> wrong = new ArrayList<>();
        try (Connection connection = archive(data).connect(); Statement statement = connection.createStatement()) {
            Sql.execute(connection, "SET time_zone = '+00:00'");
            for (final Document.Block question : questions) {
                if (statement.execute(String.join("\n", question.lines()).replace(";", ""))) {
                    final List<String> answer = table(statement.getResultSet());
                    final List<String> shown = answers.hasNext() ? answers.next().lines() : List.of();
                    if (!shown.equals(answer)) {
                        wrong.add("line " + question.line() + ":\n" + String.join("\n", answer));
                    }
                }
            }
        }
        assertThat(answers).isExhausted();
        assertThat(String.join("\n\n", wrong)).as("answers that are not those shown").isEmpty();
    }

    @Test
    void shouldTellOfEveryColumn(@TempDir final Path data) throws SQLException {
        final TreeSet<String> documented = new TreeSet<>();
        String table = "";
        for (final String line : Document.read(DOCUMENT).text().lines().toList()) {
            if (line.startsWith("### `gmq_")) {
                table = line.substring(5, line.indexOf('`', 5));
            } else if (line.startsWith("| `") && !table.isEmpty()) {
                documented.add(table + "." + line.substring(3, line.indexOf('`', 3)));
            } else if (line.startsWith("## ")) {
                table = "";
            }
        }
        final TreeSet<String> there = new TreeSet<>();
        try (Connection connection = archive(data).connect(); Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT LOWER(table_name), LOWER(column_name) FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND table_name NOT IN ('gmq_schema', 'gmq_archive')")) {
            while (rows.next()) {
                there.add(rows.getString(1) + "." + rows.getString(2));
            }
        }
        assertThat(documented).isEqualTo(there);
    }
}
