package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that look after the archive in a MySQL database. */
@Command(
    name = "archive",
    description = "See how the archive of messages in a MySQL database stands, or build it again.",
    footer = {
        "",
        "The archive is what a broker writes to the database that archive.dsn names:",
        "each message, and what has become of it. To ask it something, use SQL;",
        "docs/archive.md has its tables.",
        "",
        "  ./gmq archive status                   how far it is",
        "  ./gmq archive rebuild                  drop it, and build it from the journal"
    })
final class ArchiveCommand extends CommandGroup {
    static CommandLine of(final Shell shell) {
        return new CommandLine(new ArchiveCommand())
            .addSubcommand(new ArchiveStatusCommand(shell))
            .addSubcommand(new ArchiveRebuildCommand(shell));
    }
}
