package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Binds a queue to a topic. */
@Command(
    name = "bind",
    description = "Let a queue get what is published to a topic.",
    footer = {
        "",
        "  ./gmq bind -q audit --topic 'orders.>'",
        "  ./gmq publish --topic orders.new \"hello\"",
        "",
        "A queue that does not exist is created.",
        "",
        "Words of a topic are parted by dots; * is any one word, > at the end any one or",
        "more. Put such a topic in quotes, for the shell's sake.",
        "",
        "With --json: {\"queue\":…,\"topic\":…}"
    })
final class BindCommand extends QueueOperation {
    @Option(names = {"-t", "--topic"}, required = true, paramLabel = "TOPIC", description = "The topic.")
    private String topic;

    BindCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        try (GmqClient client = connect()) {
            client.bind(topic, queue()).join();
        }
        print(new JsonLine().with("queue", queue()).with("topic", topic),
            "bound '" + shown(queue()) + "' to '" + shown(topic) + "'");
        return ExitCodes.OK;
    }
}
