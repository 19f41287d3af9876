package io.gmq.broker.cli;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.ConfigReport;
import io.gmq.broker.config.Machine;
import io.gmq.broker.config.StartPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows every effective value and where it came from. */
@Command(
    name = "config",
    descriptionHeading = "%n",
    description = "Show every value the broker would run with, and where each comes from.",
    footer = {
        "",
        "Flags win over the environment (GMQ_SECTION_KEY), the environment over the file, the file over the defaults.",
        "",
        "  ./gmq config -f gmq.json",
        "  GMQ_QUEUE_LEASE_MS=5s ./gmq config --set journal.durability=written"
    })
final class ConfigCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ConfigCommand(final Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        final Config config = options.load(shell.environment());
        StartPlan.of(config, Machine.current()).warnings().forEach(warning -> spec.commandLine().getErr().println("gmq: " + Escapes.line(warning)));
        spec.commandLine().getErr().flush();
        spec.commandLine().getOut().println((json ? ConfigReport.json(config) : ConfigReport.table(config)).stripTrailing());
        return ExitCodes.OK;
    }
}
