package io.gmq.broker.torture;

import io.gmq.broker.conformance.Mailbox;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A client that works on a broker until its connection ends, and tells the ledger each thing it learns. Used by a thread of its
 * own; the broker is killed by others meanwhile.
 */
abstract class Worker {
    private static final int PAUSE_MS = 10;
    private static final String[] LEVELS = {"", "", ",'durability':'written'", ",'durability':'synced'"};

    final MessageLedger ledger;
    final SplittableRandom random;
    final String name;
    private final Setting setting;
    private Mailbox box;

    Worker(final Setting setting, final String name, final SplittableRandom random) {
        this.ledger = setting.ledger();
        this.setting = setting;
        this.name = name;
        this.random = random;
    }

    /**
     * What all workers of a cycle share.
     *
     * @param onReply   called for each reply, as soon as it has come.
     * @param mayBeAway whether the storage may be away for a while, and any request be refused for that.
     * @param isOver    whether to end with the round under way, all of whose replies have come then.
     */
    record Setting(MessageLedger ledger, Runnable onReply, boolean mayBeAway, BooleanSupplier isOver) {
    }

    /** One round of work: sends some requests and reads all their replies. */
    abstract void work();

    /** Begins; completes when the connection has ended, exceptionally for anything but that. */
    final CompletableFuture<Void> start(final Wire wire) {
        return CompletableFuture.runAsync(() -> {
            try (wire) {
                box = new Mailbox(wire);
                begin();
                while (!setting.isOver.getAsBoolean()) {
                    work();
                }
                ledger.leaving(this);
            } catch (final Wire.EndedException | StoppingException ended) {
                // as it should be: the broker was killed or stopped
            } catch (final UncheckedIOException broken) {
                if (broken.getCause() instanceof SocketTimeoutException) {
                    throw new Violation("the broker does not answer " + name, broken);
                }
            }
        }, task -> new Thread(task, "torture-" + name).start());
    }

    /** What comes before the first round. */
    void begin() {
    }

    final void send(final String... requests) {
        box.send(requests);
    }

    final Reply reply() {
        return checked(box.reply());
    }

    /** Waits as long as it takes. */
    final Reply push() {
        while (true) {
            try {
                return checked(box.push());
            } catch (final UncheckedIOException e) {
                if (!(e.getCause() instanceof SocketTimeoutException)) {
                    throw e;
                }
                pause();
            }
        }
    }

    private Reply checked(final Reply reply) {
        if (!reply.isPush() && !reply.isConfirmed() && reply.code().equals("shutting_down")) {
            throw new StoppingException();
        }
        setting.onReply.run();
        return reply;
    }

    /** Whether the storage may be away for a while. */
    final boolean mayBeAway() {
        return setting.mayBeAway;
    }

    /** Sends a request until it is not refused because the storage is away. */
    final Reply insist(final String request) {
        while (true) {
            send(request);
            final Reply reply = reply();
            if (!isForAWhile(reply)) {
                return reply;
            }
            pause();
        }
    }

    /** Whether it is a refusal that says to try again later, since the storage is away. */
    final boolean isForAWhile(final Reply reply) {
        if (!mayBeAway() || reply.isConfirmed() || !reply.code().equals("overloaded")) {
            return false;
        }
        if (reply.error().number("retry_after_ms") <= 0) {
            throw new Violation("does not say when to try again: " + reply);
        }
        return true;
    }

    final String level() {
        return LEVELS[random.nextInt(LEVELS.length)];
    }

    /** One in so many times. */
    final boolean oneIn(final int times) {
        return random.nextInt(times) == 0;
    }

    final <T> T oneOf(final List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A request that only takes its time, where there is nothing better to do. */
    final void pause() {
        send("{'operation':'ping'}");
        reply();
        if (mayBeAway()) {
            Kills.pass(PAUSE_MS);
        }
    }

    @Override
    public final String toString() {
        return name;
    }

    /** The broker has said that it stops. */
    private static final class StoppingException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
