package io.gmq.broker.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;

/** The command {@code gmq}: the list of its commands, and what they have in common. */
@Command(
    name = "gmq",
    versionProvider = VersionCommand.Provider.class,
    description = "A message broker, and the commands to try it by hand.",
    footer = {
        "",
        "To begin, in two terminals:",
        "  ./gmq server                           run a broker on this machine",
        "  ./gmq publish -q orders \"hello\"        put a message into the queue 'orders'",
        "  ./gmq take -q orders                   take it out again",
        "",
        "More:",
        "  seq 1000 | ./gmq publish -q numbers    one message for each line of input",
        "  ./gmq take -q orders --wait 30s        wait for a message",
        "  ./gmq consume -q orders                print messages as they come",
        "  ./gmq queues                           what is in the broker",
        "  ./gmq top                              what goes on in it",
        "  ./gmq journal                          what went on in it",
        "  ./gmq COMMAND --help                   all about a command",
        "",
        "The commands talk to 127.0.0.1:4884, or to what GMQ_ADDRESS=HOST:PORT names; --tls makes it TLS.",
        "Exit codes: 0 done, 1 failed, 2 not understood, 3 nothing came (take --wait)."
    })
public final class Gmq extends CommandGroup {
    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version.")
    private boolean version;

    /** Runs a command and ends the process with its exit code. */
    public static void main(final String[] args) {
        final CommandLine commandLine = commandLine(Shell.ofProcess());
        commandLine.setOut(utf8(FileDescriptor.out));
        commandLine.setErr(utf8(FileDescriptor.err));
        final int exitCode = isText(args, commandLine) ? commandLine.execute(args) : ExitCodes.USAGE;
        final boolean lost = commandLine.getOut().checkError();
        commandLine.getErr().flush();
        Interrupt.exit(lost && exitCode == ExitCodes.OK ? ExitCodes.FAILED : exitCode);
    }

    /** Refuses arguments that Java could not read as text: it has put a replacement character where bytes were no UTF-8. */
    static boolean isText(final String[] args, final CommandLine commandLine) {
        for (final String argument : args) {
            if (argument.indexOf('\uFFFD') >= 0) {
                printError(commandLine, "an argument is not UTF-8: '" + argument + "'; give such bytes on standard input");
                return false;
            }
        }
        return true;
    }

    // Whatever the locale says: messages are UTF-8, and so is all else that is printed.
    private static PrintWriter utf8(final FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
    }

    /** All commands, in the order in which the help lists them. */
    static CommandLine commandLine(final Shell shell) {
        final CommandLine commandLine = new CommandLine(new Gmq());
        commandLine.addSubcommand(new ServerCommand(shell));
        commandLine.addSubcommand(new PublishCommand(shell));
        commandLine.addSubcommand(new TakeCommand(shell));
        commandLine.addSubcommand(new ConsumeCommand(shell));
        commandLine.addSubcommand(new AckCommand(shell));
        commandLine.addSubcommand(new NackCommand(shell));
        commandLine.addSubcommand(new ExtendCommand(shell));
        commandLine.addSubcommand(new ParkCommand(shell));
        commandLine.addSubcommand(new KickCommand(shell));
        commandLine.addSubcommand(new PeekCommand(shell));
        commandLine.addSubcommand(new PurgeCommand(shell));
        commandLine.addSubcommand(new BindCommand(shell));
        commandLine.addSubcommand(new UnbindCommand(shell));
        commandLine.addSubcommand(QueueCommand.of(shell));
        commandLine.addSubcommand(new QueuesCommand(shell));
        commandLine.addSubcommand(new TopCommand(shell));
        commandLine.addSubcommand(JournalCommand.of(shell));
        commandLine.addSubcommand(ArchiveCommand.of(shell));
        commandLine.addSubcommand(UserCommand.of(shell));
        commandLine.addSubcommand(new ConfigCommand(shell));
        commandLine.addSubcommand(new CertCommand(shell));
        ServiceLoader.load(CommandSet.class).forEach(set -> set.commands(shell).forEach(commandLine::addSubcommand));
        commandLine.addSubcommand(new CompletionCommand(shell));
        commandLine.addSubcommand(new VersionCommand(shell));
        commandLine.addSubcommand(new CommandLine.HelpCommand());

        commandLine.registerConverter(Duration.class, Durations::parse);
        commandLine.registerConverter(Moment.class, text -> Moment.parse(text, Clock.systemDefaultZone()));
        commandLine.registerConverter(Pace.class, Pace::parse);
        Words.register(commandLine);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(shell.colour() ? Ansi.ON : Ansi.OFF));
        commandLine.setParameterExceptionHandler(usageErrors());
        commandLine.setExecutionExceptionHandler((e, failed, parsed) -> {
            printError(failed, Failures.describe(e));
            if (!shell.environment().getOrDefault("GMQ_DEBUG", "").isEmpty()) {
                e.printStackTrace(failed.getErr());
            }
            return ExitCodes.FAILED;
        });
        return commandLine;
    }

    private static IParameterExceptionHandler usageErrors() {
        return (e, args) -> {
            final CommandLine failed = e.getCommandLine();
            printError(failed, Failures.describeUsage(e) + "; see '" + failed.getCommandSpec().qualifiedName() + " --help'");
            return ExitCodes.USAGE;
        };
    }

    private static void printError(final CommandLine failed, final String line) {
        failed.getOut().flush();
        failed.getErr().println("gmq: " + Escapes.line(line));
        failed.getErr().flush();
    }
}
