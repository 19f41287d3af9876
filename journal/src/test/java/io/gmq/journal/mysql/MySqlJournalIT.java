package io.gmq.journal.mysql;

import static io.gmq.journal.mysql.JournalKit.append;
import static io.gmq.journal.mysql.JournalKit.checkpoint;
import static io.gmq.journal.mysql.JournalKit.keep;
import static io.gmq.journal.mysql.JournalKit.open;
import static io.gmq.journal.mysql.JournalKit.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.StorageState;
import io.gmq.journal.JournalException;
import io.gmq.journal.mysql.JournalKit.State;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal against a real server. */
final class MySqlJournalIT {
    private final TestServer server = TestServer.shared();
    private String dsn;
    private Database database;

    @BeforeEach
    void prepare() {
        dsn = server.newDatabase();
        database = server.database(dsn);
    }

    private long number(final String sql) {
        try (Connection connection = database.connect()) {
            return Sql.number(connection, sql);
        } catch (final SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void change(final String sql) {
        try (Connection connection = database.connect()) {
            Sql.update(connection, sql);
        } catch (final SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGiveBackWhatItHasStored() {
        final State state = new State();
        final SplittableRandom random = new SplittableRandom(7);
        try (MySqlJournal journal = open(settings(database, "a"), state)) {
            for (int i = 0; i < 50; i++) {
                append(journal, state, 1 + random.nextInt(200));
                if (random.nextBoolean()) {
                    assertThat(journal.sync()).isTrue();
                }
            }
        }
        final State again = new State();
        open(settings(database, "b"), again).close();
        assertThat(again.last).isEqualTo(state.last);
        assertThat(again.snapshot).isZero();
    }

    @Test
    void shouldStoreNothingBeforeASync() {
        final State state = new State();
        try (MySqlJournal journal = open(settings(database, "a"), state)) {
            append(journal, state, 10);
            assertThat(number("SELECT COUNT(*) FROM gmq_journal")).isZero();
            assertThat(journal.sync()).isTrue();
            assertThat(number("SELECT COUNT(*) FROM gmq_journal")).isEqualTo(10);
            assertThat(number("SELECT last_sequence FROM gmq_journal_mark")).isEqualTo(10);
        }
    }

    @Test
    void shouldTakeSnapshotsAndDeleteWhatTheyCover() {
        final State state = new State();
        try (MySqlJournal journal = open(settings(database, "a"), state)) {
            for (int i = 0; i < 100; i++) {
                append(journal, state, 100);
                assertThat(journal.sync()).isTrue();
                journal.onHeld(1, 100);
                keep(journal);
                if (journal.isCheckpointDue()) {
                    checkpoint(journal, state);
                }
            }
            assertThat(number("SELECT COUNT(*) FROM gmq_journal")).isLessThan(state.last / 2);
            assertThat(number("SELECT COUNT(*) FROM gmq_snapshot")).isEqualTo(1);
        }
        final State again = new State();
        open(settings(database, "a"), again).close();
        assertThat(again.last).isEqualTo(state.last);
        assertThat(again.snapshot).isPositive();
        assertThat(number("SELECT COUNT(DISTINCT snapshot) FROM gmq_snapshot_part")).isEqualTo(1);
    }

    @Test
    void shouldRefuseToGoOnWithDamagedOrMissingRecords() {
        final State state = new State();
        try (MySqlJournal journal = open(settings(database, "a"), state)) {
            append(journal, state, 100);
        }
        change("UPDATE gmq_journal SET record = CONCAT(record, 'x') WHERE sequence = 50");
        assertThatThrownBy(() -> open(settings(database, "a"), new State())).isInstanceOf(JournalException.class)
            .hasMessageContaining("record 50").hasMessageContaining("checksum");
        change("UPDATE gmq_journal_lease SET until_ms = 0");
        change("DELETE FROM gmq_journal WHERE sequence = 50");
        assertThatThrownBy(() -> open(settings(database, "a"), new State())).isInstanceOf(JournalException.class)
            .hasMessageContaining("ends with record 49");
        change("UPDATE gmq_journal_lease SET until_ms = 0");
        change("DELETE FROM gmq_journal WHERE sequence >= 50");
        assertThatThrownBy(() -> open(settings(database, "a"), new State())).isInstanceOf(JournalException.class)
            .hasMessageContaining("ends with record 49");
    }

    @Test
    void shouldStopWhenAnotherHasTakenOver() {
        final State state = new State();
        final MySqlJournal first = open(settings(database, "first"), state);
        append(first, state, 10);
        assertThat(first.sync()).isTrue();
        change("UPDATE gmq_journal_lease SET until_ms = 0"); // as if it had not been heard of for long
        final State itsState = new State();
        try (MySqlJournal second = open(settings(database, "second"), itsState)) {
            assertThat(itsState.last).isEqualTo(10);
            append(first, state, 5);
            assertThatThrownBy(first::sync).isInstanceOf(JournalException.class).hasMessageContaining("broker second has taken over");
            append(second, itsState, 5);
            assertThat(second.sync()).isTrue();
            assertThat(number("SELECT COUNT(*) FROM gmq_journal")).isEqualTo(15);
        }
    }

    @Test
    void shouldLetNobodyElseHoldWhatItHasLeftLocked() throws SQLException {
        final State state = new State();
        final MySqlJournal first = open(settings(database, "first"), state);
        append(first, state, 1);
        assertThat(first.sync()).isTrue();
        // What a process leaves behind that was paused in the middle of a transaction.
        final Connection paused = database.connect();
        Sessions.claim(paused, Sessions.WRITER);
        paused.setAutoCommit(false);
        Sql.update(paused, "UPDATE gmq_journal_mark SET last_sequence = last_sequence + 1 WHERE id = 1");
        change("UPDATE gmq_journal_lease SET until_ms = 0");
        final State itsState = new State();
        open(settings(database, "second"), itsState).close();
        assertThat(itsState.last).isEqualTo(1);
        assertThatThrownBy(paused::commit).isInstanceOf(SQLException.class);
    }

    @Test
    void shouldNeitherLoseNorDoubleWhatACommitWithoutAnswerHasStored() throws Exception {
        final State state = new State();
        try (FaultProxy proxy = new FaultProxy(server);
            MySqlJournal journal = open(settings(server.database(proxy.dsn(dsn)), "a"), state)) {
            for (int i = 0; i < 10; i++) {
                append(journal, state, 100);
                proxy.swallowNextCommitReply();
                assertThat(journal.sync()).isTrue();
                assertThat(proxy.swallowed()).isEqualTo(i + 1);
                assertThat(number("SELECT COUNT(*) FROM gmq_journal")).isEqualTo(state.last);
            }
            assertThat(journal.storage()).isEqualTo(StorageState.READY);
        }
        final State again = new State();
        open(settings(database, "a"), again).close();
        assertThat(again.last).isEqualTo(state.last);
    }
}
