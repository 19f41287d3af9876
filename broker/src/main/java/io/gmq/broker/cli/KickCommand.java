package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes parked messages ready again. */
@Command(
    name = "kick",
    description = {
        "Make messages ready again that were set aside (parked).",
        "",
        "The oldest first. Their attempts are counted anew."
    },
    footer = {
        "",
        "  ./gmq kick -q orders                   one",
        "  ./gmq kick -q orders --all             all of them",
        "",
        "With --json: {\"queue\":…,\"kicked\":COUNT}"
    })
final class KickCommand extends QueueOperation {
    private static final int KICK_MAX = 1000;

    @Option(names = "--max", paramLabel = "N", description = "Up to so many (default: 1).")
    private int max = 1;

    @Option(names = "--all", description = "All that are parked.")
    private boolean all;

    KickCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        checkCount("--max", max);
        final long most = all ? Long.MAX_VALUE : max;
        long kicked = 0;
        try (GmqClient client = connect(); Progress progress = progress()) {
            int more;
            do {
                final int step = (int) Math.min(KICK_MAX, most - kicked);
                final int count = client.kick(queue(), step).join();
                kicked += count;
                more = count < step ? 0 : count;
                final long soFar = kicked;
                progress.update(() -> String.format("%,d messages kicked", soFar));
            } while (more > 0 && kicked < most);
        }
        print(new JsonLine().with("queue", queue()).with("kicked", kicked), "kicked " + messages(kicked) + " of '" + shown(queue()) + "'");
        return ExitCodes.OK;
    }
}
