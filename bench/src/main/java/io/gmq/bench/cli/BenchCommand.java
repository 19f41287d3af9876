package io.gmq.bench.cli;

import io.gmq.bench.load.ChildProcess;
import io.gmq.bench.load.Endpoint;
import io.gmq.bench.load.IdleConnections;
import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.OwnBroker;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.ProcessUsage;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import io.gmq.bench.report.Measured;
import io.gmq.bench.report.Plot;
import io.gmq.bench.wire.EchoServer;
import io.gmq.bench.wire.EchoWire;
import io.gmq.bench.wire.GmqWire;
import io.gmq.bench.wire.NullServer;
import io.gmq.broker.cli.BrokerOptions;
import io.gmq.broker.cli.Credentials;
import io.gmq.broker.cli.HelpOption;
import io.gmq.broker.cli.Progress;
import io.gmq.broker.cli.Shell;
import io.gmq.client.BrokerInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Loads a broker over real sockets, and says what it does. */
@Command(
    name = "bench",
    description = {
        "Load a broker, and say how fast it is.",
        "",
        "Messages are published as fast as a window of unconfirmed ones lets them be (closed loop: how many a second), or on a schedule "
            + "(--rate, open loop: how late each one is, counted from when it was due, so that a stall counts in full). Each one is seen "
            + "to come exactly once."
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "  ./gmq bench --start                         a broker of its own",
        "  ./gmq bench --start --size 200,1KiB,16KiB   messages of several lengths",
        "  ./gmq bench --start --rate half --ceiling   how late, at half of its speed",
        "  ./gmq bench --html bench.html               the broker that runs",
        "",
        "Where the broker has accounts, --user needs the rights publish, consume and",
        "configure on queues of one word ('*'): the load makes its own, bench-..., and",
        "removes them at the end.",
        "",
        "A message begins with a stamp of 24 letters. One shorter than 24 bytes (18 as",
        "base64) has its number only, and no latency of delivery; one shorter than 8 is",
        "counted, no more."
    })
final class BenchCommand implements Callable<Integer> {
    private static final String HALF = "half";
    private static final Duration WARM = Duration.ofSeconds(4);

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOptions broker;

    @Mixin
    private StartOptions start;

    @Mixin
    private LoadOptions load;

    @Option(names = "--rate", paramLabel = "N",
        description = "Messages that are due in a second, from all producers together; 'half' is half of what the closed loop reaches, "
            + "which is measured before.")
    private String rate = "";

    @Option(names = "--ceiling",
        description = "Also load a server that does nothing, which is what the generator itself can do, and a bare echo, which is what sockets cost.")
    private boolean ceiling;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with tables and plots, too.")
    private Path html;

    @Mixin
    private HelpOption help;

    BenchCommand(final Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        final double fixedRate = rate.isEmpty() || rate.equals(HALF) ? 0 : number(rate);
        // GMQ_USER is somebody of the broker that runs.
        final Optional<Credentials> credentials = start.isStarting() && !broker.isUserNamed() ? Optional.empty() : broker.credentials(shell);
        final String prefix = "bench-" + Long.toHexString(System.nanoTime() & 0xFFFFFFFFL);
        final List<LoadPlan> plans = load.sizes().stream().map(bytes -> load.plan(bytes, prefix)).toList();
        final BenchReport report;
        try (Progress progress = new Progress(spec.commandLine().getErr(), shell.errorsIsTerminal())) {
            report = run(plans, fixedRate, credentials, progress);
        } catch (final LoadException e) {
            return Ending.of(e);
        }
        print(report);
        return report.hasErrors() ? 1 : 0;
    }

    private BenchReport run(
        final List<LoadPlan> plans, final double fixedRate, final Optional<Credentials> credentials, final Progress progress)
        throws InterruptedException {
        if (start.isStarting()) {
            try (OwnBroker own = start.start(load)) {
                return run(plans, fixedRate, Loaded.own(own, credentials), progress);
            }
        }
        final Loaded running = Loaded.running(broker, shell, start);
        if (running.endpoint().tls().isPresent() && plans.get(0).topology().idle() > 0) {
            throw new ParameterException(spec.commandLine(), "--connections is for connections without TLS");
        }
        return run(plans, fixedRate, running, progress);
    }

    private double number(final String text) {
        try {
            final double value = Double.parseDouble(text);
            if (value > 0 && value < 1e9) {
                return value;
            }
        } catch (final NumberFormatException e) {
            // Said below.
        }
        throw new ParameterException(spec.commandLine(), "--rate is '" + text + "', must be a number of messages a second, or half");
    }

    private BenchReport run(final List<LoadPlan> plans, final double fixedRate, final Loaded loaded, final Progress progress)
        throws InterruptedException {
        final BrokerInfo info = loaded.ask(plans.get(0).queue(0));
        final GmqWire wire = new GmqWire(load.wireOptions().greeting(loaded.greeting()));
        if (start.isStarting()) {
            warm(plans.get(0), wire, loaded.endpoint(), progress);
        }
        final Bench bench = new Bench(progress, secondsOfAll(plans.size(), fixedRate));
        final long pid = loaded.pid();
        final Bench.Target target = Bench.Target.of(wire, loaded.endpoint(), pid);
        final int idle = plans.get(0).topology().idle();
        final double before = ProcessUsage.residentBytes(pid);
        try (IdleConnections idles = new IdleConnections(wire, loaded.endpoint().address(), idle, opened -> progress.update(() -> opened + " connections"))) {
            final double idleBytes = idle == 0 ? Double.NaN : (ProcessUsage.residentBytes(pid) - before) / idle;
            final List<Measured> all = new ArrayList<>();
            for (final LoadPlan plan : plans) {
                measure(bench, plan, target, fixedRate, all);
            }
            return new BenchReport(info, load, all, idles.size(), idleBytes, start.words());
        }
    }

    /** A broker that has just been started is not as fast as it will be: its code is not compiled yet. */
    private static void warm(final LoadPlan plan, final Wire wire, final Endpoint endpoint, final Progress progress) throws InterruptedException {
        final LoadPlan only = new LoadPlan(plan.topology(), plan.bytes(), plan.batch(), plan.window(), 0,
            Pace.closed(Duration.ZERO, WARM), plan.prefix());
        new Bench(progress, 0).measure("warming the broker up", only, Bench.Target.of(wire, endpoint, 0), 1);
    }

    private double secondsOfAll(final int sizes, final double fixedRate) {
        final int closed = fixedRate > 0 ? 0 : load.rounds() + (ceiling ? 2 : 0);
        final int open = rate.isEmpty() ? 0 : load.rounds() + (ceiling ? 1 : 0);
        return sizes * (closed + open) * load.roundSeconds();
    }

    private void measure(final Bench bench, final LoadPlan plan, final Bench.Target target, final double fixedRate, final List<Measured> all)
        throws InterruptedException {
        double openRate = fixedRate;
        if (fixedRate == 0) {
            final Measured closed = bench.measure(BenchReport.CLOSED, plan, target, load.rounds());
            all.add(closed);
            openRate = rate.equals(HALF) ? closed.perSecond() / 2 : 0;
            if (ceiling) {
                all.add(ceiling(bench, plan));
                all.add(echo(bench, plan, plan.pace()));
            }
        }
        if (openRate > 0) {
            final Pace pace = new Pace(openRate, plan.pace().warmup(), plan.pace().duration(), plan.pace().messages());
            all.add(bench.measure(BenchReport.OPEN, plan.at(pace), target, load.rounds()));
            if (ceiling) {
                all.add(echo(bench, plan, pace));
            }
        }
    }

    private Measured ceiling(final Bench bench, final LoadPlan plan) throws InterruptedException {
        try (ChildProcess server = NullServer.start("gmq")) {
            final LoadPlan same = new LoadPlan(plan.topology(), plan.bytes(), plan.batch(), plan.window(), 0, plan.pace(), plan.prefix());
            return bench.measure(BenchReport.CEILING, same, target(server, new GmqWire(load.wireOptions())), 1);
        }
    }

    private static Measured echo(final Bench bench, final LoadPlan plan, final Pace pace) throws InterruptedException {
        try (ChildProcess server = EchoServer.start()) {
            final Topology senders = new Topology(plan.topology().producers(), 0, plan.topology().queues(), plan.topology().threads(), 0);
            final LoadPlan echoed = new LoadPlan(senders, plan.bytes(), plan.batch(), plan.window(), 0, pace, plan.prefix());
            return bench.measure(BenchReport.ECHO, echoed, target(server, new EchoWire()), 1);
        }
    }

    private static Bench.Target target(final ChildProcess server, final Wire wire) {
        return Bench.Target.of(wire, Endpoint.plain(new InetSocketAddress("127.0.0.1", server.port())), server.pid());
    }

    private void print(final BenchReport report) throws IOException {
        if (json) {
            spec.commandLine().getOut().println(report.json());
        } else {
            report.text(shell.colour()).forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
        if (html != null) {
            Files.writeString(html, report.html());
            if (!Plot.whyNot().isEmpty()) {
                spec.commandLine().getErr().println("gmq: " + html + " is without plots: " + Plot.whyNot());
                spec.commandLine().getErr().flush();
            }
        }
    }
}
