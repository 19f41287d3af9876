package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes a queue. */
@Command(
    name = "delete",
    description = {
        "Remove a queue.",
        "",
        "With all its messages, its settings and its bindings; its consumers end."
    },
    footer = {
        "",
        "  ./gmq queue delete -q orders",
        "  ./gmq queue delete -q orders --if-empty",
        "",
        "With --json: {\"queue\":…,\"deleted\":true}"
    })
final class DeleteCommand extends QueueOperation {
    @Option(names = "--if-empty", description = "Only if it holds no message.")
    private boolean ifEmpty;

    @Mixin
    private Confirmation confirmation;

    DeleteCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws IOException {
        if (!ifEmpty && !confirmation.given(shell, "Delete '" + queue() + "' with all its messages?")) {
            note("nothing was removed");
            return ExitCodes.FAILED;
        }
        try (GmqClient client = connect()) {
            (ifEmpty ? client.deleteIfEmpty(queue()) : client.delete(queue())).join();
        }
        print(new JsonLine().with("queue", queue()).with("deleted", true), "deleted '" + shown(queue()) + "'");
        return ExitCodes.OK;
    }
}
