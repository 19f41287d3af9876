package io.gmq.broker.cli;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.ConfigReport;
import io.gmq.broker.config.Machine;
import io.gmq.broker.config.StartPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows every effective value and where it came from. */
@Command(
    name = "config",
    description = "Show every value the broker would run with, and where each comes from.",
    footer = {
        "",
        "Flags win over the environment (GMQ_SECTION_KEY), the environment over the file, the file over the defaults.",
        "",
        "  ./gmq config -f gmq.json",
        "  GMQ_QUEUE_LEASE_MS=5s ./gmq config --set journal.durability=written"
    })
final class ConfigCommand extends Operation {
    @Mixin
    private ConfigOptions options;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ConfigCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final Config config = options.load(shell.environment());
        StartPlan.of(config, Machine.current()).warnings().forEach(this::note);
        out().println((json ? ConfigReport.json(config) : ConfigReport.table(config)).stripTrailing());
        return ExitCodes.OK;
    }
}
