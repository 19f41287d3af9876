package io.gmq.broker.cli;

import io.gmq.client.Durability;
import io.gmq.client.GmqClient;
import io.gmq.client.OutgoingMessage;
import io.gmq.client.PublishOptions;
import io.gmq.client.Published;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts messages into a queue or to a topic: the one of its argument, or one for each line of standard input. */
@Command(
    name = "publish",
    description = {
        "Put messages into a queue, or into all queues bound to a topic.",
        "",
        "With TEXT, that is the message, and its id is printed. With '-', or without TEXT when input is piped in, each line of standard "
            + "input is a message (without its line end), and the number of messages is printed."
    },
    footer = {
        "",
        "Examples:",
        "  ./gmq publish -q orders \"hello\"",
        "  ./gmq publish -q orders --priority 9 --delay 5m \"later, but then first\"",
        "  seq 1000 | ./gmq publish -q numbers",
        "  ./gmq publish --topic orders.new \"hello\"",
        "",
        "A queue that does not exist is created. For a topic, the id printed is that of",
        "the first copy; './gmq bind' says which queues get one.",
        "",
        "With --json, for TEXT:  {\"queue\":…,\"message\":ID}",
        "to a topic:             {\"topic\":…,\"count\":QUEUES,\"first\":ID}",
        "for lines of input:     {\"queue\":…,\"published\":COUNT,\"first\":ID,\"last\":ID}",
        "and duplicate, duplicates (a count) where there is a --producer, copies where",
        "there is a --topic."
    })
final class PublishCommand extends Operation {
    private static final String STANDARD_INPUT = "-";

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The message; '-' for standard input.")
    private String text;

    @Option(names = "--producer", paramLabel = "NAME",
        description = "Publish once only: what this producer has published with this --sequence or a higher one is not stored again.")
    private String producer;

    @Option(names = "--sequence", paramLabel = "N",
        description = "The producer's own count, growing from message to message; of lines of input, that of the first.")
    private Long sequence;

    @Mixin
    private MessageOptions options;

    @Option(names = "--durability", paramLabel = "LEVEL", completionCandidates = Words.Levels.class,
        description = "Confirmed at: memory, written, synced or replicated (default: as the broker is configured).")
    private Durability durability;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    PublishCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (text == null && shell.inIsTerminal()) {
            throw wrong("nothing to publish: give TEXT, or '-' to type one message per line");
        }
        if ((producer == null) != (sequence == null)) {
            throw wrong("--producer and --sequence go together");
        }
        options.check();
        try (GmqClient client = broker.connect(shell)) {
            if (text == null || text.equals(STANDARD_INPUT)) {
                publishLines(client);
            } else {
                publishText(client);
            }
        }
        return ExitCodes.OK;
    }

    private CompletableFuture<Published> publish(final GmqClient client, final OutgoingMessage message, final long line) {
        PublishOptions how = PublishOptions.NONE.durability(durability);
        how = producer == null ? how : how.producer(producer, sequence + line - 1);
        return target.topic == null ? client.publish(target.queue, message, how) : client.publishToTopic(target.topic, message, how);
    }

    private void publishText(final GmqClient client) {
        final OutgoingMessage message;
        try {
            message = options.of(text);
        } catch (final IllegalArgumentException e) {
            throw wrong("TEXT is not base64: " + e.getMessage());
        }
        final Published published = publish(client, message, 1).join();
        if (json) {
            final JsonLine line = target.named(new JsonLine());
            if (target.topic != null) {
                line.with("count", published.count());
            }
            if (published.first() >= 0) {
                line.with(target.topic == null ? "message" : "first", published.first());
            }
            print(published.duplicate() ? line.with("duplicate", true).toString() : line.toString());
            return;
        }
        if (published.duplicate()) {
            note("producer '" + producer + "' has published sequence " + sequence + " or a higher one before; nothing was stored");
        }
        if (published.first() >= 0 || target.topic == null && !published.duplicate()) {
            print(Long.toString(published.first()));
        } else if (!published.duplicate()) {
            note("no queue is bound to '" + target.topic + "'; nothing was stored");
        }
    }

    private void publishLines(final GmqClient client) throws IOException {
        final PublishedLines published = new PublishedLines();
        final LineReader lines = new LineReader(shell.in());
        try (Progress progress = progress()) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                final long number = published.next();
                published.add(publish(client, messageOf(line, published), number));
                progress.update(() -> String.format(
                    "%,d messages published, %,.0f a second", published.count(), published.count() / progress.seconds()));
            }
            published.awaitAll();
        }
        print(json ? jsonOf(published) : textOf(published));
    }

    private OutgoingMessage messageOf(final byte[] line, final PublishedLines published) {
        try {
            return options.of(line);
        } catch (final IllegalArgumentException e) {
            throw published.unpublishable("is not base64: " + e.getMessage(), e);
        }
    }

    private String jsonOf(final PublishedLines published) {
        final JsonLine line = target.named(new JsonLine()).with("published", published.count());
        if (target.topic != null) {
            line.with("copies", published.copies());
        }
        if (producer != null) {
            line.with("duplicates", published.duplicates());
        }
        if (published.first() >= 0) {
            line.with("first", published.first()).with("last", published.last());
        }
        return line.toString();
    }

    private String textOf(final PublishedLines published) {
        final String where = target.topic == null ? target.queue : target.topic;
        return "published " + QueueOperation.messages(published.count()) + " to '" + shown(where)
            + "'" + (target.topic == null ? "" : ", " + published.copies() + (published.copies() == 1 ? " copy" : " copies") + " in queues")
            + (producer == null ? "" : ", " + published.duplicates() + " had been before");
    }

    private void print(final String line) {
        out().println(line);
    }

    /** Where to; one of the two. */
    private static final class Target {
        @Option(names = {"-q", "--queue"}, required = true, paramLabel = "NAME", description = "The queue.")
        private String queue;

        @Option(names = {"-t", "--topic"}, required = true, paramLabel = "TOPIC", description = "Or all queues bound to this topic.")
        private String topic;

        JsonLine named(final JsonLine line) {
            return topic == null ? line.with("queue", queue) : line.with("topic", topic);
        }
    }
}
