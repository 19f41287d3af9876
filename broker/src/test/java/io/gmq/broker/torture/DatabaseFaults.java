package io.gmq.broker.torture;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.testing.FaultProxy;
import io.gmq.journal.mysql.testing.TestServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Breaks the database under brokers that work: kills it in mid-batch, swallows the answers to its commits, cuts, freezes and refuses
 * its connections; and kills the broker, also while the database is dead. After each round nothing that was confirmed is lost or
 * doubled, and the tables have no gap.
 */
final class DatabaseFaults {
    private static final int EXIT_OK = 0;
    private static final int TIMEOUT_MS = 1000;
    private static final List<String> SETTINGS = List.of("queue.queue_type=database", "database.timeout_ms=" + TIMEOUT_MS + "ms",
        "database.lease_ms=3s", "database.start_wait_ms=30s");
    private static final int FAULTS_MAX = 3;
    private static final int DEAD_MS_MAX = 1500;
    private static final int FREEZE_MS_MAX = 2500;
    private static final int APART_MS_MAX = 200;
    /** One round in so many ends with the broker's death. */
    private static final int KILLS_ONE_IN = 6;
    private static final int ROUNDS_A_LINE = 10;

    private final Path folder;
    private final TestServer server;
    private final FaultProxy proxy;
    private final Database database;
    private final Campaign campaign;
    private final SplittableRandom random;
    private final long seed;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private BrokerProcess broker;
    private int rounds;
    private int brokerKills;
    private JournalTables.Facts facts;

    /** What happens to the database, or to the way there. */
    private enum Fault {
        KILL("kills"),
        SWALLOW("swallowed replies"),
        SWALLOW_AND_KILL("kills behind a swallowed reply"),
        CUT("cuts"),
        FREEZE("freezes"),
        REFUSE("refusals");

        final String inPlural;

        Fault(final String inPlural) {
            this.inPlural = inPlural;
        }
    }

    private DatabaseFaults(final Path folder, final TestServer server, final FaultProxy proxy, final long seed) {
        this.folder = folder;
        this.server = server;
        this.proxy = proxy;
        this.seed = seed;
        random = new SplittableRandom(seed);
        final String dsn = server.newDatabase();
        database = server.database(dsn);
        final List<String> settings = new ArrayList<>(Campaign.SETTINGS);
        settings.addAll(SETTINGS);
        settings.add("database.dsn=" + proxy.dsn(dsn));
        campaign = new Campaign(folder, folder.resolve("data"), BrokerProcess.SERVER, random.split(), settings);
        campaign.useDatabase();
        for (final Fault fault : Fault.values()) {
            faults.put(fault, 0);
        }
    }

    /** @throws Violation if a promise was broken; its message has all that is needed to repeat it. */
    static Outcome run(final Path folder, final long seed, final Budget budget, final PrintStream progress) throws IOException {
        try (TestServer server = TestServer.own(folder); FaultProxy proxy = new FaultProxy(server)) {
            return new DatabaseFaults(folder, server, proxy, seed).run(budget, progress);
        }
    }

    private Outcome run(final Budget budget, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        try {
            start();
            while (budget.hasMore(rounds)) {
                round();
                if (rounds % ROUNDS_A_LINE == 0) {
                    progress.println(outcome(startNs));
                }
            }
            lastRound();
            return outcome(startNs);
        } catch (final RuntimeException | AssertionError e) {
            throw new Violation("seed " + seed + ", round " + rounds + ", " + faults + ", " + brokerKills + " brokers killed: " + e
                + "; the broker said: " + (broker == null ? "nothing" : broker.err()), e);
        } finally {
            if (broker != null) {
                broker.close();
            }
        }
    }

    private Outcome outcome(final long startNs) {
        final MessageLedger ledger = campaign.ledger();
        final StringBuilder what = new StringBuilder().append(rounds).append(" rounds, ");
        faults.forEach((fault, count) -> what.append(count).append(' ').append(fault.inPlural).append(", "));
        what.append(brokerKills).append(" brokers killed, ").append(facts.mark()).append(" records, ").append(ledger.auditedCount())
            .append(" messages audited, ").append(ledger.confirmedCount()).append(" confirmed, ").append(ledger.deliveredCount())
            .append(" delivered, ").append(ledger.settledCount()).append(" settled");
        return new Outcome("database", seed, what.toString(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
    }

    private void start() throws IOException {
        broker = campaign.launch();
        audit();
    }

    private void audit() throws IOException {
        campaign.audit(broker);
        final JournalTables.Facts now = JournalTables.audit(database);
        require(facts == null || now.mark() >= facts.mark(), "the mark goes back from " + facts + " to " + now);
        facts = now;
    }

    private static void require(final boolean isRight, final String what) {
        if (!isRight) {
            throw new Violation(what);
        }
    }

    /** Some faults under load, and an audit when all is quiet, on the same broker or on the one after it. */
    private void round() throws IOException {
        final Campaign.Load load = campaign.load(broker, () -> { });
        for (int left = 1 + random.nextInt(FAULTS_MAX); left > 0; left--) {
            awaitWork(load);
            Kills.pass(random.nextInt(APART_MS_MAX));
            fail();
        }
        if (random.nextInt(KILLS_ONE_IN) == 0) {
            killBroker(load);
        } else {
            awaitWork(load);
            load.finish();
            awaitStored();
            audit();
        }
        rounds++;
    }

    /** Until some hundred more were confirmed and settled. */
    private void awaitWork(final Campaign.Load load) {
        final MessageLedger ledger = campaign.ledger();
        final long confirmed = ledger.confirmedCount() + 300 + random.nextInt(1000);
        final long settled = ledger.settledCount() + 200;
        Await.until("work that goes on", () -> ledger.confirmedCount() >= confirmed && ledger.settledCount() >= settled || load.hasFailed());
        if (load.hasFailed()) {
            broker.kill();
            load.join();
        }
    }

    private void fail() {
        final int kind = random.nextInt(100);
        final Fault fault = kind < 25 ? Fault.KILL : kind < 60 ? Fault.SWALLOW : kind < 75 ? Fault.SWALLOW_AND_KILL : kind < 88 ? Fault.CUT
            : kind < 95 ? Fault.FREEZE : Fault.REFUSE;
        faults.merge(fault, 1, Integer::sum);
        switch (fault) {
            case KILL -> restartServer();
            case SWALLOW -> swallow();
            case SWALLOW_AND_KILL -> {
                swallow();
                restartServer();
            }
            case CUT -> proxy.cut();
            case FREEZE -> {
                proxy.freeze();
                Kills.pass(TIMEOUT_MS + random.nextInt(FREEZE_MS_MAX));
                if (random.nextBoolean()) {
                    proxy.cut();
                }
                proxy.thaw();
            }
            default -> {
                proxy.refuse(true);
                proxy.cut();
                Kills.pass(random.nextInt(FREEZE_MS_MAX));
                proxy.refuse(false);
            }
        }
    }

    private void restartServer() {
        server.kill();
        Kills.pass(random.nextInt(DEAD_MS_MAX));
        server.start();
    }

    private void swallow() {
        final int before = proxy.swallowed();
        proxy.swallowNextCommitReply();
        Await.until("a swallowed reply", () -> proxy.swallowed() > before);
    }

    /** In the middle of its work; sometimes the database is dead, too, and comes back when the next broker waits for it. */
    private void killBroker(final Campaign.Load load) throws IOException {
        final boolean isWithDatabase = random.nextBoolean();
        if (isWithDatabase) {
            server.kill();
            Kills.pass(random.nextInt(DEAD_MS_MAX));
        }
        broker.kill();
        brokerKills++;
        load.join();
        requireNoFiles();
        broker = campaign.launch();
        if (isWithDatabase) {
            Kills.pass(random.nextInt(DEAD_MS_MAX));
            server.start();
        }
        audit();
    }

    /** All that the brokers keep is in the database. */
    private void requireNoFiles() throws IOException {
        try (var files = Files.list(folder)) {
            final List<Path> data = files.filter(file -> file.getFileName().toString().startsWith("data")).toList();
            require(data.isEmpty(), "there are data folders: " + data);
        }
    }

    /** Whatever is asked for now comes behind all that was asked for before, and so does what is confirmed. */
    private void awaitStored() {
        try (Wire wire = broker.connect()) {
            Await.until("a publish that is confirmed",
                () -> wire.ask("{'operation':'publish','queue':'probe','text':'x','ttl_ms':1,'durability':'synced'}").isConfirmed());
            Await.until("connections that have ended", () -> QueuePlan.ALL.stream().filter(queue -> queue != QueuePlan.KEPT)
                .allMatch(queue -> wire.confirm("{'operation':'describe','queue':'" + queue.name() + "'}").number("leased") == 0));
        }
    }

    private void lastRound() throws IOException {
        final Campaign.Load load = campaign.load(broker, () -> { });
        awaitWork(load);
        killBroker(load);
        broker.terminate();
        require(broker.exitCode() == EXIT_OK, "a clean stop ended with " + broker.exitCode());
        start();
        broker.terminate();
        require(broker.exitCode() == EXIT_OK, "a clean stop ended with " + broker.exitCode());
    }
}
