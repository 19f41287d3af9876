package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Mailbox;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps that belong together stay together over {@code kill -9}. A producer numbers its messages and sends again what was not
 * confirmed; movers are sent them, and settle one here and publish it there in one step, or give it back until it is a dead letter.
 * Whenever the broker is killed, each message is in one of the three queues, once.
 */
class KillNineStepsIT {
    /** Few enough for a single peek at each queue. */
    private static final int MESSAGES = 900;
    private static final int ROUNDS = 6;
    private static final int WINDOW = 40;

    @TempDir
    Path temp;

    private final AtomicInteger confirmed = new AtomicInteger();

    private BrokerProcess start(final int round) throws IOException {
        final String[] profiles = {"compact", "shared", "dedicated"};
        return BrokerProcess.start(temp, temp.resolve("data"), "--set", "ring.profile=" + profiles[round % profiles.length]);
    }

    @Test
    void shouldMoveEachMessageOnceHoweverOftenItIsKilled() throws IOException {
        final long seed = Long.getLong("gmq.seed", System.nanoTime());
        System.out.println("KillNineStepsIT: repeat with -Dgmq.seed=" + seed);
        final Random random = new Random(seed);
        for (int round = 0; round <= ROUNDS; round++) {
            try (BrokerProcess broker = start(round); Wire wire = broker.connect()) {
                wire.confirm("{'operation':'configure','queue':'in','max_attempts':3,'dead_letter':'dead'}");
                check(texts(wire));
                work(broker, wire, random, round == ROUNDS ? MESSAGES : round * (MESSAGES / ROUNDS) + random.nextInt(MESSAGES / ROUNDS));
                if (round == ROUNDS) {
                    Await.until("the end of the last move", () -> wire.confirm("{'operation':'length','queue':'in'}").number("length") == 0);
                    check(texts(wire));
                }
                broker.kill();
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e.getMessage(), e);
            }
        }
    }

    /** All that was confirmed is there, and nothing is there twice. */
    private void check(final List<String> texts) {
        assertThat(texts).doesNotHaveDuplicates();
        assertThat(texts).containsAll(IntStream.range(0, confirmed.get()).mapToObj(Integer::toString).toList());
    }

    private static List<String> texts(final Wire wire) {
        final List<String> texts = new ArrayList<>();
        for (final String queue : new String[] {"in", "out", "dead"}) {
            wire.confirm("{'operation':'configure','queue':'" + queue + "'}");
            for (final String state : new String[] {"ready", "delayed", "leased", "parked"}) {
                texts.addAll(wire.confirm("{'operation':'peek','queue':'" + queue + "','state':'" + state + "','max':1000,'as':'text'}").texts());
            }
        }
        return texts;
    }

    /** Works until so many messages are confirmed. */
    private void work(final BrokerProcess broker, final Wire wire, final Random random, final int enough) {
        final List<CompletableFuture<Void>> workers = new ArrayList<>();
        workers.add(run(broker, this::produce));
        for (int i = 0; i < 2; i++) {
            final Random own = new Random(random.nextLong());
            workers.add(run(broker, box -> move(box, own)));
        }
        Await.until("enough work", () -> confirmed.get() >= enough || workers.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
        if (enough < MESSAGES) {
            broker.kill();
            workers.forEach(CompletableFuture::join);
        } else {
            workers.get(0).join();
        }
    }

    private interface Work {
        void on(Mailbox box);
    }

    /** Works until it has done all or the connection breaks. */
    private static CompletableFuture<Void> run(final BrokerProcess broker, final Work work) {
        final Mailbox box = new Mailbox(broker.connect());
        return CompletableFuture.runAsync(() -> {
            try (box) {
                work.on(box);
            } catch (final UncheckedIOException | Wire.EndedException broken) {
                // as it should be: the broker is dead
            }
        }, task -> new Thread(task, "worker").start());
    }

    /** Sends from the first on that was not confirmed, some of them again, with the numbers that they had. */
    private void produce(final Mailbox box) {
        int sent = confirmed.get();
        while (confirmed.get() < MESSAGES) {
            while (sent < Math.min(confirmed.get() + WINDOW, MESSAGES)) {
                box.send("{'operation':'publish','queue':'in','text':'" + sent + "','producer':'p','sequence':" + (sent + 1) + "}");
                sent++;
            }
            final Reply reply = box.reply();
            if (!reply.isConfirmed()) {
                throw new AssertionError("refused: " + reply);
            }
            confirmed.incrementAndGet();
        }
    }

    private static void move(final Mailbox box, final Random random) {
        box.consume("in", "'credit':" + (1 + random.nextInt(20)) + ",'lease_ms':600000,'as':'text'");
        while (true) {
            for (final Reply message : box.push().messages()) {
                final long id = message.number("message");
                if (random.nextInt(3) == 0) {
                    box.confirm("{'operation':'nack','queue':'in','message':" + id + "}");
                } else {
                    final String publish = "{'operation':'publish','queue':'out','text':'" + message.string("text") + "'}";
                    box.confirm("{'operation':'atomic','steps':[{'operation':'ack','queue':'in','message':" + id + "}," + publish + "]}");
                }
            }
        }
    }
}
