package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that do something with one queue have in common. */
abstract class QueueOperation extends Operation {
    @Option(names = {"-q", "--queue"}, required = true, paramLabel = "NAME", description = "The queue.")
    private String queue;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    QueueOperation(final Shell shell) {
        super(shell);
    }

    final String queue() {
        return queue;
    }

    final boolean json() {
        return json;
    }

    final GmqClient connect() {
        return broker.connect(shell);
    }

    /** One of the two, as asked for. */
    final void print(final JsonLine forPrograms, final String forPeople) {
        out().println(json ? forPrograms.toString() : forPeople);
    }

    /** {@code 1 message}, {@code 2 messages}. */
    static String messages(final long count) {
        return count + (count == 1 ? " message" : " messages");
    }
}
