package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.QueueInfo;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the queues as they change. */
@Command(
    name = "top",
    description = {
        "Show the queues as they change, busiest first.",
        "",
        "A table says how many messages there are, and how many come and go in a second; Ctrl-C ends it. On a terminal it is refreshed in "
            + "its place; elsewhere each one is printed below the last."
    },
    footer = {
        "",
        "  ./gmq top",
        "  ./gmq top --once --prefix orders       what happens within a second",
        "",
        "With --json, one object for each refresh: time_ms, interval_ms and queues, a",
        "list of what './gmq queues --json' prints, with published_per_s,",
        "delivered_per_s and acked_per_s."
    })
final class TopCommand extends Operation {
    private static final String CLEAR_BELOW = "\u001b[J";
    /** What is wider than the terminal is cut off: a line that went on in the next would not be cleared. */
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";

    /** What a terminal has to have room for besides the queues: three lines above them, one below, and the cursor's. */
    private static final int LINES_AROUND = 5;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only queues whose names begin so.")
    private String prefix = "";

    @Option(names = "--interval", paramLabel = "TIME", description = "How often to look (default: 1s).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--max", paramLabel = "N", description = "So many queues in the table (default: 15).")
    private int max = 15;

    @Option(names = "--once", description = "Look for one interval, print what there is, and end.")
    private boolean once;

    @Option(names = "--json", description = "Print one JSON object per refresh.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    /** The lines of the table that stands on the terminal. */
    private int standing;
    private boolean printed;

    TopCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws Exception {
        if (interval.isZero()) {
            throw wrong("--interval is 0, must be longer");
        }
        checkCount("--max", max);
        return Interrupt.ending(this::show);
    }

    private int show() {
        final boolean inPlace = shell.outIsTerminal() && !json && !once;
        try (GmqClient client = broker.connect(shell)) {
            List<QueueInfo> before = read(client);
            long beforeNs = System.nanoTime();
            if (inPlace) {
                print(new TopSample(before, null, 0), true);
            }
            do {
                Thread.sleep(interval.toMillis());
                final List<QueueInfo> queues = read(client);
                final long nowNs = System.nanoTime();
                print(new TopSample(queues, before, Math.max(1, nowNs - beforeNs) / 1e9), inPlace);
                before = queues;
                beforeNs = nowNs;
            } while (!once);
        } catch (final InterruptedException e) {
            // Ctrl-C: that is how it ends.
        }
        return ExitCodes.OK;
    }

    private List<QueueInfo> read(final GmqClient client) {
        return AllQueues.read(client, prefix, count -> { });
    }

    private void print(final TopSample sample, final boolean inPlace) throws InterruptedException {
        final PrintWriter out = out();
        if (json) {
            out.println(sample.json(System.currentTimeMillis()));
        } else {
            final int fitting = inPlace ? Math.max(1, terminalRows() - LINES_AROUND) : max;
            final List<String> lines = sample.text(Math.min(max, fitting), shell.outIsTerminal(), shell.colour());
            if (inPlace && standing > 0) {
                out.print("\u001b[" + standing + 'A' + CLEAR_BELOW);
            } else if (printed) {
                out.println();
            }
            out.print(inPlace ? WRAP_OFF : "");
            lines.forEach(out::println);
            out.print(inPlace ? WRAP_ON : "");
            standing = lines.size();
        }
        printed = true;
        checkOutput();
    }

    /** The height of the terminal, which may change at any time; without end where nobody can tell. */
    private static int terminalRows() throws InterruptedException {
        try {
            final Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            stty.waitFor();
            final int rows = Integer.parseInt(size.strip().split(" ")[0]);
            return rows > 0 ? rows : Integer.MAX_VALUE;
        } catch (final IOException | NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
