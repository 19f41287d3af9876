package io.gmq.broker.cli;

import io.gmq.broker.auth.UsersFile;
import picocli.CommandLine.Mixin;

/** What the commands that read or change the users' file have in common. */
abstract class UserOperation extends Operation {
    @Mixin
    private UsersOptions users;

    UserOperation(final Shell shell) {
        super(shell);
    }

    final UsersFile file() {
        return users.file(shell.environment());
    }
}
