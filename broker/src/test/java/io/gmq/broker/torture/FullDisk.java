package io.gmq.broker.torture;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills the disk under a broker that works, from outside and by publishing: publishing is refused, consumers go on, the process
 * lives, and when there is room again publishing goes on by itself. Some brokers are killed while the disk is full, and started
 * again while it still is.
 */
final class FullDisk {
    private static final String SIZE = "14m";
    private static final List<String> SETTINGS =
        List.of("journal.segment_bytes=2MiB", "ring.ingress_bytes=1MiB", "network.max_frame_length=256KiB", "queue.max_message_length=8KiB",
            "queue.max_queue_capacity=100000");
    private static final int SOLO = 50;
    private static final int BULK_WINDOW = 20;
    private static final int START_S = 3;
    /** For a segment, and what is kept free beside it. */
    private static final long ROOM_BYTES = 3 << 20;
    private static final int EXIT_OK = 0;

    private final SplittableRandom random;
    private final long seed;
    private final MemoryMount disk;
    private final Campaign campaign;
    /** Texts of what was published to fill the disk: confirmed, and without an answer. */
    private final Set<String> bulk = new HashSet<>();
    private final Set<String> unanswered = new HashSet<>();
    private int fillings;
    private int starts;
    private int refusedStarts;
    private int waitingStarts;
    private int number;

    private FullDisk(final Path folder, final MemoryMount disk, final long seed) {
        this.seed = seed;
        this.disk = disk;
        random = new SplittableRandom(seed);
        campaign = new Campaign(folder, disk.folder().resolve("data"), BrokerProcess.SERVER, random.split(), SETTINGS);
        campaign.expectRefusals();
    }

    /** @throws Violation if a promise was broken; its message has all that is needed to repeat it. */
    static Outcome run(final Path folder, final long seed, final Budget budget, final PrintStream progress) throws IOException {
        try (MemoryMount disk = MemoryMount.of(folder.resolve("disk"), SIZE)) {
            return new FullDisk(folder, disk, seed).run(budget, progress);
        }
    }

    private Outcome run(final Budget budget, final PrintStream progress) throws IOException {
        final long startNs = System.nanoTime();
        while (budget.hasMore(fillings)) {
            try {
                life();
            } catch (final RuntimeException | AssertionError e) {
                throw new Violation("seed " + seed + ", broker " + starts + ", filling " + fillings + ": " + e, e);
            }
            progress.println(outcome(startNs));
        }
        start().close();
        return outcome(startNs);
    }

    private Outcome outcome(final long startNs) {
        return new Outcome("disk", seed, fillings + " fillings, " + starts + " brokers, " + refusedStarts + " refused to start on a full disk and "
            + waitingStarts + " waited until there was room, "
            + campaign.ledger().auditedCount() + " messages audited", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
    }

    /** One broker, filled a few times, and its end. */
    private void life() throws IOException {
        try (BrokerProcess broker = start()) {
            final Campaign.Load load;
            try (Wire wire = broker.connect()) {
                wire.confirm("{'operation':'configure','queue':'probe','capacity':10,'on_full':'drop_oldest'}");
                load = campaign.load(broker, () -> { });
                for (int left = 1 + random.nextInt(3); left > 0; left--) {
                    if (random.nextInt(3) > 0) {
                        fillFromOutside(wire);
                    } else {
                        fillByPublishing(wire);
                    }
                    fillings++;
                    require(broker.isAlive() && !load.hasFailed(), "the broker or a worker has ended: " + broker.err());
                }
                if (random.nextBoolean()) {
                    prepareSolo(wire);
                    disk.fill();
                    awaitRefusal(wire);
                    fillings++;
                }
            }
            end(broker, load);
        }
    }

    private void end(final BrokerProcess broker, final Campaign.Load load) {
        if (random.nextInt(3) > 0) {
            broker.kill();
        } else {
            broker.terminate();
            require(broker.exitCode() == EXIT_OK, "a clean stop ended with " + broker.exitCode() + ": " + broker.err());
        }
        load.join();
    }

    /** On a disk that may be full: then it starts, waits until there is room, or says in one line why not. */
    private BrokerProcess start() throws IOException {
        starts++;
        final BrokerProcess broker = campaign.launch();
        boolean isStarted = false;
        try {
            if (!isReady(broker)) {
                broker.close();
                disk.makeRoom();
                return start();
            }
            if (isFull()) {
                awaitAnswer(broker);
            }
            campaign.audit(broker);
            disk.makeRoom();
            isStarted = true;
            return broker;
        } finally {
            if (!isStarted) {
                broker.close();
            }
        }
    }

    private boolean isReady(final BrokerProcess broker) throws IOException {
        try {
            broker.awaitReady();
            return true;
        } catch (final AssertionError e) {
            require(isFull(), "did not start, though there is room: " + e.getMessage());
            require(broker.err().lines().filter(line -> line.startsWith("gmq: ")).count() == 1,
                "on a full disk it ended without one clear line: " + broker.err());
            refusedStarts++;
            return false;
        }
    }

    private boolean isFull() throws IOException {
        return disk.freeBytes() < ROOM_BYTES;
    }

    /** One that cannot write a single record answers nobody until it can. */
    private void awaitAnswer(final BrokerProcess broker) throws IOException {
        try (Wire wire = broker.connect()) {
            wire.send("{'operation':'ping'}");
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
            while (wire.isSilent() && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            if (wire.isSilent()) {
                waitingStarts++;
                disk.makeRoom();
            }
            wire.reply();
        }
    }

    private static void require(final boolean isRight, final String what) {
        if (!isRight) {
            throw new Violation(what);
        }
    }

    private void fillFromOutside(final Wire wire) throws IOException {
        awaitRoom(wire);
        prepareSolo(wire);
        disk.fill();
        awaitRefusal(wire);
        consumeSolo(wire);
        disk.makeRoom();
        awaitRoom(wire);
    }

    private void prepareSolo(final Wire wire) {
        awaitRoom(wire);
        wire.confirm("{'operation':'configure','queue':'solo'}");
        final StringBuilder messages = new StringBuilder();
        for (int i = 0; i < SOLO; i++) {
            messages.append(i == 0 ? "" : ",").append("{'text':'").append(i).append("'}");
        }
        Await.until("a publish that fits", () -> wire.ask("{'operation':'publish','queue':'solo','messages':[" + messages + "]}").isConfirmed());
    }

    /** Consumers go on while the disk is full. */
    private static void consumeSolo(final Wire wire) {
        final List<Long> ids = wire.confirm("{'operation':'take','queue':'solo','max':1000}").ids();
        require(ids.size() >= SOLO, "got only " + ids.size() + " messages of " + SOLO);
        ids.forEach(id -> wire.confirm("{'operation':'ack','queue':'solo','message':" + id + ",'durability':'synced'}"));
    }

    private static Reply probe(final Wire wire) {
        return wire.ask("{'operation':'publish','queue':'probe','text':'x','durability':'written'}");
    }

    private void awaitRefusal(final Wire wire) {
        Await.until("a publish that is refused on the full disk", () -> {
            final Reply reply = probe(wire);
            if (!reply.isConfirmed()) {
                require(reply.code().equals("storage_full"), "refused for another reason: " + reply);
                return true;
            }
            try {
                disk.fill(); // what the broker has deleted meanwhile
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
            return false;
        });
    }

    private static void awaitRoom(final Wire wire) {
        Await.until("a publish that is accepted again", () -> probe(wire).isConfirmed());
    }

    /** Long messages that nobody takes, until one is refused; then they are consumed, which makes room. */
    private void fillByPublishing(final Wire wire) {
        awaitRoom(wire);
        wire.confirm("{'operation':'configure','queue':'bulk'}");
        boolean isFull = false;
        while (!isFull) {
            final List<String> texts = new ArrayList<>();
            for (int i = 0; i < BULK_WINDOW; i++) {
                texts.add("bulk" + number++ + "x".repeat(6000));
            }
            wire.send(texts.stream().map(text -> "{'operation':'publish','queue':'bulk','text':'" + text + "'}").toArray(String[]::new));
            unanswered.addAll(texts);
            for (final String text : texts) {
                final Reply reply = wire.reply();
                unanswered.remove(text);
                if (reply.isConfirmed()) {
                    bulk.add(text);
                } else {
                    require(reply.code().equals("storage_full"), "refused for another reason: " + reply);
                    isFull = true;
                }
            }
        }
        consumeBulk(wire);
        awaitRoom(wire);
    }

    private void consumeBulk(final Wire wire) {
        Reply taken = wire.confirm("{'operation':'take','queue':'bulk','max':30,'as':'text'}");
        while (!taken.messages().isEmpty()) {
            for (final String text : taken.texts()) {
                require(bulk.remove(text) || unanswered.remove(text), "was never sent, or was acked before: " + text.substring(0, 12));
            }
            wire.confirm("{'operation':'ack','queue':'bulk','messages':" + taken.ids() + "}");
            taken = wire.confirm("{'operation':'take','queue':'bulk','max':30,'as':'text'}");
        }
        require(bulk.isEmpty(), bulk.size() + " confirmed messages are lost");
    }
}
