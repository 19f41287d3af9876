package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that do something with one queue have in common. */
abstract class QueueOperation implements Callable<Integer> {
    final Shell shell;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-q", "--queue"}, required = true, paramLabel = "NAME", description = "The queue.")
    private String queue;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    @Mixin
    private HelpOption help;

    QueueOperation(final Shell shell) {
        this.shell = shell;
    }

    final String queue() {
        return queue;
    }

    final boolean json() {
        return json;
    }

    final GmqClient connect() {
        return broker.connect(shell);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter errors() {
        return spec.commandLine().getErr();
    }

    /** A name as the result of a command, for people or for programs that read text. */
    final String shown(final String name) {
        return shell.outIsTerminal() ? Escapes.line(name) : name;
    }

    /** A line for people that is no result. */
    final void note(final String line) {
        errors().println("gmq: " + Escapes.line(line));
        errors().flush();
    }

    /** One of the two, as asked for. */
    final void print(final JsonLine forPrograms, final String forPeople) {
        out().println(json ? forPrograms.toString() : forPeople);
    }

    final ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** {@code 1 message}, {@code 2 messages}. */
    static String messages(final long count) {
        return count + (count == 1 ? " message" : " messages");
    }
}
