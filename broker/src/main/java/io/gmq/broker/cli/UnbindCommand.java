package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes a binding back. */
@Command(
    name = "unbind",
    description = "Let a queue no longer get what is published to a topic.",
    footer = {
        "",
        "  ./gmq unbind -q audit --topic 'orders.>'",
        "",
        "Words of a topic are parted by dots; * is any one word, > at the end any one or",
        "more. Put such a topic in quotes, for the shell's sake.",
        "",
        "With --json: {\"queue\":…,\"topic\":…}"
    })
final class UnbindCommand extends QueueOperation {
    @Option(names = {"-t", "--topic"}, required = true, paramLabel = "TOPIC", description = "The topic, as it was bound.")
    private String topic;

    UnbindCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        try (GmqClient client = connect()) {
            client.unbind(topic, queue()).join();
        }
        print(new JsonLine().with("queue", queue()).with("topic", topic),
            "unbound '" + shown(queue()) + "' from '" + shown(topic) + "'");
        return ExitCodes.OK;
    }
}
