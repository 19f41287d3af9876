package io.gmq.broker.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which GMQ this is. */
@Command(name = "version", descriptionHeading = "%n", description = "Print the version.", optionListHeading = "%nOptions:%n")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--json", description = "Print {\"version\":…,\"protocol\":…,\"java\":…}.")
    private boolean json;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(json
            ? new JsonLine().with("version", version()).with("protocol", 1).with("java", java()).toString()
            : line());
        return ExitCodes.OK;
    }

    /** Of the jar that this was loaded from. */
    static String version() {
        final String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String java() {
        return Runtime.version().toString();
    }

    private static String line() {
        return "gmq " + version() + " (protocol 1, Java " + java() + ")";
    }

    /** For {@code gmq --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }
    }
}
