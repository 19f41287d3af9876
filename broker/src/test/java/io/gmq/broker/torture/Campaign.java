package io.gmq.broker.torture;

import io.gmq.broker.cli.Gmq;
import io.gmq.broker.conformance.Wire;
import io.gmq.broker.process.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One data folder, the ledger of what was confirmed in it, and one broker after the other. Each is started, audited against the
 * ledger, and worked on; how it ends is the caller's choice.
 */
final class Campaign {
    /** Small, so that rolls, snapshots and recorded digests come often; and some history, to replay from one snapshot to the next. */
    static final List<String> SETTINGS = List.of("journal.segment_bytes=1MiB", "ring.ingress_bytes=2MiB", "network.max_frame_length=512KiB",
        "queue.max_message_length=4KiB", "journal.keep=6MiB", "journal.digest_every=1000");
    private static final int ERR_FILES_KEPT = 10;
    private static final String[] PROFILES = {"compact", "shared", "dedicated"};

    private final Path folder;
    private final Path data;
    private final List<String> program;
    private final List<String> settings;
    private final SplittableRandom random;
    private final MessageLedger ledger = new MessageLedger();
    private final List<NumberedWork.Memory> producers = List.of(new NumberedWork.Memory("p1"), new NumberedWork.Memory("p2"));
    private final Deque<Path> errFiles = new ArrayDeque<>();
    private boolean isOnDatabase;
    private int starts;
    private int loads;

    /** @param folder where the brokers work; the data folder is {@code data} in it. */
    Campaign(final Path folder, final SplittableRandom random) {
        this(folder, folder.resolve("data"), BrokerProcess.SERVER, random, SETTINGS);
    }

    /**
     * @param folder   where the brokers work.
     * @param program  as in {@link BrokerProcess#launch}.
     * @param settings keys and values.
     */
    Campaign(
        final Path folder, final Path data, final List<String> program, final SplittableRandom random, final List<String> settings) {
        this.folder = folder;
        this.data = data;
        this.program = program;
        this.random = random;
        this.settings = settings;
    }

    /** From now on any publish may be refused for want of room. */
    void expectRefusals() {
        producers.forEach(producer -> producer.mayBeRefused = true);
    }

    /**
     * From now on the settings name a database that is there most of the time, there are more in flight, and each broker gets
     * another data folder, in which nothing has to be.
     */
    void useDatabase() {
        isOnDatabase = true;
        expectRefusals();
    }

    MessageLedger ledger() {
        return ledger;
    }

    Path data() {
        return data;
    }

    /** A broker on the folder that may not be ready yet. */
    BrokerProcess launch() throws IOException {
        return launch(program);
    }

    BrokerProcess launch(final List<String> withProgram) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("--port", "0", "--data", data + (isOnDatabase ? "-" + starts : "")));
        for (final String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of("--set", "ring.profile=" + PROFILES[starts++ % PROFILES.length]));
        final BrokerProcess broker = BrokerProcess.launch(folder, withProgram, arguments);
        forgetLater(broker.errFile());
        return broker;
    }

    /** Waits until it is ready, and compares what it holds with what the ledger knows. */
    void audit(final BrokerProcess broker) throws IOException {
        if (broker.address() == null) {
            broker.awaitReady();
        }
        try (Wire wire = broker.connect()) {
            if (starts == 1 || ledger.atLastAudit(QueuePlan.KEPT) == null) {
                configure(wire);
            }
            Audit.run(ledger, wire);
        }
    }

    /** Lets {@code gmq journal verify} look at the folder while no broker runs: what is replayed has the digests that were recorded. */
    void verify() throws IOException {
        try (BrokerProcess verify = BrokerProcess.launch(folder, List.of(Gmq.class.getName(), "journal", "verify"),
            List.of("--data", data.toString()))) {
            if (verify.exitCode() != 0) {
                throw new Violation("the journal is not right: " + verify.err());
            }
            forgetLater(verify.errFile());
        }
    }

    /** Keeps the last few of what brokers have said on standard error. */
    private void forgetLater(final Path errFile) throws IOException {
        errFiles.add(errFile);
        if (errFiles.size() > ERR_FILES_KEPT) {
            Files.delete(errFiles.remove());
        }
    }

    private static void configure(final Wire wire) {
        QueuePlan.ALL.forEach(queue -> wire.confirm(queue.configure()));
        QueuePlan.TOPIC_QUEUES.forEach(queue -> wire.confirm("{'operation':'bind','topic':'news.>','queue':'" + queue + "'}"));
    }

    /**
     * Lets all workers loose on a broker.
     *
     * @param onReply called for each reply that any of them gets.
     */
    Load load(final BrokerProcess broker, final Runnable onReply) {
        final AtomicBoolean isOver = new AtomicBoolean();
        final Worker.Setting setting = new Worker.Setting(ledger, onReply, isOnDatabase, isOver::get);
        final String prefix = "c" + starts + "-" + (isOnDatabase ? loads++ + "-" : "");
        final List<Worker> workers = new ArrayList<>(List.of(
            new PublishWork(setting, prefix + "publish1", random.split()),
            new PublishWork(setting, prefix + "publish2", random.split()),
            new NumberedWork(setting, prefix + "numbered1", random.split(), producers.get(0)),
            new NumberedWork(setting, prefix + "numbered2", random.split(), producers.get(1)),
            new TakeWork(setting, prefix + "take1", random.split(), QueuePlan.WORK, QueuePlan.PLAIN, QueuePlan.COUNTED, QueuePlan.FAN_A),
            new TakeWork(setting, prefix + "take2", random.split(), QueuePlan.PLAIN, QueuePlan.DEAD, QueuePlan.FAN_B, QueuePlan.LATEST),
            new TakeWork(setting, prefix + "take3", random.split(), QueuePlan.BRIEF, QueuePlan.LATE, QueuePlan.FLASH, QueuePlan.KEPT,
                QueuePlan.FADING),
            new ConsumeWork(setting, prefix + "consume1", random.split(), QueuePlan.WORK),
            new ConsumeWork(setting, prefix + "consume2", random.split(), QueuePlan.COUNTED)));
        if (isOnDatabase) {
            workers.add(new FloodWork(setting, prefix + "flood1", random.split(), QueuePlan.FLOOD_A));
            workers.add(new FloodWork(setting, prefix + "flood2", random.split(), QueuePlan.FLOOD_B));
        }
        // All are connected before the first may see to it that nobody can connect any more.
        final List<Wire> wires = workers.stream().map(worker -> broker.connect()).toList();
        final List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < wires.size(); i++) {
            running.add(workers.get(i).start(wires.get(i)));
        }
        return new Load(running, wires, isOver);
    }

    /** Workers at their work. */
    record Load(List<CompletableFuture<Void>> running, List<Wire> wires, AtomicBoolean isOver) {
        /** Whether one of them has met a violation. */
        boolean hasFailed() {
            return running.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
        }

        /** Lets all come to an end with nothing in flight, on a broker that lives. */
        void finish() {
            isOver.set(true);
            // Who waits for a push learns it from the broker, which ends a connection when its client has.
            wires.forEach(Load::endOutput);
            join();
        }

        private static void endOutput(final Wire wire) {
            try {
                wire.endOutput();
            } catch (final UncheckedIOException e) {
                return; // it has ended
            }
        }

        /** Waits until all have seen the end of the broker; throws what any of them has thrown. */
        void join() {
            running.forEach(one -> one.handle((done, failure) -> null).join());
            running.forEach(CompletableFuture::join);
        }
    }
}
