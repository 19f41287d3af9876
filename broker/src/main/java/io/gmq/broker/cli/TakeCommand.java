package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Message;
import io.gmq.client.Settled;
import io.gmq.client.TakeOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes messages out of a queue, prints them, and settles them once they are printed. */
@Command(
    name = "take",
    description = {
        "Take messages out of a queue and print them, one per line.",
        "",
        "A message is acknowledged, and so gone, after it has been printed; if printing fails it stays in the queue. On a terminal, "
            + "control characters are shown as \\n, \\u001b and the like. Bytes that are no UTF-8 are always shown as \\xNN; --json "
            + "gives every message exactly."
    },
    footer = {
        "",
        "Examples:",
        "  ./gmq take -q orders                   one message, if there is one",
        "  ./gmq take -q orders --max 1000        up to 1000 of those that are there",
        "  ./gmq take -q orders --wait 30s        wait up to 30 seconds for one",
        "  ./gmq take -q orders --keep --lease 5m --details",
        "                                         mine for 5 minutes; then, with its id,",
        "                                         ./gmq ack -q orders ID",
        "",
        "A queue that does not exist is an error, unless --wait is given, which creates",
        "it. Where nothing is there, nothing is printed; the exit code is 0, but 3 when",
        "--wait was given and nothing came.",
        "",
        "With --json, one object for each message: queue, message (its id), attempt,",
        "priority, published_ms, headers, and text, or payload (base64) where its bytes",
        "are no UTF-8."
    })
final class TakeCommand extends QueueOperation {
    private static final int TAKE_MAX = 1000;

    @Option(names = "--max", paramLabel = "N", description = "Up to so many messages (default: 1).")
    private int max = 1;

    @Option(names = "--wait", paramLabel = "TIME", description = "Wait for a message where there is none, like 5s, 100ms or 2m.")
    private Duration wait = Duration.ZERO;

    @Option(names = "--no-ack",
        description = "Leave the messages in the queue: they are there again when the command ends, or when --lease is over. "
            + "It counts as an attempt; to look only, use 'peek'.")
    private boolean noAck;

    @Option(names = "--lease", paramLabel = "TIME",
        description = "Nobody else gets a message for so long, until it is acknowledged (default: as configured).")
    private Duration lease;

    @Option(names = "--keep",
        description = "Leave the messages leased, also when the command has ended, until --lease is over or somebody settles them by "
            + "their ids: see ack, nack, extend and park.")
    private boolean keep;

    @Mixin
    private MessagePrinter printer;

    TakeCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        checkCount("--max", max);
        if (lease != null && lease.isZero()) {
            throw wrong("--lease is 0, must be longer: a message is settled when it has been printed");
        }
        int taken = 0;
        try (GmqClient client = connect()) {
            while (taken < max) {
                final List<Message> messages = take(client, Math.min(TAKE_MAX, max - taken));
                if (messages.isEmpty()) {
                    break;
                }
                printer.print(messages, json(), shell.outIsTerminal());
                settle(client, messages);
                taken += messages.size();
            }
        }
        return taken > 0 ? ExitCodes.OK : nothingCame();
    }

    private List<Message> take(final GmqClient client, final int atMost) throws InterruptedException, ExecutionException {
        TakeOptions options = TakeOptions.max(atMost).wait(wait).asText();
        options = json() || printer.details() ? options.details() : options;
        options = lease == null ? options : options.lease(lease);
        options = keep || lease != null && noAck ? options.keep() : options;
        final CompletableFuture<List<Message>> messages = client.take(queue(), options);
        if (wait.isZero() || !shell.errorsIsTerminal()) {
            return messages.get();
        }
        try (Progress progress = new Progress(errors(), true)) {
            while (true) {
                try {
                    return messages.get(1, TimeUnit.SECONDS);
                } catch (final TimeoutException e) {
                    progress.update(() -> String.format("waiting for a message in '%s', %.0f s so far; Ctrl-C ends it",
                        Escapes.line(queue()), progress.seconds()));
                }
            }
        }
    }

    private void settle(final GmqClient client, final List<Message> messages) {
        if (noAck || keep) {
            return;
        }
        final Settled settled = client.ack(Leases.of(messages)).join();
        if (!settled.missing().isEmpty()) {
            throw new CommandException(settled.missing().size() + " of the messages printed were leased no longer and will come again, "
                + "the first is " + settled.missing().get(0) + "; ask for a longer --lease", null);
        }
    }

    private int nothingCame() {
        final boolean waited = !wait.isZero();
        if (waited || shell.errorsIsTerminal()) {
            note("no message in '" + queue() + "'" + (waited ? " within " + Durations.show(wait) : ""));
        }
        return waited ? ExitCodes.NOTHING : ExitCodes.OK;
    }
}
