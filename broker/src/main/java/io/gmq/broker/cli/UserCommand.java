package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the users' file. */
@Command(
    name = "user",
    description = "Say who may use the broker, and for what.",
    footer = {
        "",
        "They change the users' file. A broker that has it (auth.users) reads it again",
        "within a second or two; no broker need run.",
        "",
        "  ./gmq user add operator --admin --users users     asks for a password",
        "  ./gmq user add shop --publish 'orders.>' --users users",
        "  ./gmq user ls --users users",
        "  ./gmq server --set auth.users=users               nobody else is let in",
        "  ./gmq publish -q orders.new hello --user shop     asks for the password",
        "",
        "The file is the one that --users, GMQ_AUTH_USERS or auth.users in the file of -f",
        "names, in this order."
    })
final class UserCommand extends CommandGroup {
    static CommandLine of(final Shell shell) {
        return new CommandLine(new UserCommand())
            .addSubcommand(new UserAddCommand(shell))
            .addSubcommand(new UserPasswdCommand(shell))
            .addSubcommand(new UserRmCommand(shell))
            .addSubcommand(new UserLsCommand(shell));
    }
}
