package io.gmq.broker.cli;

import io.gmq.broker.auth.UsersFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a user another password. */
@Command(
    name = "passwd",
    description = {
        "Give a user another password.",
        "",
        "Connections that the old one let in end with what they do next."
    })
final class UserPasswdCommand extends UserOperation {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name;

    @Mixin
    private NewPassword password;

    UserPasswdCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final UsersFile file = file();
        file.find(name);
        final String hash = password.hash(shell, name);
        file.replace(file.find(name).withHash(hash));
        out().println("changed the password of '" + shown(name) + "'");
        return ExitCodes.OK;
    }
}
