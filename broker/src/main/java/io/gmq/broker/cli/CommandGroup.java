package io.gmq.broker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only leads to others. */
@Command(
    descriptionHeading = "%n",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    /** Without one of them: what there is. */
    @Override
    public final void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
