package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Settled;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** Settles messages by their ids. */
@Command(
    name = "ack",
    description = "Settle messages that were taken: they are done, and gone.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "A message is leased to whoever took it until it is settled or its lease ends;",
        "a lease ends with its connection, unless it was taken with --keep:",
        "",
        "  ./gmq take -q orders --keep --lease 5m --details",
        "  ./gmq ack -q orders 1041 1042",
        "",
        "With --json: {\"queue\":…,\"acked\":COUNT}, and missing, a list of those that were",
        "not leased. If there are any, the exit code is 1."
    })
final class AckCommand extends SettleCommand {
    AckCommand(final Shell shell) {
        super(shell);
    }

    @Override
    String done() {
        return "acked";
    }

    @Override
    CompletableFuture<Settled> settle(final GmqClient client, final Leases leases) {
        return client.ack(leases);
    }
}
