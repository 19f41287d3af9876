package io.gmq.broker.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** What a command line came to. */
record CommandRun(int exitCode, String out, String errors) {
    static CommandRun of(final String... arguments) {
        return of(piped(""), arguments);
    }

    static CommandRun of(final Shell shell, final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter errors = new StringWriter();
        final CommandLine commandLine = Gmq.commandLine(shell);
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(errors));
        final int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        return new CommandRun(exitCode, out.toString(), errors.toString());
    }

    static Shell piped(final String input) {
        return piped(input, Map.of());
    }

    static Shell piped(final String input, final Map<String, String> environment) {
        return new Shell(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), environment, false, false, false);
    }

    static Shell terminal() {
        return terminal("");
    }

    /** Where somebody types. */
    static Shell terminal(final String typed) {
        return new Shell(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), Map.of(), true, true, true);
    }

    /** Lines as they are printed. */
    static String lines(final String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
