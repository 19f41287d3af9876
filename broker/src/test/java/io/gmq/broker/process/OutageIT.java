package io.gmq.broker.process;

import static io.gmq.broker.process.DatabaseKit.awaitLine;
import static io.gmq.broker.process.DatabaseKit.count;
import static io.gmq.broker.process.DatabaseKit.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Mailbox;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients and operators see while the database of a broker that works is away. */
@Timeout(60)
class OutageIT {
    private static final String AWAY = " is away: ";
    private static final String BACK = " is back after ";
    private static final int IN_FLIGHT = 200;
    private static final int SECONDS_MAX = 20;
    private static final String PUBLISH = "{'operation':'publish','queue':'q','text':'refused'}";

    private final TestServer server = TestServer.shared();

    @TempDir
    Path temp;

    private static void requireRefused(final Reply reply) {
        assertThat(reply.code()).as(reply.toString()).isEqualTo("overloaded");
        assertThat(reply.error().number("retry_after_ms")).isPositive();
    }

    /** What would change something is refused, what only looks is answered. */
    private static void requireAway(final Wire wire, final long leased) {
        for (final String request : List.of(PUBLISH, "{'operation':'take','queue':'q'}", "{'operation':'consume','queue':'q','credit':1}",
            "{'operation':'ack','queue':'q','message':" + leased + "}", "{'operation':'nack','queue':'q','message':" + leased + "}",
            "{'operation':'configure','queue':'q','capacity':5}",
            "{'operation':'atomic','steps':[{'operation':'publish','queue':'q','text':'refused'}]}")) {
            requireRefused(wire.ask(request));
        }
        assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("leased")).isEqualTo(1);
        wire.confirm("{'operation':'queues'}");
        wire.confirm("{'operation':'ping'}");
        wire.confirm("{'operation':'peek','queue':'q'}");
    }

    private static void awaitReady(final Wire wire) {
        Await.until("a database that is back", () -> wire.ask("{'operation':'publish','queue':'probe','text':'x','ttl_ms':1}").isConfirmed());
    }

    private static List<String> texts(final Wire wire) {
        return wire.confirm("{'operation':'take','queue':'q','max':1000,'as':'text'}").texts();
    }

    @Test
    void shouldRefuseChangesWhileTheDatabaseIsDeadAndGoOnWhenItIsBack() throws IOException {
        try (TestServer own = TestServer.own(temp); BrokerProcess broker = start(temp, own.newDatabase()); Wire wire = broker.connect()) {
            wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'leased'},{'text':'there'}]}");
            final long leased = wire.confirm("{'operation':'take','queue':'q','lease_ms':600000}").ids().get(0);
            own.kill();
            awaitLine(broker, AWAY);
            requireAway(wire, leased);
            assertThat(count(broker, BACK)).isZero();
            own.start();
            awaitReady(wire);
            awaitLine(broker, BACK);
            assertThat(wire.confirm("{'operation':'ack','queue':'q','message':" + leased + "}").number("acked")).isEqualTo(1);
            assertThat(texts(wire)).containsExactly("there");
            assertThat(count(broker, AWAY)).isEqualTo(1);
            assertThat(count(broker, BACK)).isEqualTo(1);
            assertThat(broker.err()).doesNotContain(TestServer.PASSWORD);
        }
    }

    @Test
    void shouldAnswerWhatWasInFlightOnceTheDatabaseIsBackAndStoreItOnce() throws IOException {
        final String dsn = server.newDatabase();
        final List<String> confirmed = new ArrayList<>();
        try (FaultProxy proxy = new FaultProxy(server)) {
            try (BrokerProcess broker = start(temp, proxy.dsn(dsn)); Wire wire = broker.connect()) {
                wire.confirm("{'operation':'configure','queue':'q','capacity':1000}");
                proxy.refuse(true);
                proxy.cut();
                wire.send(IntStream.range(0, IN_FLIGHT).mapToObj(i -> "{'id':" + i + ",'operation':'publish','queue':'q','text':'" + i + "'}")
                    .toArray(String[]::new));
                awaitLine(broker, AWAY);
                proxy.refuse(false);
                for (int i = 0; i < IN_FLIGHT; i++) {
                    final Reply reply = wire.reply();
                    if (reply.isConfirmed()) {
                        confirmed.add(Long.toString(reply.number("id")));
                    } else {
                        requireRefused(reply);
                    }
                }
                assertThat(confirmed).isNotEmpty();
                broker.kill();
            }
            try (BrokerProcess broker = start(temp, dsn); Wire wire = broker.connect()) {
                assertThat(texts(wire)).containsExactlyElementsOf(confirmed);
            }
        }
    }

    @Test
    void shouldRefuseAfterTwoSecondsWhatAFrozenDatabaseWouldHoldUp() throws IOException {
        try (FaultProxy proxy = new FaultProxy(server);
            BrokerProcess broker = start(temp, proxy.dsn(server.newDatabase()), "database.timeout_ms=30s", "ring.profile=dedicated", "network.selectors=2");
            Wire wire = broker.connect()) {
            final Mailbox box = new Mailbox(broker.connect());
            box.consume("later", "'credit':10,'as':'text'");
            wire.confirm("{'operation':'publish','queue':'q','text':'before'}");
            wire.confirm("{'operation':'publish','queue':'later','text':'late','delay_ms':3000}");
            proxy.freeze();
            wire.send("{'operation':'publish','queue':'q','text':'in flight'}");
            final long frozenNs = System.nanoTime();
            try (Wire other = broker.connect()) {
                Await.until("a refusal", () -> isRefused(broker));
                System.out.printf("outage     refused %.1f s after the database was frozen%n", (System.nanoTime() - frozenNs) / 1e9);
                assertThat(System.nanoTime() - frozenNs).isLessThan(TimeUnit.SECONDS.toNanos(SECONDS_MAX));
                assertThat(other.confirm("{'operation':'length','queue':'q'}").number("length")).isPositive();
            }
            assertThat(wire.isSilent()).isTrue();
            proxy.thaw();
            assertThat(wire.reply().isConfirmed()).isTrue();
            assertThat(box.push().messages()).hasSize(1);
            awaitReady(wire);
            box.wire().close();
        }
    }

    /** Asks on a connection of its own, since the publish may also be held up. */
    private static boolean isRefused(final BrokerProcess broker) {
        final Wire wire = broker.connect();
        final CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> wire.ask(PUBLISH));
        try {
            return !reply.get(100, TimeUnit.MILLISECONDS).isConfirmed();
        } catch (final Exception heldUp) {
            return false;
        } finally {
            wire.close();
        }
    }

    @Test
    void shouldStopInBoundedTimeAndConfirmNothingWhileTheDatabaseIsAway() throws IOException {
        final String dsn = server.newDatabase();
        try (FaultProxy proxy = new FaultProxy(server)) {
            try (BrokerProcess broker = start(temp, proxy.dsn(dsn)); Wire wire = broker.connect()) {
                wire.confirm("{'operation':'publish','queue':'q','text':'safe'}");
                proxy.refuse(true);
                proxy.cut();
                wire.send("{'operation':'publish','queue':'q','text':'in flight'}");
                awaitLine(broker, AWAY);
                final long stoppedNs = System.nanoTime();
                broker.terminate();
                assertThat(broker.exitCode()).as(broker.err()).isZero();
                System.out.printf("outage     stopped %.1f s after SIGTERM%n", (System.nanoTime() - stoppedNs) / 1e9);
                assertThat(wire.rest()).doesNotContain("\"Y\"");
                assertThat(count(broker, "not stored, and not confirmed")).as(broker.err()).isEqualTo(1);
            }
            proxy.refuse(false);
            try (BrokerProcess broker = start(temp, dsn); Wire wire = broker.connect()) {
                assertThat(texts(wire)).containsExactly("safe");
            }
        }
    }

    @Test
    void shouldStopInBoundedTimeWhileTheDatabaseIsFrozen() throws IOException {
        final String dsn = server.newDatabase();
        try (FaultProxy proxy = new FaultProxy(server)) {
            try (BrokerProcess broker = start(temp, proxy.dsn(dsn), "database.timeout_ms=3s"); Wire wire = broker.connect()) {
                wire.confirm("{'operation':'publish','queue':'q','text':'safe'}");
                proxy.freeze();
                wire.send("{'operation':'publish','queue':'q','text':'in flight'}");
                awaitLine(broker, AWAY);
                final long stoppedNs = System.nanoTime();
                broker.terminate();
                assertThat(broker.exitCode()).as(broker.err()).isZero();
                System.out.printf("outage     stopped %.1f s after SIGTERM on a frozen database%n", (System.nanoTime() - stoppedNs) / 1e9);
                assertThat(wire.rest()).doesNotContain("\"Y\"");
            }
            proxy.cut();
            try (BrokerProcess broker = start(temp, dsn); Wire wire = broker.connect()) {
                assertThat(texts(wire)).containsExactly("safe");
            }
        }
    }
}
