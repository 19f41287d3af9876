package io.gmq.broker.cli;

import io.gmq.broker.auth.Passwords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A password that a user gets: from a file, typed twice on a terminal, or the first line of standard input. */
final class NewPassword {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--password-file", paramLabel = "FILE",
        description = "Read the password from the first line of a file (default: asked for on a terminal, else the first line of standard input).")
    private Path file;

    /** Its hash. */
    String hash(final Shell shell, final String user) {
        return Passwords.hash(password(shell, user).getBytes(StandardCharsets.UTF_8));
    }

    private String password(final Shell shell, final String user) {
        if (file != null) {
            return Secret.ofFile(file);
        }
        if (!shell.inIsTerminal() || !shell.errorsIsTerminal()) {
            final String line = Shell.line(shell.in());
            return line == null ? "" : line;
        }
        final String typed = Secret.ask(shell, spec.commandLine().getErr(), "Password of '" + user + "'");
        if (!typed.equals(Secret.ask(shell, spec.commandLine().getErr(), "Once more"))) {
            throw new CommandException("the two passwords differ; nothing was changed", null);
        }
        return typed;
    }
}
