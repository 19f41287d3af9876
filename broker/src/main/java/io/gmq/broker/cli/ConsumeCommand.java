package io.gmq.broker.cli;

import io.gmq.client.ConsumeOptions;
import io.gmq.client.Consumer;
import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Message;
import io.gmq.client.Settled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints messages as they come, and settles them once they are printed, until it is stopped. */
@Command(
    name = "consume",
    description = {
        "Print the messages of a queue as they come, one per line.",
        "",
        "It goes on until Ctrl-C, until the queue is deleted, or until the broker stops. "
            + "A message is acknowledged, and so gone, after it has been printed; what was not printed stays in the queue."
    },
    footer = {
        "",
        "Examples:",
        "  ./gmq consume -q orders",
        "  ./gmq consume -q orders --json | while read -r line; do work \"$line\"; done",
        "  ./gmq consume -q orders --credit 1 | head -1",
        "",
        "In a pipe, printed is what the pipe has taken, whether it is read or not: up to",
        "--credit messages at a time. Give --credit 1 where the reader may stop.",
        "",
        "A queue that does not exist is created. Text is printed and --json gives what",
        "'./gmq take' does. Exit code: 0 after Ctrl-C or when the queue was deleted."
    })
final class ConsumeCommand extends QueueOperation {
    private static final int LIST_MAX = 1000;
    private static final int UNCONFIRMED_MAX = 64;

    @Option(names = "--credit", paramLabel = "N",
        description = "So many messages may be on their way or unsettled, 1 to 100000 (default: 1000).")
    private int credit = 1000;

    @Option(names = "--lease", paramLabel = "TIME",
        description = "Nobody else gets a message for so long, until it is acknowledged (default: as configured).")
    private Duration lease;

    @Option(names = "--no-ack",
        description = "Leave the messages in the queue, --credit of them at most: they are there again when the command ends, or when "
            + "--lease is over. It counts as an attempt; to look only, use 'peek'.")
    private boolean noAck;

    @Mixin
    private MessagePrinter printer;

    private final Queue<CompletableFuture<Settled>> unconfirmed = new ArrayDeque<>();

    ConsumeCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws Exception {
        if (credit < 1 || credit > 100_000) {
            throw wrong("--credit is " + credit + ", must be 1 to 100000");
        }
        if (lease != null && lease.isZero()) {
            throw wrong("--lease is 0, must be longer: a message is settled when it has been printed");
        }
        return Interrupt.ending(this::consume);
    }

    private int consume() {
        try (GmqClient client = connect()) {
            follow(client, client.consume(queue(), options()).join());
            confirm(0);
        } catch (final InterruptedException e) {
            // Ctrl-C. What was printed has been settled, the rest goes back as the connection ends.
            confirm(0);
        }
        return ExitCodes.OK;
    }

    private ConsumeOptions options() {
        ConsumeOptions options = ConsumeOptions.credit(credit).asText();
        options = json() || printer.details() ? options.details() : options;
        return lease == null ? options : options.lease(lease);
    }

    private void follow(final GmqClient client, final Consumer consumer) throws InterruptedException {
        for (List<Message> messages = consumer.next(); !messages.isEmpty(); messages = consumer.next()) {
            printer.print(messages, json(), shell.outIsTerminal());
            if (!noAck) {
                acknowledge(client, messages);
            }
        }
        note("queue '" + queue() + "' was " + consumer.ended().orElse("ended"));
    }

    private void acknowledge(final GmqClient client, final List<Message> messages) {
        for (int from = 0; from < messages.size(); from += LIST_MAX) {
            unconfirmed.add(client.ack(Leases.of(messages.subList(from, Math.min(messages.size(), from + LIST_MAX)))));
        }
        confirm(UNCONFIRMED_MAX);
    }

    /** Hears what has come of acknowledging, until so many are left of which it is not known. */
    private void confirm(final int left) {
        while (!unconfirmed.isEmpty() && (unconfirmed.size() > left || unconfirmed.peek().isDone())) {
            final List<Long> missing = unconfirmed.remove().join().missing();
            if (!missing.isEmpty()) {
                note(messages(missing.size()) + " of those printed leased no longer, to come again, the first is " + missing.get(0)
                    + "; ask for a longer --lease");
            }
        }
    }
}
