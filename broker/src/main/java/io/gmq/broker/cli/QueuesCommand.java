package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.QueueInfo;
import io.gmq.client.QueuePage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the queues and how many messages each holds. */
@Command(
    name = "queues",
    description = "List the queues and how many messages each holds.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
        "",
        "A message is ready (can be taken), delayed (not yet), leased (taken, not yet",
        "acknowledged) or parked (set aside); length is all of them.",
        "",
        "With --json, one object for each queue: queue (its name), ready, delayed,",
        "leased, parked, length."
    })
final class QueuesCommand implements Callable<Integer> {
    private static final int PAGE_MAX = 1000;
    private static final String[] COUNTS = {"ready", "delayed", "leased", "parked", "length"};

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only those whose names begin so.")
    private String prefix = "";

    @Option(names = "--json", description = "Print one JSON object per queue.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    @Mixin
    private HelpOption help;

    QueuesCommand(final Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        final List<QueueInfo> queues = new ArrayList<>();
        try (GmqClient client = broker.connect(shell.environment());
            Progress progress = new Progress(spec.commandLine().getErr(), shell.errorsIsTerminal())) {
            QueuePage page = client.queues(prefix, "", PAGE_MAX).join();
            queues.addAll(page.queues());
            while (page.more() && !page.queues().isEmpty()) {
                page = client.queues(prefix, queues.get(queues.size() - 1).name(), PAGE_MAX).join();
                queues.addAll(page.queues());
                progress.update(() -> String.format("%,d queues read", queues.size()));
            }
        }
        if (json) {
            queues.forEach(this::printJson);
        } else {
            printTable(queues);
        }
        return ExitCodes.OK;
    }

    private void printJson(final QueueInfo queue) {
        final JsonLine line = new JsonLine().with("queue", queue.name());
        final long[] counts = counts(queue);
        for (int i = 0; i < COUNTS.length; i++) {
            line.with(COUNTS[i], counts[i]);
        }
        out().println(line);
    }

    private void printTable(final List<QueueInfo> queues) {
        if (queues.isEmpty() && shell.errorsIsTerminal()) {
            spec.commandLine().getErr().println(prefix.isEmpty()
                ? "gmq: no queues yet; the first message published to one creates it"
                : "gmq: no queue's name begins with '" + Escapes.line(prefix) + "'");
            return;
        }
        int width = "queue".length();
        for (final QueueInfo queue : queues) {
            width = Math.max(width, shown(queue).codePointCount(0, shown(queue).length()));
        }
        final StringBuilder header = new StringBuilder(padded("queue", width));
        for (final String count : COUNTS) {
            header.append(String.format("  %10s", count));
        }
        out().println(shell.colour() ? BOLD + header + PLAIN : header);
        for (final QueueInfo queue : queues) {
            final StringBuilder row = new StringBuilder(padded(shown(queue), width));
            for (final long count : counts(queue)) {
                row.append(String.format("  %10d", count));
            }
            out().println(row);
        }
    }

    private String shown(final QueueInfo queue) {
        return shell.outIsTerminal() ? Escapes.line(queue.name()) : queue.name();
    }

    private static String padded(final String name, final int width) {
        return name + " ".repeat(width - name.codePointCount(0, name.length()));
    }

    private static long[] counts(final QueueInfo queue) {
        final var counts = queue.counts();
        return new long[] {counts.ready(), counts.delayed(), counts.leased(), counts.parked(), counts.length()};
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
