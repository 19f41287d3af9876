package io.gmq.broker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the users' file. */
@Command(
    name = "user",
    description = "Say who may use the broker, and for what.",
    footer = {
        "",
        "They change the users' file, which the broker of auth.users reads again within a",
        "second or two:",
        "",
        "  ./gmq user add shop --publish 'orders.>' --users users",
        "  ./gmq user ls --users users",
        "  ./gmq server --set auth.users=users",
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
