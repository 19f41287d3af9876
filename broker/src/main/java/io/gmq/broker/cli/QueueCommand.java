package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about a queue itself. */
@Command(
    name = "queue",
    description = "Set up, describe or delete a queue.",
    descriptionHeading = "%n",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "  ./gmq queue configure -q orders --max-attempts 5 --dead-letter orders-dead",
        "  ./gmq queue describe -q orders",
        "  ./gmq queue delete -q orders",
        "",
        "'./gmq queues' lists all of them."
    })
final class QueueCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    static CommandLine of(final Shell shell) {
        return new CommandLine(new QueueCommand())
            .addSubcommand(new ConfigureCommand(shell))
            .addSubcommand(new DescribeCommand(shell))
            .addSubcommand(new DeleteCommand(shell));
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
