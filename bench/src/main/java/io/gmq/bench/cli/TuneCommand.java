package io.gmq.bench.cli;

import io.gmq.bench.load.LoadException;
import io.gmq.bench.report.Plot;
import io.gmq.bench.tune.Factors;
import io.gmq.bench.tune.TuneReport;
import io.gmq.bench.tune.Tuning;
import io.gmq.broker.cli.HelpOption;
import io.gmq.broker.cli.Progress;
import io.gmq.broker.cli.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds settings for this machine. */
@Command(
    name = "tune",
    description = {
        "Find the settings that suit this machine, by measuring.",
        "",
        "Brokers are started and loaded one after the other, over real sockets, with other threads, durability, ring sizes, message lengths and "
            + "capacities, one factor after the other around the best so far. Written are a page with plots (tune.html), all figures (tune.json), "
            + "and a configuration (gmq.json)."
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "  ./gmq tune                                about four minutes",
        "  ./gmq tune --time 20m --size 1KiB         longer messages, figures that differ less",
        "  ./gmq tune --set queue.queue_type=memory  without a disk",
        "  ./gmq server -f gmq-tune/gmq.json         use what it recommends"
    })
final class TuneCommand implements Callable<Integer> {
    private static final Duration TIME_MIN = Duration.ofSeconds(20);

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Option(names = "--time", paramLabel = "TIME", description = "About how long it may take in all (default: 4m).")
    private Duration time = Duration.ofMinutes(4);

    @Option(names = "--size", paramLabel = "SIZE", converter = Size.Converter.class,
        description = "Length of your messages, like 200 or 4KiB (default: 200); other lengths are measured, too.")
    private Size size = new Size(200);

    @Option(names = "--window", paramLabel = "N", description = "Messages that the producer may have unconfirmed (default: 1024).")
    private int window = 1024;

    @Option(names = "--set", paramLabel = "SECTION.KEY=VALUE", description = "Set any key of every broker, which is then not varied; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Where data folders are made: a disk like the one that will be used (default: here).")
    private Path data = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "Where the report goes (default: gmq-tune).")
    private Path out = Path.of("gmq-tune");

    @Option(names = "--json", description = "Print all figures as JSON.")
    private boolean json;

    @Mixin
    private HelpOption help;

    TuneCommand(final Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (time.compareTo(TIME_MIN) < 0) {
            throw new IllegalArgumentException("--time must be " + TIME_MIN.toSeconds() + "s or more");
        }
        final Factors factors = Factors.of(Runtime.getRuntime().availableProcessors(), size.bytes(), settings);
        Files.createDirectories(out);
        final TuneReport report;
        try (Progress progress = new Progress(spec.commandLine().getErr(), shell.errorsIsTerminal())) {
            report = new Tuning(factors, settings, window, time.toMillis() / 1e3).run(data.toAbsolutePath(), progress::update);
        } catch (final LoadException e) {
            return Ending.of(e);
        }
        Files.writeString(out.resolve("tune.html"), report.html());
        Files.writeString(out.resolve("tune.json"), report.json() + "\n");
        Files.writeString(out.resolve("gmq.json"), report.configuration());
        print(report);
        return 0;
    }

    private void print(final TuneReport report) {
        final PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            printed.println(report.json());
        } else {
            report.values().forEach(value -> printed.println(value.get(0) + " = " + value.get(1) + "\n    " + value.get(2)));
            printed.println();
            printed.println(report.verdict());
            printed.println(out.resolve("tune.html") + " shows all of it; use it with: gmq server -f " + out.resolve("gmq.json"));
        }
        printed.flush();
        if (!Plot.whyNot().isEmpty()) {
            spec.commandLine().getErr().println("gmq: " + out.resolve("tune.html") + " is without plots: " + Plot.whyNot());
            spec.commandLine().getErr().flush();
        }
    }
}
