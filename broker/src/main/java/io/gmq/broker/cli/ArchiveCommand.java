package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands that look after the archive in a MySQL database. */
@Command(
    name = "archive",
    description = "See how the archive of messages in a MySQL database stands, or build it again.",
    descriptionHeading = "%n",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "The archive is what a broker writes to the database that archive.dsn names:",
        "each message, and what has become of it. To ask it something, use SQL;",
        "docs/archive.md has its tables.",
        "",
        "  ./gmq archive status                   how far it is",
        "  ./gmq archive rebuild                  drop it, and build it from the journal"
    })
final class ArchiveCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    static CommandLine of(final Shell shell) {
        return new CommandLine(new ArchiveCommand())
            .addSubcommand(new ArchiveStatusCommand(shell))
            .addSubcommand(new ArchiveRebuildCommand(shell));
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
