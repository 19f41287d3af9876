package io.gmq.broker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** Says which GMQ this is. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand extends Operation {
    @Option(names = "--json", description = "Print {\"version\":…,\"protocol\":…,\"java\":…}.")
    private boolean json;

    VersionCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        out().println(json
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
