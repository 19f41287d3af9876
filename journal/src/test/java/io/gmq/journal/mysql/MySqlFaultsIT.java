package io.gmq.journal.mysql;

import static io.gmq.journal.mysql.JournalKit.append;
import static io.gmq.journal.mysql.JournalKit.open;
import static io.gmq.journal.mysql.JournalKit.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.StorageState;
import io.gmq.journal.JournalException;
import io.gmq.journal.mysql.JournalKit.State;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.TestServer;
import io.gmq.journal.snapshot.NewestSnapshot;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal while its database fails in ways that are easy to get wrong. */
@Timeout(60)
final class MySqlFaultsIT {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int TIMEOUT_MS = 3000;

    private final TestServer server = TestServer.shared();
    private final String dsn = server.newDatabase();
    private final Database direct = server.database(dsn);

    @TempDir
    Path temp;

    private static Database through(final FaultProxy proxy, final String dsn, final int timeoutMs) {
        return new Database(DatabaseAddress.parse(proxy.dsn(dsn)), timeoutMs);
    }

    private static void change(final Database database, final String sql) {
        try (Connection connection = database.connect()) {
            Sql.update(connection, sql);
        } catch (final SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static long number(final Database database, final String sql) {
        try (Connection connection = database.connect()) {
            return Sql.number(connection, sql);
        } catch (final SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadlineNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void shouldNotTakeTheRecordsOfItsSuccessorForItsOwn() {
        final State state = new State();
        try (FaultProxy proxy = new FaultProxy(server)) {
            final MySqlJournal first = open(settings(through(proxy, dsn, TIMEOUT_MS), "first"), state);
            append(first, state, 10);
            assertThat(first.sync()).isTrue();
            proxy.freeze();
            append(first, state, 1);
            final CompletableFuture<Boolean> sync = CompletableFuture.supplyAsync(first::sync);
            change(direct, "UPDATE gmq_journal_lease SET until_ms = 0"); // as if it had not been heard of for long
            final State itsState = new State();
            try (MySqlJournal second = open(settings(direct, "second"), itsState)) {
                append(second, itsState, 1); // as many as the first is storing
                assertThat(second.sync()).isTrue();
                proxy.cut();
                proxy.thaw();
                assertThatThrownBy(sync::join).hasCauseInstanceOf(JournalException.class).hasMessageContaining("broker second has taken over");
            }
        }
    }

    @Test
    void shouldStoreNothingBehindWhatItHasGivenUp() {
        final State state = new State();
        try (FaultProxy proxy = new FaultProxy(server)) {
            final MySqlJournal journal = open(settings(through(proxy, dsn, TIMEOUT_MS), "a"), state);
            append(journal, state, 10);
            assertThat(journal.sync()).isTrue();
            proxy.refuse(true);
            proxy.cut();
            append(journal, state, 5);
            journal.giveUp();
            assertThat(journal.sync()).isFalse();
            assertThat(journal.sync()).as("nothing came in between, and still it is not stored").isFalse();
            append(journal, state, 5);
            proxy.refuse(false);
            assertThat(journal.sync()).isFalse();
            journal.close();
        }
        assertThat(number(direct, "SELECT last_sequence FROM gmq_journal_mark")).isEqualTo(10);
        assertThat(number(direct, "SELECT MAX(sequence) FROM gmq_journal")).isEqualTo(10);
    }

    @Test
    void shouldBeAwayFromTheTimeOnThatItIsFrozenUntilItAnswers() {
        final State state = new State();
        try (FaultProxy proxy = new FaultProxy(server)) {
            final MySqlJournal journal = open(settings(through(proxy, dsn, TIMEOUT_MS), "a"), state);
            append(journal, state, 1);
            assertThat(journal.sync()).isTrue();
            proxy.freeze();
            append(journal, state, 1);
            final CompletableFuture<Boolean> sync = CompletableFuture.supplyAsync(journal::sync);
            await("the database counts as away", () -> journal.storage() == StorageState.AWAY);
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3 * TIMEOUT_MS);
            while (System.nanoTime() < endNs) {
                assertThat(journal.storage()).isEqualTo(StorageState.AWAY);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            proxy.thaw();
            assertThat(sync.join()).isTrue();
            await("the database counts as back", () -> journal.storage() == StorageState.READY);
            journal.close();
        }
    }

    @Test
    void shouldStoreManyRecordsThroughPacketsThatAreJustLongEnoughForOne() {
        try (TestServer own = TestServer.own(temp)) {
            final Database its = own.database(own.newDatabase());
            change(its, "SET GLOBAL max_allowed_packet = " + 16 * 1024);
            final State state = new State();
            final MySqlJournal journal = open(settings(its, "a"), state);
            append(journal, state, 1000);
            final CompletableFuture<Boolean> sync = CompletableFuture.supplyAsync(journal::sync);
            await("1,000 records are stored", sync::isDone);
            assertThat(sync.join()).isTrue();
            journal.close();
        }
    }

    @Test
    void shouldGoOnWaitingForTheOtherBrokerWhenTheDatabaseHasBeenAway() {
        try (TestServer own = TestServer.own(temp)) {
            final String name = own.newDatabase();
            final Database its = own.database(name);
            final State state = new State();
            final MySqlJournal first = open(settings(its, "first"), state);
            append(first, state, 10);
            assertThat(first.sync()).isTrue();
            change(its, "UPDATE gmq_journal_lease SET until_ms = until_ms + 3600000");
            final State itsState = new State();
            final CompletableFuture<MySqlJournal> second = CompletableFuture.supplyAsync(() -> open(settings(its, "second"), itsState));
            await("the second has looked", () -> number(its, "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()") >= 2);
            own.kill();
            own.start();
            change(its, "UPDATE gmq_journal_lease SET until_ms = 0");
            await("the second has it, or not", second::isDone);
            second.join().close();
            assertThat(itsState.last).isEqualTo(10);
        }
    }

    @Test
    void shouldTakeOverFromOneThatHoldsLocksInASessionThatItHasNotTold() throws SQLException {
        final State state = new State();
        final MySqlJournal first = open(settings(direct, "first"), state);
        append(first, state, 1);
        assertThat(first.sync()).isTrue();
        final Connection paused = direct.connect(); // it had just connected anew
        Sessions.claim(paused, Sessions.WRITER);
        paused.setAutoCommit(false);
        Sql.update(paused, "UPDATE gmq_journal_mark SET last_sequence = last_sequence + 1 WHERE id = 1");
        change(direct, "UPDATE gmq_journal_lease SET until_ms = 0");
        final State itsState = new State();
        open(settings(new Database(DatabaseAddress.parse(dsn), TIMEOUT_MS), "second"), itsState).close();
        assertThat(itsState.last).isEqualTo(1);
        assertThatThrownBy(paused::commit).isInstanceOf(SQLException.class);
    }

    @Test
    void shouldGoOnStoringWhenOldRecordsCannotBeDeleted() {
        final State state = new State();
        try (MySqlJournal journal = open(settings(direct, "a"), state)) {
            change(direct, "CREATE TRIGGER keep BEFORE DELETE ON gmq_journal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'");
            for (int i = 0; i < 40; i++) {
                append(journal, state, 200);
                assertThat(journal.sync()).isTrue();
                journal.onHeld(1, 100);
                work(journal);
                if (journal.isCheckpointDue()) {
                    JournalKit.checkpoint(journal, state);
                }
                assertThat(journal.storage()).isEqualTo(StorageState.READY);
            }
            assertThat(number(direct, "SELECT COUNT(*) FROM gmq_snapshot")).isPositive();
            assertThat(number(direct, "SELECT COUNT(*) FROM gmq_journal")).isEqualTo(state.last);
        }
    }

    @Test
    void shouldAskLessAndLessOftenForALeaseThatCannotBeRenewed() {
        final MySqlJournal journal = open(settings(direct, "a"), new State());
        change(direct, "CREATE TRIGGER frozen BEFORE UPDATE ON gmq_journal_lease FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'");
        final long before = connections();
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (System.nanoTime() < untilNs) {
            work(journal);
        }
        assertThat(connections() - before).as("connections made to be refused").isBetween(2L, 15L);
        assertThat(journal.storage()).isEqualTo(StorageState.READY);
        change(direct, "DROP TRIGGER frozen");
        journal.close();
    }

    /** Made to the server so far; asking makes one more. */
    private long connections() {
        try (Connection connection = direct.connect()) {
            return Sql.query(connection, "SHOW GLOBAL STATUS LIKE 'Connections'", rows -> {
                rows.next();
                return rows.getLong(2);
            });
        } catch (final SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void work(final MySqlJournal journal) {
        try {
            journal.keeper().doWork();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldNotStartForEverWhatWillNeverStart() {
        open(settings(direct, "a"), new State()).close();
        change(direct, "RENAME TABLE gmq_journal_mark TO elsewhere");
        assertThatThrownBy(() -> open(settings(direct, "b"), new State())).isInstanceOf(JournalException.class)
            .hasMessageContaining("gmq_journal_mark");
    }

    @Test
    void shouldNotTakeASnapshotForDamagedThatCouldNotBeRead() {
        final State state = new State();
        try (MySqlJournal journal = open(settings(direct, "a"), state)) {
            while (state.last < 3000) {
                append(journal, state, 200);
                assertThat(journal.sync()).isTrue();
                work(journal);
            }
            assertThat(journal.isCheckpointDue()).isTrue();
            JournalKit.checkpoint(journal, state);
        }
        int answers = 0;
        boolean isFound = false;
        while (!isFound) {
            try {
                final NewestSnapshot newest = new Snapshots(new TableFiles(new FailingTables(direct, answers)), MySqlRecovery.FOLDER).newest(bytes -> { });
                assertThat(newest.damaged()).isEmpty();
                isFound = newest.info().isPresent();
            } catch (final JournalException | IOException e) {
                assertThat(e).hasMessageContaining("cut off");
            }
            answers++;
        }
        assertThat(answers).isGreaterThan(3);
    }

    /** Answers so many times. */
    private static final class FailingTables implements TableAccess {
        private final Database database;
        private int left;

        private FailingTables(final Database database, final int answers) {
            this.database = database;
            left = answers;
        }

        @Override
        public <T> T read(final Work<T> work) throws IOException {
            if (left == 0) {
                throw new IOException("cut off");
            }
            left--;
            try (Connection connection = database.connect()) {
                return work.with(connection);
            } catch (final SQLException e) {
                throw new IOException(e);
            }
        }

        @Override
        public <T> T change(final Work<T> work) {
            throw new AssertionError("nothing is to be changed");
        }
    }
}
