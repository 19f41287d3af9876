package io.gmq.broker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.archive.ArchiveFollower.State;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import io.gmq.engine.sim.RandomCommands;
import io.gmq.journal.Keep;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.DatabaseAddress;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive against a plain account of the same messages, whatever happens to its database. */
class ArchiveFollowerIT {
    private static final int STEPS_MAX = 100_000;

    @TempDir
    private Path temp;

    private long nowNs;

    private ArchiveFollower follower(final Database database, final LiveJournal journal) {
        return new ArchiveFollower(database, journal.tail(), journal::nowMs, () -> nowNs, new FollowerPace(() -> 0));
    }

    private Database database(final String dsn) {
        return TestServer.shared().database(dsn);
    }

    /** Lets it work, however often it has to try, until it has all. */
    private void follow(final ArchiveFollower follower) {
        int steps = 0;
        do {
            nowNs += TimeUnit.MILLISECONDS.toNanos(300);
            follower.doWork();
            assertThat(++steps).as("steps, %s at %d", follower.state(), follower.position()).isLessThan(STEPS_MAX);
            assertThat(follower.state()).isNotEqualTo(State.ENDED);
        } while (follower.lagRecords() > 0 || follower.state() != State.FOLLOWING);
    }

    private void check(final Database database, final LiveJournal journal) throws SQLException {
        try (Connection connection = database.connect()) {
            final List<String> found = Oracle.lines(connection);
            final List<String> expected = journal.oracle().lines();
            for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
                assertThat(found.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(found).hasSameSizeAs(expected).isNotEmpty();
            assertThat(Sql.number(connection, "SELECT sequence FROM gmq_archive_position")).isEqualTo(journal.synced());
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_archive_gap")).isZero();
        }
    }

    @Test
    void shouldHoldWhatBecameOfEachMessage() throws SQLException {
        for (int seed = 1; seed <= 16; seed++) {
            final Database database = database(TestServer.shared().newDatabase());
            final RandomCommands random = new RandomCommands(seed);
            try (LiveJournal journal = new LiveJournal(temp.resolve("data-" + seed), Keep.ALL)) {
                final ArchiveFollower follower = follower(database, journal);
                for (int i = 0; i < 20; i++) {
                    journal.run(random, 100);
                    follow(follower);
                }
                journal.settle();
                follow(follower);
                check(database, journal);
                assertThat(follower.position()).isEqualTo(journal.synced());
                assertThat(follower.lagMs()).isZero();
                follower.onClose();
            }
        }
    }

    @Test
    void shouldGoOnWhereItWasWhenTheBrokerStartsAgain() throws SQLException {
        final Database database = database(TestServer.shared().newDatabase());
        final RandomCommands random = new RandomCommands(31);
        try (LiveJournal journal = new LiveJournal(temp.resolve("data"), Keep.ALL)) {
            for (int i = 0; i < 20; i++) {
                journal.run(random, 300);
                final ArchiveFollower follower = follower(database, journal);
                follow(follower);
                journal.run(random, 30);
                follower.doWork(); // reads what it never writes
                follower.onClose();
            }
            journal.settle();
            final ArchiveFollower follower = follower(database, journal);
            follow(follower);
            follower.onClose();
            check(database, journal);
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItsConnectionFailsAnywhere() throws SQLException {
        final TestServer server = TestServer.shared();
        final String dsn = server.newDatabase();
        final SplittableRandom dice = new SplittableRandom(4);
        final RandomCommands random = new RandomCommands(7);
        try (FaultProxy proxy = new FaultProxy(server); LiveJournal journal = new LiveJournal(temp.resolve("data"), Keep.ALL)) {
            final ArchiveFollower follower = follower(server.database(proxy.dsn(dsn)), journal);
            for (int i = 0; i < 100; i++) {
                journal.run(random, 50);
                switch (dice.nextInt(3)) {
                    case 0 -> proxy.swallowNextCommitReply();
                    case 1 -> proxy.cut();
                    default -> {
                        proxy.refuse(true);
                        proxy.cut();
                        for (int tries = 0; tries < 5; tries++) {
                            nowNs += TimeUnit.SECONDS.toNanos(20);
                            follower.doWork();
                        }
                        proxy.refuse(false);
                    }
                }
                follow(follower);
            }
            assertThat(proxy.swallowed()).isGreaterThan(20);
            journal.settle();
            follow(follower);
            follower.onClose();
            check(server.database(dsn), journal);
        }
    }

    @Test
    void shouldSurviveTheDeathOfItsDatabase() throws SQLException, IOException {
        try (TestServer server = TestServer.own(Files.createDirectory(temp.resolve("server")));
            LiveJournal journal = new LiveJournal(temp.resolve("data"), Keep.ALL)) {
            final Database database = server.database(server.newDatabase());
            final RandomCommands random = new RandomCommands(9);
            final ArchiveFollower follower = follower(database, journal);
            for (int i = 0; i < 10; i++) {
                journal.run(random, 200);
                for (int steps = 0; steps < i; steps++) {
                    nowNs += TimeUnit.MILLISECONDS.toNanos(300);
                    follower.doWork();
                }
                server.kill();
                journal.run(random, 100);
                nowNs += TimeUnit.SECONDS.toNanos(20);
                follower.doWork();
                nowNs += TimeUnit.SECONDS.toNanos(20);
                follower.doWork();
                assertThat(follower.state()).isEqualTo(State.AWAY);
                server.start();
                follow(follower);
            }
            journal.settle();
            follow(follower);
            follower.onClose();
            check(database, journal);
        }
    }

    @Test
    void shouldGiveUpWaitingForADatabaseThatIsFrozen() throws SQLException {
        final TestServer server = TestServer.shared();
        final String dsn = server.newDatabase();
        final RandomCommands random = new RandomCommands(5);
        try (FaultProxy proxy = new FaultProxy(server); LiveJournal journal = new LiveJournal(temp.resolve("data"), Keep.ALL)) {
            final ArchiveFollower follower = follower(new Database(DatabaseAddress.parse(proxy.dsn(dsn)), 1000), journal);
            journal.run(random, 300);
            follow(follower);
            journal.run(random, 300);
            proxy.freeze();
            while (follower.state() != State.AWAY) {
                nowNs += TimeUnit.MILLISECONDS.toNanos(300);
                follower.doWork();
            }
            proxy.thaw();
            follow(follower);
            journal.settle();
            follow(follower);
            follower.onClose();
            check(server.database(dsn), journal);
        }
    }

    @Test
    void shouldWriteManyRowsWithEachStatement() throws SQLException {
        final Database database = database(TestServer.shared().newDatabase());
        try (LiveJournal journal = new LiveJournal(temp.resolve("data"), Keep.ALL); Connection connection = database.connect()) {
            final ArchiveFollower follower = follower(database, journal);
            follow(follower);
            journal.start();
            journal.apply(journal.by(1).publish("q", Draft.many(1000)));
            journal.apply(journal.by(1).publish("q2", Draft.many(1000)));
            journal.apply(journal.by(1).take(Take.from("q").max(1000).leaseMs(0)));
            journal.sync();
            final String inserts = "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'COM_INSERT'";
            final boolean isMariaDb = Sql.row(connection, "SELECT VERSION()").contains("MariaDB");
            final String query = isMariaDb ? inserts : inserts.replace("information_schema", "performance_schema");
            final long before = Sql.number(connection, query);
            follow(follower);
            assertThat(Sql.number(connection, query) - before).isBetween(2L, 20L);
            follower.onClose();
            check(database, journal);
        }
    }

    @Test
    void shouldStoreWhateverNamesAndBytesThereAre() throws SQLException {
        final Database database = database(TestServer.shared().newDatabase());
        final String evil = "x\"; DROP TABLE gmq_message; --";
        final byte[] binary = new byte[256];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) i;
        }
        try (LiveJournal journal = new LiveJournal(temp.resolve("data"), Keep.ALL)) {
            journal.start();
            final Draft smile = Draft.of("\uD83D\uDE00").header("\uD83D\uDC1F'", "\uD83D\uDE31").header("kind", "a\n\"\\");
            journal.apply(journal.by(1).publish(evil, Draft.of(binary), Draft.of(""), smile));
            journal.apply(journal.by(1).publish("a ", Draft.of("'; DELETE FROM gmq_fate; --")));
            journal.apply(journal.by(1).publish("a", Draft.of("\\' OR 1 = 1")));
            journal.apply(journal.by(1).publish("\uD83D\uDE80".repeat(63) + "%_?", Draft.of("x")));
            journal.apply(journal.by(2).take(Take.from(evil).leaseMs(1000)));
            journal.apply(journal.by(2).settle(Settle.park(evil, 1).reason("'\uD83D\uDE00\\")));
            journal.sync();
            final ArchiveFollower follower = follower(database, journal);
            follow(follower);
            follower.onClose();
            check(database, journal);
        }
        try (Connection connection = database.connect()) {
            assertThat(Sql.row(connection, "SELECT JSON_VALID(headers), JSON_UNQUOTE(JSON_EXTRACT(headers, '$.kind')) FROM gmq_message WHERE message = 3"))
                .isEqualTo("1|a\n\"\\");
            assertThat(Sql.row(connection, "SELECT HEX(payload) FROM gmq_message WHERE message = 3"))
                .isEqualToIgnoringCase(HexFormat.of().formatHex("\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)));
        }
    }
}
