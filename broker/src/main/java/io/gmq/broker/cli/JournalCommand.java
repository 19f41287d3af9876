package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that look into the journal of a broker. */
@Command(
    name = "journal",
    description = "Look into the journal of a broker, which has every change in order: list, check, go back in time, trace, replay, repair.",
    footer = {
        "",
        "They read the data folder of a broker, or a copy of one, and change nothing in",
        "it: ./data, or what --data or the configuration of -f names. No broker need run;",
        "where one does, its newest records may be missing.",
        "",
        "After a crash, or when in doubt:",
        "  ./gmq journal ls                       what is there, and whether it is whole",
        "  ./gmq journal verify                   every checksum, every digest",
        "  ./gmq journal at --time -10m           the queues as they were 10 minutes ago",
        "  ./gmq journal trace --message 4711     all that has happened to a message",
        "  ./gmq journal dump --queue orders      what has happened, record by record",
        "  ./gmq journal replay --queue orders --from -1h --to 127.0.0.1:4884",
        "                                         publish again what was published then",
        "  ./gmq journal repair --to mended       copy what is whole to a new folder"
    })
final class JournalCommand extends CommandGroup {
    static CommandLine of(final Shell shell) {
        return new CommandLine(new JournalCommand())
            .addSubcommand(new JournalLsCommand(shell))
            .addSubcommand(new JournalDumpCommand(shell))
            .addSubcommand(new JournalVerifyCommand(shell))
            .addSubcommand(new JournalAtCommand(shell))
            .addSubcommand(new JournalTraceCommand(shell))
            .addSubcommand(new JournalReplayCommand(shell))
            .addSubcommand(new JournalRepairCommand(shell));
    }
}
