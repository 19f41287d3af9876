package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.NackOptions;
import io.gmq.client.Settled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives messages back by their ids. */
@Command(
    name = "nack",
    description = "Give messages back that were taken, for now or later.",
    footer = {
        "",
        SettleCommand.LEASES,
        "  ./gmq nack -q orders --delay 5m 1041",
        "",
        "With --json: {\"queue\":…,\"nacked\":COUNT}" + SettleCommand.MISSING
    })
final class NackCommand extends SettleCommand {
    @Option(names = "--delay", paramLabel = "TIME", description = "Not to be delivered again before, like 5s, 100ms or 2m.")
    private Duration delay = Duration.ZERO;

    @Option(names = "--priority", paramLabel = "0-9", description = "A new priority; higher is delivered first.")
    private Integer priority;

    NackCommand(final Shell shell) {
        super(shell);
    }

    @Override
    String done() {
        return "nacked";
    }

    @Override
    CompletableFuture<Settled> settle(final GmqClient client, final Leases leases) {
        final NackOptions options = NackOptions.NONE.delay(delay);
        return client.nack(leases, priority == null ? options : options.priority(priority));
    }
}
