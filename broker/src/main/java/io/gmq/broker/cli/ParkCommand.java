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
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "A message is leased to whoever took it until it is settled or its lease ends;",
        "a lease ends with its connection, unless it was taken with --keep:",
        "",
        "  ./gmq take -q orders --keep --lease 5m --details",
        "  ./gmq park -q orders --reason \"no such customer\" 1041",
        "",
        "With --json: {\"queue\":…,\"parked\":COUNT}, and missing, a list of those that were",
        "not leased. If there are any, the exit code is 1."
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
