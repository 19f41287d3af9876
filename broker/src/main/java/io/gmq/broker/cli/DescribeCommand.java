package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.QueueDescription;
import picocli.CommandLine.Command;

/** Prints all about a queue. */
@Command(
    name = "describe",
    description = "Print the settings of a queue and all that is counted of it.",
    footer = {
        "",
        "A message is ready (can be taken), delayed (not yet), leased (taken, not yet",
        "acknowledged) or parked (set aside); length is all of them.",
        "",
        "With --json, one object with queue and the protocol's names: capacity,",
        "max_message_length, lease_ms, max_attempts, dead_letter, ttl_ms, on_full,",
        "paused, and what './gmq queues --json' prints."
    })
final class DescribeCommand extends QueueOperation {
    DescribeCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final QueueDescription description;
        try (GmqClient client = connect()) {
            description = client.describe(queue()).join();
        }
        if (json()) {
            final JsonLine line = QueueReport.json(new JsonLine().with("queue", queue()), description.settings());
            out().println(QueueReport.json(line, description.info()));
        } else {
            out().println(QueueReport.text(description.settings(), shell.outIsTerminal()));
            out().println();
            out().println(QueueReport.text(description.info()));
        }
        return ExitCodes.OK;
    }
}
