package io.gmq.broker.cli;

import io.gmq.client.Durability;
import io.gmq.client.GmqClient;
import io.gmq.client.OutgoingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts messages into a queue: the one of its argument, or one for each line of standard input. */
@Command(
    name = "publish",
    description = {
        "Put messages into a queue.",
        "",
        "With TEXT, that is the message, and its id is printed. With '-', or without TEXT when input is piped in, each line of standard "
            + "input is a message (without its line end), and the number of messages is printed."
    },
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "Examples:",
        "  ./gmq publish -q orders \"hello\"",
        "  ./gmq publish -q orders --priority 9 --delay 5m \"later, but then first\"",
        "  seq 1000 | ./gmq publish -q numbers",
        "",
        "A queue that does not exist is created.",
        "",
        "With --json, for TEXT:  {\"queue\":…,\"message\":ID}",
        "for lines of input:     {\"queue\":…,\"published\":COUNT,\"first\":ID,\"last\":ID}"
    })
final class PublishCommand implements Callable<Integer> {
    private static final int UNCONFIRMED_MAX = 16 << 10;
    private static final String STANDARD_INPUT = "-";

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-q", "--queue"}, required = true, paramLabel = "NAME", description = "The queue.")
    private String queue;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The message; '-' for standard input.")
    private String text;

    @Option(names = "--priority", paramLabel = "0-9", description = "Higher is delivered first (default: 4).")
    private Integer priority;

    @Option(names = "--delay", paramLabel = "TIME", description = "Not to be delivered before, like 5s, 100ms or 2m.")
    private Duration delay = Duration.ZERO;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "Goes with each message; may be given more than once.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--durability", paramLabel = "LEVEL",
        description = "Confirmed at: memory, written, synced or replicated (default: as the broker is configured).")
    private Durability durability;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    @Mixin
    private HelpOption help;

    PublishCommand(final Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (text == null && shell.inIsTerminal()) {
            throw new ParameterException(spec.commandLine(), "nothing to publish: give TEXT, or '-' to type one message per line");
        }
        if (priority != null && (priority < 0 || priority > 9)) {
            throw new ParameterException(spec.commandLine(), "--priority is " + priority + ", must be 0 to 9");
        }
        try (GmqClient client = broker.connect(shell.environment())) {
            if (text == null || text.equals(STANDARD_INPUT)) {
                publishLines(client);
            } else {
                publishText(client);
            }
        }
        return ExitCodes.OK;
    }

    private OutgoingMessage withOptions(final OutgoingMessage message) {
        final OutgoingMessage full = message.delay(delay).headers(headers);
        return priority == null ? full : full.priority(priority);
    }

    private void publishText(final GmqClient client) {
        final long id = client.publish(queue, withOptions(OutgoingMessage.of(text)), durability).join();
        print(json ? new JsonLine().with("queue", queue).with("message", id).toString() : Long.toString(id));
    }

    private void publishLines(final GmqClient client) throws IOException {
        final Confirmed confirmed = new Confirmed();
        final LineReader lines = new LineReader(shell.in());
        try (Progress progress = new Progress(spec.commandLine().getErr(), shell.errorsIsTerminal())) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                confirmed.add(client.publish(queue, withOptions(OutgoingMessage.of(line)), durability));
                progress.update(() -> String.format(
                    "%,d messages published, %,.0f a second", confirmed.count, confirmed.count / progress.seconds()));
            }
            confirmed.awaitAll();
        }
        final JsonLine summary = new JsonLine().with("queue", queue).with("published", confirmed.count);
        if (confirmed.count > 0) {
            summary.with("first", confirmed.first).with("last", confirmed.last);
        }
        print(json ? summary.toString()
            : "published " + confirmed.count + (confirmed.count == 1 ? " message" : " messages") + " to '" + shown(queue) + "'");
    }

    private String shown(final String name) {
        return shell.outIsTerminal() ? Escapes.line(name) : name;
    }

    private void print(final String line) {
        spec.commandLine().getOut().println(line);
    }

    /** The messages that were confirmed, and those that are on their way, in the order of their lines. */
    private static final class Confirmed {
        private final Queue<CompletableFuture<Long>> unconfirmed = new ArrayDeque<>();
        private long count;
        private long first;
        private long last;

        void add(final CompletableFuture<Long> published) {
            unconfirmed.add(published);
            while (!unconfirmed.isEmpty() && (unconfirmed.peek().isDone() || unconfirmed.size() > UNCONFIRMED_MAX)) {
                awaitNext();
            }
        }

        void awaitAll() {
            while (!unconfirmed.isEmpty()) {
                awaitNext();
            }
        }

        private void awaitNext() {
            try {
                last = unconfirmed.remove().join();
                if (count++ == 0) {
                    first = last;
                }
            } catch (final CompletionException e) {
                final long line = count + 1;
                final long later = unconfirmed.stream().filter(Confirmed::isConfirmedInTheEnd).count();
                throw new CommandException("line " + line + ": " + Failures.describe(e) + "; " + (line - 1)
                    + " published before it" + (later > 0 ? ", and " + later + " of the lines after it" : ""), e);
            }
        }

        private static boolean isConfirmedInTheEnd(final CompletableFuture<Long> published) {
            return published.handle((id, e) -> e == null).join();
        }
    }
}
