package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Settled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets leases begin anew. */
@Command(
    name = "extend",
    description = "Let the leases of messages that were taken begin anew, from now.",
    footer = {
        "",
        SettleCommand.LEASES,
        "  ./gmq extend -q orders --lease 5m 1041",
        "",
        "With --json: {\"queue\":…,\"extended\":COUNT}" + SettleCommand.MISSING
    })
final class ExtendCommand extends SettleCommand {
    @Option(names = "--lease", required = true, paramLabel = "TIME", description = "For so long, like 5s, 100ms or 2m.")
    private Duration lease;

    ExtendCommand(final Shell shell) {
        super(shell);
    }

    @Override
    String done() {
        return "extended";
    }

    @Override
    CompletableFuture<Settled> settle(final GmqClient client, final Leases leases) {
        return client.extend(leases, lease);
    }
}
