package io.gmq.broker.cli;

import io.gmq.client.ConfigureOptions;
import io.gmq.client.GmqClient;
import io.gmq.client.OnFull;
import io.gmq.client.QueueSettings;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets up a queue. */
@Command(
    name = "configure",
    description = {
        "Create a queue, or change its settings.",
        "",
        "It is created if there is none yet; what is given is set, and all settings are printed."
    },
    footer = {
        "",
        "  ./gmq queue configure -q orders --max-attempts 5 --dead-letter orders-dead",
        "  ./gmq queue configure -q orders --paused",
        "  ./gmq queue configure -q orders --paused=false",
        "",
        "With --json, one object with queue and the protocol's names: capacity,",
        "max_message_length, lease_ms, max_attempts, dead_letter, ttl_ms, on_full,",
        "paused."
    })
final class ConfigureCommand extends QueueOperation {
    private ConfigureOptions options = ConfigureOptions.NONE;

    ConfigureCommand(final Shell shell) {
        super(shell);
    }

    @Option(names = "--capacity", paramLabel = "N", description = "How many messages it may hold, in all states together.")
    private void capacity(final int messages) {
        options = options.capacity(messages);
    }

    @Option(names = "--max-message-length", paramLabel = "BYTES", description = "How many bytes a message may have.")
    private void maxMessageLength(final int bytes) {
        options = options.maxMessageLength(bytes);
    }

    @Option(names = "--lease", paramLabel = "TIME",
        description = "For how long a message is its taker's who does not say how long, like 30s.")
    private void lease(final Duration lease) {
        options = options.lease(lease);
    }

    @Option(names = "--max-attempts", paramLabel = "N",
        description = "How often a message is given out, before it goes to the dead letter queue or is parked; 0: without end.")
    private void maxAttempts(final int attempts) {
        options = options.maxAttempts(attempts);
    }

    @Option(names = "--dead-letter", paramLabel = "NAME",
        description = "The queue for what has expired or has used up its attempts; '' for none.")
    private void deadLetter(final String queue) {
        options = options.deadLetter(queue);
    }

    @Option(names = "--ttl", paramLabel = "TIME", description = "When messages expire whose publisher does not say; 0: never.")
    private void ttl(final Duration ttl) {
        options = options.ttl(ttl);
    }

    @Option(names = "--on-full", paramLabel = "WHAT", completionCandidates = Words.OnFulls.class,
        description = "Where there is no room for a message: reject it, or drop_oldest.")
    private void onFull(final OnFull onFull) {
        options = options.onFull(onFull);
    }

    @Option(names = "--paused", arity = "0..1", fallbackValue = "true", paramLabel = "false",
        description = "Give nobody a message until it is =false again.")
    private void paused(final boolean paused) {
        options = options.paused(paused);
    }

    @Override
    public Integer call() {
        final QueueSettings settings;
        try (GmqClient client = connect()) {
            settings = client.configure(queue(), options).join();
        }
        out().println(json() ? QueueReport.json(new JsonLine().with("queue", queue()), settings)
            : QueueReport.text(settings, shell.outIsTerminal()));
        return ExitCodes.OK;
    }
}
