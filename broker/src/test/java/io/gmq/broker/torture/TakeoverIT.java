package io.gmq.broker.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.Sql;
import io.gmq.journal.mysql.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two brokers on one database: one works, the other waits, and takes over when the first is not heard of any more. */
@Timeout(120)
class TakeoverIT {
    private static final int EXIT_BROKEN = 70;
    private static final int LEASE_MS = 3000;
    private static final int PAUSES = 3;
    /** Of these, four clients keep more than 1,024 in flight. */
    private static final int CLIENTS = 4;
    private static final int TRIES_MAX = 200;
    /** {@code innodb_trx} shows what it showed before until nobody has asked for 100 ms. */
    private static final int TRX_CACHE_MS = 120;

    private final TestServer server = TestServer.shared();
    private final String dsn = server.newDatabase();
    private final Database database = server.database(dsn);
    private final List<BrokerProcess> brokers = new ArrayList<>();

    @TempDir
    Path temp;

    @AfterEach
    void killAll() {
        brokers.forEach(BrokerProcess::close);
    }

    private BrokerProcess launch(final String address) throws IOException {
        final List<String> arguments = new ArrayList<>(
            List.of("--port", "0", "--data", temp.resolve("data" + brokers.size()).toString(), "--set", "database.dsn=" + address));
        for (final String setting : settings()) {
            arguments.addAll(List.of("--set", setting));
        }
        final BrokerProcess broker = BrokerProcess.launch(temp, BrokerProcess.SERVER, arguments);
        brokers.add(broker);
        return broker;
    }

    private static List<String> settings() {
        return List.of("queue.queue_type=database", "database.timeout_ms=2s", "database.lease_ms=" + LEASE_MS + "ms",
            "queue.max_queue_capacity=1000000", "network.max_frame_length=512KiB");
    }

    private BrokerProcess started(final String address) throws IOException {
        final BrokerProcess broker = launch(address);
        broker.awaitReady();
        return broker;
    }

    private BrokerProcess waiting(final BrokerProcess behind) throws IOException {
        final BrokerProcess broker = launch(dsn);
        Await.until("a line that says for whom it waits", () -> broker.err().contains("belongs to the broker process " + behind.pid() + " on "));
        assertThat(broker.err().lines().filter(line -> line.contains("belongs to"))).as(broker.err()).hasSize(1);
        return broker;
    }

    private long number(final String sql) {
        try (Connection connection = database.connect()) {
            return Sql.number(connection, sql);
        } catch (final SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String seconds(final long fromNs) {
        return String.format("%.1f s", (System.nanoTime() - fromNs) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** It has stopped by itself, and says in one line whom it has made room for. */
    private static void requireReplaced(final BrokerProcess first, final BrokerProcess by) {
        assertThat(first.exitCode()).as(first.err()).isEqualTo(EXIT_BROKEN);
        final List<String> lines = first.err().lines().filter(line -> line.startsWith("gmq: ")).toList();
        assertThat(lines).as(first.err()).hasSize(1);
        assertThat(lines.get(0)).contains("process " + by.pid() + " on ").contains("has taken over the database");
    }

    @Test
    void shouldTakeOverAllFromABrokerThatWasKilled() throws IOException {
        final long seed = Long.getLong("gmq.seed", System.nanoTime());
        final List<String> settings = new ArrayList<>(Campaign.SETTINGS);
        settings.addAll(List.of("queue.queue_type=database", "database.timeout_ms=2s", "database.lease_ms=" + LEASE_MS + "ms", "database.dsn=" + dsn));
        final Campaign campaign = new Campaign(temp, temp.resolve("data"), BrokerProcess.SERVER, new SplittableRandom(seed), settings);
        campaign.useDatabase();
        BrokerProcess first = campaign.launch();
        brokers.add(first);
        campaign.audit(first);
        for (int i = 0; i < PAUSES; i++) {
            final Campaign.Load load = campaign.load(first, () -> { });
            final BrokerProcess second = campaign.launch();
            brokers.add(second);
            Await.until("a line that says that it waits", () -> second.err().contains("this one waits"));
            final long enough = campaign.ledger().settledCount() + 1000;
            Await.until("work that goes on", () -> campaign.ledger().settledCount() >= enough || load.hasFailed());
            first.kill();
            final long killedNs = System.nanoTime();
            load.join();
            second.awaitReady();
            System.out.println("takeover   seed " + seed + ": ready " + seconds(killedNs) + " after the kill, lease " + LEASE_MS + " ms");
            campaign.audit(second);
            JournalTables.audit(database);
            first = second;
        }
    }

    @Test
    void shouldTakeOverAtOnceFromABrokerThatWasStopped() throws IOException {
        final BrokerProcess first = started(dsn);
        final BrokerProcess second = waiting(first);
        try (Wire wire = first.connect()) {
            wire.confirm("{'operation':'publish','queue':'q','text':'there'}");
        }
        first.terminate();
        assertThat(first.exitCode()).isZero();
        final long stoppedNs = System.nanoTime();
        second.awaitReady();
        System.out.println("takeover   ready " + seconds(stoppedNs) + " after a clean stop");
        try (Wire wire = second.connect()) {
            assertThat(wire.confirm("{'operation':'take','queue':'q','as':'text'}").texts()).containsExactly("there");
        }
    }

    @Test
    void shouldWriteNothingWhenItWakesAfterItsLeaseHasEnded() throws IOException {
        for (int i = 0; i < PAUSES; i++) {
            final BrokerProcess first = started(dsn);
            final Publishers publishers = new Publishers(first, "q" + i, CLIENTS);
            publishers.awaitConfirmed(2000);
            final boolean isInTransaction = i > 0;
            stop(first, isInTransaction);
            final long stoppedNs = System.nanoTime();
            final BrokerProcess second = started(dsn);
            System.out.println("takeover   ready " + seconds(stoppedNs) + " after SIGSTOP" + (isInTransaction ? " in the middle of a transaction" : ""));
            final long there = change(second, "q" + i);
            first.signal("CONT");
            requireReplaced(first, second);
            publishers.join();
            requireUnchanged(second, "q" + i, there);
            second.kill();
            final BrokerProcess third = started(dsn);
            requireUnchanged(third, "q" + i, there);
            publishers.requireAllThere(third);
            third.kill();
            JournalTables.audit(database);
        }
    }

    /** Stops it; where wanted with a transaction under way, so that it holds locks. */
    private void stop(final BrokerProcess broker, final boolean isInTransaction) throws IOException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            broker.signal("STOP");
            Kills.pass(TRX_CACHE_MS); // whatever the server still does for it is done, too
            if (!isInTransaction || number("SELECT COUNT(*) FROM information_schema.innodb_trx") > 0) {
                return;
            }
            broker.signal("CONT");
            Kills.pass(5);
        }
        throw new AssertionError("was never in the middle of a transaction");
    }

    /** Lets the successor do something, and returns how many messages it has got from its predecessor. */
    private static long change(final BrokerProcess second, final String queue) {
        try (Wire wire = second.connect()) {
            final long there = wire.confirm("{'operation':'length','queue':'" + queue + "'}").number("ready");
            wire.confirm("{'operation':'publish','queue':'of the second','text':'changed'}");
            return there;
        }
    }

    private static void requireUnchanged(final BrokerProcess broker, final String queue, final long there) {
        try (Wire wire = broker.connect()) {
            assertThat(wire.confirm("{'operation':'length','queue':'" + queue + "'}").number("ready")).isEqualTo(there);
        }
    }

    @Test
    void shouldConfirmNothingWhenItHasBeenCutOffForLongerThanItsLease() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server)) {
            final BrokerProcess first = started(proxy.dsn(dsn));
            try (Wire wire = first.connect()) {
                wire.confirm("{'operation':'publish','queue':'q','text':'before'}");
                proxy.freeze();
                wire.send("{'operation':'publish','queue':'q','text':'in flight'}");
                // A start is one record, as many as the first is storing.
                final BrokerProcess second = started(dsn);
                proxy.cut();
                proxy.thaw();
                requireReplaced(first, second);
                assertThat(rest(wire)).doesNotContain("\"Y\"");
                try (Wire its = second.connect()) {
                    assertThat(its.confirm("{'operation':'take','queue':'q','as':'text','max':10}").texts()).containsExactly("before");
                }
            }
        }
        JournalTables.audit(database);
    }

    /** What it has said before its end, however it ended. */
    private static String rest(final Wire wire) {
        final StringBuilder rest = new StringBuilder();
        try {
            while (true) {
                rest.append(wire.line()).append('\n');
            }
        } catch (final RuntimeException ended) {
            return rest.toString();
        }
    }
}
