package io.gmq.broker.torture;

import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the broker before and after each kind of call to its disk ({@link KillingDisk}), with an audit after each start. Whatever
 * comes before the point, be it the start, the audit or the load, goes on until the point is reached or nothing came for a while.
 */
final class Points {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);
    /** The kinds of calls, and up to which of them it is worth waiting: after so many nothing new happens. */
    private static final Map<String, Integer> KINDS = new TreeMap<>(Map.ofEntries(
        Map.entry("append journal", 400), Map.entry("force journal", 100), Map.entry("forceFolder journal", 6),
        Map.entry("create journal", 8), Map.entry("rename journal", 4), Map.entry("delete journal", 8), Map.entry("write journal", 400),
        Map.entry("truncate journal", 5), Map.entry("createFolder journal", 4),
        Map.entry("create snapshots", 1), Map.entry("write snapshots", 4), Map.entry("force snapshots", 2),
        Map.entry("rename snapshots", 1), Map.entry("forceFolder snapshots", 2), Map.entry("delete snapshots", 1)));

    private final Campaign campaign;
    private final SplittableRandom random;
    private final long seed;
    private final Map<String, Integer> reached = new TreeMap<>();
    private int cycles;
    private int kills;

    Points(final Path folder, final long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        campaign = new Campaign(folder, random.split());
    }

    /** @throws Violation if a promise was broken; its message has all that is needed to repeat it. */
    Outcome run(final Budget budget, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        audit();
        final List<String> kinds = new ArrayList<>();
        while (budget.hasMore(cycles)) {
            if (kinds.isEmpty()) {
                KINDS.keySet().forEach(kind -> kinds.addAll(List.of("before," + kind, "after," + kind)));
                Collections.shuffle(kinds, new Random(random.nextLong()));
            }
            final String kind = kinds.remove(kinds.size() - 1);
            final int count = 1 + random.nextInt(KINDS.get(kind.substring(kind.indexOf(',') + 1)));
            cycle(KillingDisk.Point.of(kind + ',' + count));
            if (cycles % 20 == 0) {
                progress.println(outcome(startNs));
            }
        }
        audit();
        return outcome(startNs);
    }

    private Outcome outcome(final long startNs) {
        return new Outcome("points", seed, kills + " of " + cycles + " points reached " + reached + ", "
            + campaign.ledger().auditedCount() + " messages audited", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
    }

    private void audit() throws IOException {
        try (BrokerProcess broker = campaign.launch()) {
            campaign.audit(broker);
        }
    }

    private void cycle(final KillingDisk.Point point) throws IOException {
        cycles++;
        try (BrokerProcess broker = campaign.launch(List.of(TestServer.class.getName(), point.toString()))) {
            try {
                campaign.audit(broker);
                load(broker);
            } catch (final Wire.EndedException | UncheckedIOException | AssertionError e) {
                if (e instanceof Violation || !hasReached(broker)) {
                    throw e;
                }
            }
            if (hasReached(broker)) {
                kills++;
                reached.merge(point.what() + " " + point.kind(), 1, Integer::sum);
            }
        } catch (final RuntimeException | AssertionError e) {
            throw new Violation("seed " + seed + ", cycle " + cycles + " (" + point + "), data in " + campaign.data() + ": " + e, e);
        }
    }

    private static boolean hasReached(final BrokerProcess broker) {
        return broker.exitCode() == KillingDisk.EXIT;
    }

    /** Until the point is reached; if it is not, by a stop, in which it may yet be, or by a kill. */
    private void load(final BrokerProcess broker) {
        final Campaign.Load load = campaign.load(broker, () -> { });
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (broker.isAlive() && !load.hasFailed() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        broker.terminate();
        broker.exitCode();
        load.join();
    }
}
