package io.gmq.broker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.broker.archive.ArchiveFollower.State;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import io.gmq.engine.sim.RandomCommands;
import io.gmq.journal.JournalTail;
import io.gmq.journal.Keep;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that begin late, were cut off, belong to somebody else, or are built again. */
class ArchiveRecoveryIT {
    @TempDir
    private Path temp;

    private long nowNs;

    private ArchiveFollower follower(final Database database, final LiveJournal journal) {
        return new ArchiveFollower(database, journal.tail(), journal::nowMs, () -> nowNs, new FollowerPace(() -> 0));
    }

    private void work(final ArchiveFollower follower, final int steps) {
        for (int i = 0; i < steps; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(300);
            follower.doWork();
        }
    }

    private void follow(final ArchiveFollower follower) {
        do {
            work(follower, 1);
            assertThat(follower.state()).isNotEqualTo(State.ENDED);
        } while (follower.lagRecords() > 0 || follower.state() != State.FOLLOWING);
    }

    private static Database database() {
        return TestServer.shared().database(TestServer.shared().newDatabase());
    }

    private static void rebuild(final Database database, final LiveJournal journal) throws SQLException {
        try (JournalTail tail = journal.tail()) {
            new ArchiveRebuild(database, tail, sequence -> { }).run();
        }
    }

    private static List<String> lines(final Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return Oracle.lines(connection);
        }
    }

    @Test
    void shouldBuildTheSameAgain() throws SQLException {
        final Database database = database();
        final RandomCommands random = new RandomCommands(3);
        try (LiveJournal journal = new LiveJournal(temp, Keep.ALL)) {
            final ArchiveFollower follower = follower(database, journal);
            for (int i = 0; i < 10; i++) {
                journal.run(random, 200);
                follow(follower);
            }
            final List<String> followed = lines(database);
            assertThatThrownBy(() -> rebuild(database, journal)).isInstanceOf(SQLException.class).hasMessageContaining("in use");
            assertThat(ArchiveStatus.of(database).isInUse()).isTrue();
            follower.onClose();

            rebuild(database, journal);
            assertThat(lines(database)).isEqualTo(followed).isNotEmpty();
            final ArchiveStatus status = ArchiveStatus.of(database);
            assertThat(status.position().orElseThrow().sequence()).isEqualTo(journal.synced());
            assertThat(status.isInUse()).isFalse();
            assertThat(status.gaps()).isEmpty();
            assertThat(status.tables()).extracting(ArchiveStatus.TableSize::name).containsExactlyElementsOf(ArchiveTables.NAMES);

            journal.run(random, 200);
            journal.settle();
            final ArchiveFollower next = follower(database, journal);
            follow(next);
            next.onClose();
            assertThat(lines(database)).isEqualTo(journal.oracle().lines());
        }
    }

    @Test
    void shouldSayThatThereIsNoArchive() throws SQLException {
        final ArchiveStatus status = ArchiveStatus.of(database());
        assertThat(status.position()).isEmpty();
        assertThat(status.tables()).isEmpty();
    }

    @Test
    void shouldGoOnBehindAGapWhenItWasCutOff() throws SQLException {
        final Database database = database();
        final RandomCommands random = new RandomCommands(18);
        try (LiveJournal journal = new LiveJournal(temp, Keep.NONE)) {
            journal.run(random, 300);
            final ArchiveFollower follower = follower(database, journal);
            follow(follower);
            final long before = follower.position();
            final int lostAfter = lines(database).size();
            journal.run(random, 4000); // the journal keeps nothing for it
            follow(follower);
            journal.run(random, 300);
            journal.settle();
            follow(follower);
            follower.onClose();

            final ArchiveStatus status = ArchiveStatus.of(database);
            assertThat(status.gaps()).isNotEmpty();
            assertThat(status.gaps().get(0).first()).isGreaterThan(before);
            assertThat(status.position().orElseThrow().sequence()).isEqualTo(journal.synced());
            checkBehindGap(database, journal, lostAfter);
        }
    }

    /** What is there is told rightly; what has gone in the gap is not said to be there. */
    private static void checkBehindGap(final Database database, final LiveJournal journal, final int known) throws SQLException {
        try (Connection connection = database.connect()) {
            final long open = journal.oracle().open();
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_archive WHERE state IN " + ArchiveTables.OPEN)).isEqualTo(open);
            for (final String line : journal.oracle().openStates()) {
                final String[] parts = line.split(" ", 3);
                assertThat(Sql.row(connection, "SELECT state, attempt FROM gmq_archive WHERE message = " + parts[0]))
                    .as(line).isEqualTo(parts[1] + "|" + parts[2]);
            }
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_archive")).isGreaterThan(known);
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_fate WHERE state = 'unknown'")).isPositive();
        }
    }

    @Test
    void shouldBeginWithWhatThereIsWhenTheBeginningIsGone() throws SQLException {
        final Database database = database();
        final RandomCommands random = new RandomCommands(18);
        try (LiveJournal journal = new LiveJournal(temp, Keep.NONE)) {
            journal.run(random, 4000);
            final ArchiveFollower follower = follower(database, journal);
            follow(follower);
            journal.run(random, 100);
            journal.settle();
            follow(follower);
            follower.onClose();
            final ArchiveStatus.Gap gap = ArchiveStatus.of(database).gaps().get(0);
            assertThat(gap.first()).isEqualTo(1);
            try (Connection connection = database.connect()) {
                assertThat(Sql.number(connection, "SELECT COUNT(*) FROM gmq_archive WHERE state IN " + ArchiveTables.OPEN))
                    .isEqualTo(journal.oracle().open());
            }
        }
    }

    @Test
    void shouldRefuseTheArchiveOfAnotherJournal() throws SQLException {
        final Database database = database();
        try (LiveJournal one = new LiveJournal(temp.resolve("one"), Keep.ALL); LiveJournal other = new LiveJournal(temp.resolve("other"), Keep.ALL)) {
            one.run(new RandomCommands(1), 300);
            other.run(new RandomCommands(2), 600);
            final ArchiveFollower follower = follower(database, one);
            follow(follower);
            follower.onClose();
            final List<String> before = lines(database);

            final ArchiveFollower wrong = follower(database, other);
            work(wrong, 20);
            assertThat(wrong.state()).isEqualTo(State.ENDED);
            wrong.onClose();

            assertThat(lines(database)).isEqualTo(before);
        }
        try (LiveJournal tooShort = new LiveJournal(temp.resolve("empty"), Keep.ALL)) {
            final ArchiveFollower wrong = follower(database, tooShort);
            work(wrong, 20);
            assertThat(wrong.state()).isEqualTo(State.ENDED);
        }
    }

    @Test
    void shouldLetOneFollowAtATime() throws SQLException {
        final Database database = database();
        try (LiveJournal journal = new LiveJournal(temp, Keep.ALL)) {
            journal.run(new RandomCommands(1), 300);
            final ArchiveFollower first = follower(database, journal);
            follow(first);
            final ArchiveFollower second = follower(database, journal);
            work(second, 3);
            assertThat(second.state()).isEqualTo(State.AWAY);
            first.onClose();
            nowNs += TimeUnit.MINUTES.toNanos(1);
            work(second, 1);
            follow(second);
            second.onClose();
        }
    }

    @Test
    void shouldBeginAgainWhenSomebodyElseHasWrittenInBetween() throws SQLException {
        final Database database = database();
        try (LiveJournal journal = new LiveJournal(temp, Keep.ALL)) {
            final RandomCommands random = new RandomCommands(1);
            journal.run(random, 300);
            final ArchiveFollower follower = follower(database, journal);
            follow(follower);
            journal.run(random, 300);
            try (Connection connection = database.connect()) {
                Sql.execute(connection, "KILL " + Sql.number(connection,
                    "SELECT IS_USED_LOCK(CONCAT('gmq_archive ', MD5(DATABASE())))"));
            }
            rebuild(database, journal);
            journal.run(random, 300);
            journal.settle();
            work(follower, 1);
            nowNs += TimeUnit.MINUTES.toNanos(1);
            work(follower, 1);
            follow(follower);
            follower.onClose();
            assertThat(lines(database)).isEqualTo(journal.oracle().lines());
        }
    }

    @Test
    void shouldEndWhenItIsStopped() throws SQLException {
        final Database database = database();
        try (LiveJournal journal = new LiveJournal(temp, Keep.ALL)) {
            journal.start();
            journal.apply(journal.by(1).publish("q", Draft.of("x")));
            journal.apply(journal.by(2).take(Take.from("q").leaseMs(1000)));
            journal.apply(journal.by(2).settle(Settle.ack("q", 1)));
            journal.sync();
            final ArchiveFollower follower = follower(database, journal);
            work(follower, 3);
            follower.stop();
            work(follower, 3);
            assertThat(follower.doWork()).isZero();
            follower.onClose();
        }
    }
}
