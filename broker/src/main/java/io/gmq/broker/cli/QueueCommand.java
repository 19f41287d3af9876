package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about a queue itself. */
@Command(
    name = "queue",
    description = "Set up, describe or delete a queue.",
    footer = {
        "",
        "  ./gmq queue configure -q orders --max-attempts 5 --dead-letter orders-dead",
        "  ./gmq queue describe -q orders",
        "  ./gmq queue delete -q orders",
        "",
        "'./gmq queues' lists all of them."
    })
final class QueueCommand extends CommandGroup {
    static CommandLine of(final Shell shell) {
        return new CommandLine(new QueueCommand())
            .addSubcommand(new ConfigureCommand(shell))
            .addSubcommand(new DescribeCommand(shell))
            .addSubcommand(new DeleteCommand(shell));
    }
}
