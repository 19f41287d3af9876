package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Message;
import io.gmq.client.Settled;
import io.gmq.client.TakeOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "Examples:",
        "  ./gmq take -q orders                   one message, if there is one",
        "  ./gmq take -q orders --max 1000        up to 1000 of those that are there",
        "  ./gmq take -q orders --wait 30s        wait up to 30 seconds for one",
        "",
        "A queue that does not exist is an error, unless --wait is given, which creates it.",
        "Where nothing is there, nothing is printed; the exit code is 0, but 3 when",
        "--wait was given and nothing came.",
        "",
        "With --json, one object for each message: queue, message (its id), attempt,",
        "priority, published_ms, headers, and text, or payload (base64) where its bytes",
        "are no UTF-8."
    })
final class TakeCommand implements Callable<Integer> {
    private static final int TAKE_MAX = 1000;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-q", "--queue"}, required = true, paramLabel = "NAME", description = "The queue.")
    private String queue;

    @Option(names = "--max", paramLabel = "N", description = "Up to so many messages (default: 1).")
    private int max = 1;

    @Option(names = "--wait", paramLabel = "TIME", description = "Wait for a message where there is none, like 5s, 100ms or 2m.")
    private Duration wait = Duration.ZERO;

    @Option(names = "--no-ack",
        description = "Leave the messages in the queue: they are there again when the command ends, or when --lease is over.")
    private boolean noAck;

    @Option(names = "--lease", paramLabel = "TIME",
        description = "Nobody else gets a message for so long, until it is acknowledged (default: as configured).")
    private Duration lease;

    @Option(names = "--json", description = "Print one JSON object per message.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    @Mixin
    private HelpOption help;

    TakeCommand(final Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        if (max < 1) {
            throw new ParameterException(spec.commandLine(), "--max is " + max + ", must be 1 or more");
        }
        if (lease != null && lease.isZero()) {
            throw new ParameterException(spec.commandLine(), "--lease is 0, must be longer: a message is settled when it has been printed");
        }
        int taken = 0;
        try (GmqClient client = broker.connect(shell.environment())) {
            while (taken < max) {
                final List<Message> messages = take(client, Math.min(TAKE_MAX, max - taken));
                if (messages.isEmpty()) {
                    break;
                }
                print(messages);
                settle(client, messages);
                taken += messages.size();
            }
        }
        return taken > 0 ? ExitCodes.OK : nothingCame();
    }

    private List<Message> take(final GmqClient client, final int atMost) throws InterruptedException, ExecutionException {
        TakeOptions options = TakeOptions.max(atMost).wait(wait).asText();
        options = json ? options.details() : options;
        options = lease == null ? options : options.lease(lease);
        options = lease != null && noAck ? options.keep() : options;
        final CompletableFuture<List<Message>> messages = client.take(queue, options);
        if (wait.isZero() || !shell.errorsIsTerminal()) {
            return messages.get();
        }
        try (Progress progress = new Progress(spec.commandLine().getErr(), true)) {
            while (true) {
                try {
                    return messages.get(1, TimeUnit.SECONDS);
                } catch (final TimeoutException e) {
                    progress.update(() -> String.format("waiting for a message in '%s', %.0f s so far; Ctrl-C ends it",
                        Escapes.line(queue), progress.seconds()));
                }
            }
        }
    }

    private void print(final List<Message> messages) {
        final PrintWriter out = spec.commandLine().getOut();
        for (final Message message : messages) {
            out.print(json ? jsonOf(message) : textOf(message));
            out.print('\n');
        }
        if (out.checkError()) {
            throw new CommandException("cannot write to standard output; what had not been acknowledged stays in the queue", null);
        }
    }

    private String textOf(final Message message) {
        final String text = message.isText() ? message.text() : Escapes.decode(message.payload());
        return shell.outIsTerminal() ? Escapes.line(text) : text;
    }

    private static String jsonOf(final Message message) {
        final JsonLine line = new JsonLine()
            .with("queue", message.queue())
            .with("message", message.id())
            .with("attempt", message.attempt())
            .with("priority", message.priority());
        message.publishedAt().ifPresent(time -> line.with("published_ms", time.toEpochMilli()));
        line.with("headers", message.headers());
        if (message.isText() || Escapes.isUtf8(message.payload())) {
            line.with("text", message.text());
        } else {
            line.with("payload", Base64.getEncoder().encodeToString(message.payload()));
        }
        return line.toString();
    }

    private void settle(final GmqClient client, final List<Message> messages) {
        if (noAck) {
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
            final PrintWriter errors = spec.commandLine().getErr();
            errors.println("gmq: no message in '" + Escapes.line(queue) + "'" + (waited ? " within " + Durations.show(wait) : ""));
            errors.flush();
        }
        return waited ? ExitCodes.NOTHING : ExitCodes.OK;
    }
}
