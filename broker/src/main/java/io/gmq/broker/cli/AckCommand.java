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
    footer = {
        "",
        SettleCommand.LEASES,
        "  ./gmq ack -q orders 1041 1042",
        "",
        "With --json: {\"queue\":…,\"acked\":COUNT}" + SettleCommand.MISSING
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
