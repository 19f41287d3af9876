package io.gmq.broker.torture;

import io.gmq.broker.cli.Gmq;
import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Takes the stack away from one thread of a broker after the other, and the memory from all of them: a broker that has lost a thread
 * ends, and does not live on without it. The next start has everything that was confirmed.
 */
final class DeadThreads {
    /** Of the journal stage, the sync thread, the keeper three times, and a selector; late enough not to be the start's own. */
    private static final List<String> OVERFLOWS = List.of("append journal,30", "force journal,40", "write journal,16", "truncate journal,2",
        "write snapshots,2", "clock selector,1000");
    private static final List<String> SMALL_MEMORY = List.of("-Xmx48m", "-XX:MaxDirectMemorySize=60m");
    private static final List<String> MORE_DIRECT_MEMORY = List.of("-Xmx24m", "-XX:MaxDirectMemorySize=400m");
    private static final int LONG_TEXT = 30_000;

    private final Path folder;
    private final Campaign campaign;
    private final long seed;
    private int overflows;
    private int outOfMemory;
    private long recovered;

    DeadThreads(final Path folder, final long seed) {
        this.folder = folder;
        this.seed = seed;
        campaign = new Campaign(folder, new SplittableRandom(seed));
    }

    /** @throws Violation if a promise was broken; its message has all that is needed to repeat it. */
    Outcome run(final Budget budget, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        audit();
        while (budget.hasMore(overflows + outOfMemory)) {
            try {
                if (overflows <= 2 * outOfMemory) {
                    overflow(OVERFLOWS.get(overflows % OVERFLOWS.size()));
                } else {
                    outOfMemory(folder.resolve("memory-" + outOfMemory), outOfMemory % 2 == 0 ? SMALL_MEMORY : MORE_DIRECT_MEMORY);
                }
            } catch (final RuntimeException | AssertionError e) {
                throw new Violation("seed " + seed + ", " + overflows + " overflows, data in " + campaign.data() + ": " + e, e);
            }
            if ((overflows + outOfMemory) % 10 == 0) {
                progress.println(outcome(startNs));
            }
        }
        return outcome(startNs);
    }

    private Outcome outcome(final long startNs) {
        return new Outcome("threads", seed, overflows + " stack overflows, " + campaign.ledger().auditedCount() + " messages audited; "
            + outOfMemory + " brokers out of memory, " + recovered + " confirmed messages recovered",
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
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

    private void overflow(final String kind) throws IOException {
        try (BrokerProcess broker = campaign.launch(List.of(TestServer.class.getName(), "overflow," + kind))) {
            try {
                campaign.audit(broker);
                final Campaign.Load load = campaign.load(broker, () -> { });
                Await.until("the end of a broker that has lost a thread (" + kind + ")", () -> !broker.isAlive() || load.hasFailed());
                load.join();
            } catch (final Wire.EndedException | UncheckedIOException ended) {
                // while it was audited
            } catch (final AssertionError e) {
                if (e instanceof Violation || broker.address() != null) {
                    throw e;
                }
                // while it started
            }
            final boolean isRight = broker.address() == null ? broker.exitCode() != 0 : broker.exitCode() == TestServer.EXIT_BROKEN;
            require(isRight, kind + " ended it with " + broker.exitCode() + ": " + broker.err());
        }
        overflows++;
        audit();
    }

    /** Publishes more than there is memory for: the process ends with one line, and has all that was confirmed when it is started again. */
    private void outOfMemory(final Path data, final List<String> options) throws IOException {
        final List<String> arguments = List.of("--port", "0", "--data", data.toString(), "--set", "queue.max_held_bytes=4GiB",
            "--set", "queue.max_queue_capacity=10000000", "--set", "network.max_frame_length=512KiB", "--set", "ring.ingress_bytes=2MiB");
        final List<String> program = new ArrayList<>(options);
        program.addAll(List.of(Gmq.class.getName(), "server"));
        final long confirmed;
        try (BrokerProcess broker = BrokerProcess.launch(folder, program, arguments)) {
            broker.awaitReady();
            confirmed = publishUntilItEnds(broker);
            require(broker.exitCode() == TestServer.EXIT_BROKEN, "out of memory ended it with " + broker.exitCode() + ": " + broker.err());
            require(broker.err().lines().filter(line -> line.startsWith("gmq: ")).count() == 1, "did not say in one line why: " + broker.err());
        }
        try (BrokerProcess broker = BrokerProcess.launch(folder, BrokerProcess.SERVER, arguments)) {
            broker.awaitReady();
            try (Wire wire = broker.connect()) {
                final long ready = wire.confirm("{'operation':'length','queue':'much'}").number("ready");
                require(ready >= confirmed, confirmed + " messages were confirmed, and " + ready + " are there");
            }
        }
        outOfMemory++;
        recovered += confirmed;
    }

    private static long publishUntilItEnds(final BrokerProcess broker) {
        final String[] shortOnes = new String[50];
        Arrays.fill(shortOnes, "{'operation':'publish','queue':'much','text':'short'}");
        final String[] longOnes = new String[20];
        Arrays.fill(longOnes, "{'operation':'publish','queue':'much','text':'" + "x".repeat(LONG_TEXT) + "'}");
        long confirmed = 0;
        try (Wire wire = broker.connect()) {
            while (true) {
                final String[] next = confirmed % 3 == 0 ? shortOnes : longOnes;
                wire.send(next);
                for (int i = 0; i < next.length; i++) {
                    final Reply reply = wire.reply();
                    require(reply.isConfirmed(), "was refused: " + reply);
                    confirmed++;
                }
            }
        } catch (final Wire.EndedException | UncheckedIOException ended) {
            return confirmed;
        }
    }
}
