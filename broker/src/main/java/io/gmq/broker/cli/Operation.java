package io.gmq.broker.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands that do something have in common: how they speak to people and programs. */
@Command(descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
abstract class Operation implements Callable<Integer> {
    final Shell shell;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    Operation(final Shell shell) {
        this.shell = shell;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter errors() {
        return spec.commandLine().getErr();
    }

    /** A name or text as the result of a command, for people or for programs that read text. */
    final String shown(final String text) {
        return shell.outIsTerminal() ? Escapes.line(text) : text;
    }

    final void print(final Table table) {
        table.lines(shell.colour()).forEach(out()::println);
    }

    /** A line for people that is no result. */
    final void note(final String line) {
        errors().println("gmq: " + Escapes.line(line));
        errors().flush();
    }

    final Progress progress() {
        return new Progress(errors(), shell.errorsIsTerminal());
    }

    /** Ends the command if nobody reads what it prints any more. */
    final void checkOutput() {
        if (out().checkError()) {
            throw new CommandException("cannot write to standard output", null);
        }
    }

    /** Refuses a number below 1. */
    final void checkCount(final String option, final long value) {
        if (value < 1) {
            throw wrong(option + " is " + value + ", must be 1 or more");
        }
    }

    /** That the command line cannot be meant so. */
    final ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
