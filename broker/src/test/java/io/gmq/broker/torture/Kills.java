package io.gmq.broker.torture;

import io.gmq.broker.process.BrokerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills one broker after the other on one data folder at random moments, with an audit after each start: under load, at the first
 * replies, while it recovers, and while it stops.
 */
final class Kills {
    private static final int LOAD_MS_MAX = 800;
    private static final int START_MS_MAX = 1200;
    private static final int STOP_MS_MAX = 40;
    private static final int EXIT_OK = 0;

    private final Campaign campaign;
    private final SplittableRandom random;
    private final long seed;
    private int cycles;
    private int kills;

    Kills(final Path folder, final long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        campaign = new Campaign(folder, random.split());
    }

    /** @throws Violation if a promise was broken; its message has all that is needed to repeat it. */
    Outcome run(final Budget budget, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        while (budget.hasMore(kills)) {
            cycle();
            if (cycles % 20 == 0) {
                guarded("at a look from outside", campaign::verify);
                progress.println(outcome(startNs));
            }
        }
        guarded("at the last audit", () -> {
            try (BrokerProcess broker = campaign.launch()) {
                campaign.audit(broker);
                broker.terminate();
                require(broker.exitCode() == EXIT_OK, "a clean stop ended with " + broker.exitCode());
            }
            campaign.verify();
        });
        return outcome(startNs);
    }

    private Outcome outcome(final long startNs) {
        final MessageLedger ledger = campaign.ledger();
        return new Outcome("kills", seed, kills + " kills, " + cycles + " audits, " + ledger.auditedCount() + " messages audited, "
            + ledger.confirmedCount() + " confirmed, " + ledger.deliveredCount() + " delivered, " + ledger.settledCount() + " settled",
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
    }

    private void cycle() throws IOException {
        final int kind = random.nextInt(100);
        cycles++;
        if (kind < 15) {
            guarded("while it starts", this::killWhileStarting);
        }
        if (kind < 75) {
            guarded("under load", this::killUnderLoad);
        } else if (kind < 85) {
            guarded("at a reply", this::killAtReply);
        } else {
            guarded("while it stops", () -> stop(kind < 95));
        }
    }

    private interface Part {
        void run() throws IOException;
    }

    private void guarded(final String when, final Part part) throws IOException {
        try {
            part.run();
        } catch (final RuntimeException | AssertionError e) {
            throw new Violation("seed " + seed + ", cycle " + cycles + " (" + when + "), " + kills + " kills, data in " + campaign.data()
                + ": " + e, e);
        }
    }

    private static void require(final boolean isRight, final String what) {
        if (!isRight) {
            throw new Violation(what);
        }
    }

    private void killWhileStarting() throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            pass(random.nextInt(START_MS_MAX));
            broker.kill();
            kills++;
        }
    }

    private void killUnderLoad() throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            campaign.audit(broker);
            final Campaign.Load load = campaign.load(broker, () -> { });
            pass(random.nextInt(LOAD_MS_MAX));
            broker.kill();
            kills++;
            load.join();
        }
    }

    /** The first replies are those to requests whose records have just been written, and to resent ones. */
    private void killAtReply() throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            campaign.audit(broker);
            final AtomicInteger left = new AtomicInteger(1 + random.nextInt(200));
            final Campaign.Load load = campaign.load(broker, () -> {
                if (left.decrementAndGet() == 0) {
                    broker.kill();
                }
            });
            load.join();
            require(left.get() <= 0, "the broker ended by itself: " + broker.err());
            kills++;
        }
    }

    private void stop(final boolean isKilled) throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            campaign.audit(broker);
            final Campaign.Load load = campaign.load(broker, () -> { });
            pass(random.nextInt(LOAD_MS_MAX));
            broker.terminate();
            if (isKilled) {
                pass(random.nextInt(STOP_MS_MAX));
                broker.kill();
                kills++;
            } else {
                require(broker.exitCode() == EXIT_OK, "a clean stop ended with " + broker.exitCode() + ": " + broker.err());
            }
            load.join();
        }
    }

    /** Lets time pass: there is nothing to wait for, the moment is to be any. */
    static void pass(final int ms) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long left = endNs - System.nanoTime(); left > 0; left = endNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
