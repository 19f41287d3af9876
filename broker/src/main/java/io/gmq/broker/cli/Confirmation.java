package io.gmq.broker.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks before something is removed, if there is somebody to ask. An option of the commands that remove. */
final class Confirmation {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-y", "--yes"}, description = "Do not ask (asked is only on a terminal).")
    private boolean yes;

    /** Whether to go on. */
    boolean given(final Shell shell, final String question) throws IOException {
        if (yes || !shell.inIsTerminal() || !shell.errorsIsTerminal()) {
            return true;
        }
        final PrintWriter errors = spec.commandLine().getErr();
        errors.print(Escapes.line(question) + " [y/N] ");
        errors.flush();
        final byte[] answer = new LineReader(shell.in()).next();
        if (answer == null) {
            errors.println();
        }
        final String word = answer == null ? "" : new String(answer, StandardCharsets.UTF_8).strip();
        return word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes");
    }
}
