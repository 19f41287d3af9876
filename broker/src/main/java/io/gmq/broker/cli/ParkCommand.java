package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Settled;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets messages aside by their ids. */
@Command(
    name = "park",
    description = {
        "Set messages aside that were taken.",
        "",
        "They stay in the queue and are given to nobody: './gmq peek --state parked' shows them, './gmq kick' makes them ready again."
    },
    footer = {
        "",
        SettleCommand.LEASES,
        "  ./gmq park -q orders --reason \"no such customer\" 1041",
        "",
        "With --json: {\"queue\":…,\"parked\":COUNT}" + SettleCommand.MISSING
    })
final class ParkCommand extends SettleCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
    private String reason = "";

    ParkCommand(final Shell shell) {
        super(shell);
    }

    @Override
    String done() {
        return "parked";
    }

    @Override
    CompletableFuture<Settled> settle(final GmqClient client, final Leases leases) {
        return client.park(leases, reason);
    }
}
