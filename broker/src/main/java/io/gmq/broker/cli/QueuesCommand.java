package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.QueueInfo;
import io.gmq.client.QueueLength;
import io.gmq.client.QueueTotals;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the queues and how many messages each holds. */
@Command(
    name = "queues",
    description = "List the queues and how many messages each holds.",
    footer = {
        "",
        "A message is ready (can be taken), delayed (not yet), leased (taken, not yet",
        "acknowledged) or parked (set aside); length is all of them.",
        "",
        "With --json, one object for each queue: queue (its name), ready, delayed,",
        "leased, parked, length, bytes (of payloads), consumers, and, counted since the",
        "queue was created, published, delivered, acked, expired, dead_lettered, dropped;",
        "oldest_ready_ms, the age of the oldest ready message, where there is one.",
        "",
        "'./gmq top' shows them as they change."
    })
final class QueuesCommand extends Operation {
    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only those whose names begin so.")
    private String prefix = "";

    @Option(names = "--details", description = "Print all that is counted of them.")
    private boolean details;

    @Option(names = "--json", description = "Print one JSON object per queue.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    QueuesCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final List<QueueInfo> queues;
        try (GmqClient client = broker.connect(shell); Progress progress = progress()) {
            queues = AllQueues.read(client, prefix, count -> progress.update(() -> String.format("%,d queues read", count)));
        }
        if (json) {
            queues.forEach(this::printJson);
        } else {
            printTable(queues);
        }
        return ExitCodes.OK;
    }

    private void printJson(final QueueInfo queue) {
        out().println(QueueReport.json(new JsonLine().with("queue", queue.name()), queue));
    }

    private void printTable(final List<QueueInfo> queues) {
        if (queues.isEmpty() && shell.errorsIsTerminal()) {
            errors().println(prefix.isEmpty()
                ? "gmq: no queues yet; the first message published to one creates it"
                : "gmq: no queue's name begins with '" + Escapes.line(prefix) + "'");
            return;
        }
        final Table table = details
            ? new Table(10, "queue", "ready", "delayed", "leased", "parked", "length", "bytes", "consumers", "published", "delivered",
                "acked", "expired", "dead letters", "dropped", "oldest")
            : new Table(10, "queue", "ready", "delayed", "leased", "parked", "length");
        queues.forEach(queue -> table.row(row(queue)));
        print(table);
    }

    private String[] row(final QueueInfo queue) {
        final List<String> row = new ArrayList<>();
        final QueueLength counts = queue.counts();
        row.add(shown(queue.name()));
        add(row, counts.ready(), counts.delayed(), counts.leased(), counts.parked(), counts.length());
        if (details) {
            final QueueTotals totals = queue.totals();
            add(row, queue.bytes(), queue.consumers(), totals.published(), totals.delivered(), totals.acked(), totals.expired(),
                totals.deadLettered(), totals.dropped());
            row.add(queue.oldestReadyMs().isPresent() ? Durations.about(queue.oldestReadyMs().getAsLong()) : "-");
        }
        return row.toArray(String[]::new);
    }

    private static void add(final List<String> row, final long... numbers) {
        for (final long number : numbers) {
            row.add(Long.toString(number));
        }
    }
}
