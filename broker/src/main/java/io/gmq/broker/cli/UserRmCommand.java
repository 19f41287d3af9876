package io.gmq.broker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a user. */
@Command(
    name = "rm",
    description = {
        "Remove a user.",
        "",
        "Its connections end with what they do next."
    })
final class UserRmCommand extends UserOperation {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name;

    UserRmCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        file().remove(name);
        out().println("removed '" + shown(name) + "'");
        return ExitCodes.OK;
    }
}
