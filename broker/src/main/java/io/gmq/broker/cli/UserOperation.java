package io.gmq.broker.cli;

import io.gmq.broker.auth.UsersFile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that read or change the users' file have in common. */
abstract class UserOperation implements Callable<Integer> {
    final Shell shell;

    @Spec
    private CommandSpec spec;

    @Mixin
    private UsersOptions users;

    @Mixin
    private HelpOption help;

    UserOperation(final Shell shell) {
        this.shell = shell;
    }

    final UsersFile file() {
        return users.file(shell.environment());
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** A name as the result of a command, for people or for programs that read text. */
    final String shown(final String name) {
        return shell.outIsTerminal() ? Escapes.line(name) : name;
    }
}
