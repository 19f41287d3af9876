package io.gmq.broker.torture;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Stops a broker's process for seconds under load (SIGSTOP) and lets it go on, and sets the wall clock an hour forth or back: no
 * message is lost, and leases, delays and times to live last as long as they should.
 */
final class Pauses {
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final int PAUSES = 2;
    private static final int CHECKS = 4;
    private static final int JUMP_AFTER_MS_MAX = 1500;

    private final Campaign campaign;
    private final SplittableRandom random;
    private final long seed;
    private final int pauseMsMax;
    private int pauses;
    private int jumps;
    private int cycles;

    /** @param pauseMsMax how long a pause may be. */
    Pauses(final Path folder, final long seed, final int pauseMsMax) {
        this.seed = seed;
        this.pauseMsMax = pauseMsMax;
        random = new SplittableRandom(seed);
        campaign = new Campaign(folder, random.split());
    }

    /** @throws Violation if a promise was broken; its message has all that is needed to repeat it. */
    Outcome run(final Budget budget, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        audit();
        while (budget.hasMore(cycles)) {
            try {
                if (cycles++ % 2 == 0) {
                    pause();
                } else {
                    jump();
                }
            } catch (final RuntimeException | AssertionError e) {
                throw new Violation("seed " + seed + ", cycle " + cycles + ", data in " + campaign.data() + ": " + e, e);
            }
            if (cycles % 10 == 0) {
                progress.println(outcome(startNs));
            }
        }
        return outcome(startNs);
    }

    private Outcome outcome(final long startNs) {
        return new Outcome("pauses", seed, pauses + " pauses, " + jumps + " jumps of the clock, " + campaign.ledger().auditedCount()
            + " messages audited", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
    }

    private static void require(final boolean isRight, final String what) {
        if (!isRight) {
            throw new Violation(what);
        }
    }

    private void audit() throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            campaign.audit(broker);
        }
    }

    private void pause() throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            campaign.audit(broker);
            final Campaign.Load load = campaign.load(broker, () -> { });
            for (int left = PAUSES; left > 0; left--) {
                awaitWork(load);
                broker.signal("STOP");
                Kills.pass(random.nextInt(pauseMsMax));
                broker.signal("CONT");
                pauses++;
            }
            awaitWork(load);
            broker.kill();
            load.join();
        }
        audit();
    }

    /** Until a few hundred messages more have been settled. */
    private void awaitWork(final Campaign.Load load) {
        final long enough = campaign.ledger().settledCount() + 100 + random.nextInt(400);
        Await.until("work that goes on", () -> campaign.ledger().settledCount() >= enough || load.hasFailed());
    }

    private void jump() throws IOException {
        final String what = "jump," + (random.nextBoolean() ? HOUR_MS : -HOUR_MS) + "," + random.nextInt(JUMP_AFTER_MS_MAX);
        try (BrokerProcess broker = campaign.launch(List.of(TestServer.class.getName(), what))) {
            campaign.audit(broker);
            final Campaign.Load load = campaign.load(broker, () -> { });
            for (int i = 0; i < CHECKS; i++) {
                awaitWork(load);
                try (Wire wire = broker.connect()) {
                    checkTimes(wire);
                }
            }
            broker.kill();
            load.join();
            jumps++;
        }
        audit();
    }

    /** What is short is over soon, what is long is not. */
    private static void checkTimes(final Wire wire) {
        wire.confirm("{'operation':'publish','queue':'times','messages':[{'text':'delayed','delay_ms':300},{'text':'fading','ttl_ms':300,'priority':1},"
            + "{'text':'much later','delay_ms':600000},{'text':'lasting','ttl_ms':600000,'priority':5}]}");
        final Reply first = wire.confirm("{'operation':'take','queue':'times','as':'text','lease_ms':400}");
        require(first.texts().equals(List.of("lasting")), "took " + first);
        Await.until("what is due within a second", () -> {
            final Reply counts = wire.confirm("{'operation':'describe','queue':'times'}");
            require(counts.number("length") >= 3, "a message has expired before its time: " + counts);
            return counts.number("ready") == 2 && counts.number("delayed") == 1 && counts.number("expired") == 1;
        });
        wire.confirm("{'operation':'delete','queue':'times'}");
    }
}
