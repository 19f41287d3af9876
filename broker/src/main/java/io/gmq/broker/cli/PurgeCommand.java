package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.MessageState;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes messages. */
@Command(
    name = "purge",
    description = {
        "Remove the messages of a queue.",
        "",
        "All but those that are leased, or those in one state."
    },
    footer = {
        "",
        "  ./gmq purge -q orders",
        "  ./gmq purge -q orders --state parked --yes",
        "",
        "The queue itself stays; './gmq queue delete' removes it too.",
        "",
        "With --json: {\"queue\":…,\"purged\":COUNT}"
    })
final class PurgeCommand extends QueueOperation {
    @Option(names = "--state", paramLabel = "STATE", completionCandidates = Words.States.class,
        description = "Only those that are ready, delayed, leased or parked.")
    private MessageState state;

    @Mixin
    private Confirmation confirmation;

    PurgeCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws IOException {
        final String which = state == null ? "all messages but leased ones" : "all " + state.word() + " messages";
        if (!confirmation.given(shell, "Remove " + which + " from '" + queue() + "'?")) {
            note("nothing was removed");
            return ExitCodes.FAILED;
        }
        final long purged;
        try (GmqClient client = connect()) {
            purged = (state == null ? client.purge(queue()) : client.purge(queue(), state)).join();
        }
        print(new JsonLine().with("queue", queue()).with("purged", purged), "purged " + messages(purged) + " of '" + shown(queue()) + "'");
        return ExitCodes.OK;
    }
}
