package io.gmq.broker.cli;

import io.gmq.broker.history.Arrival;
import io.gmq.broker.history.Arrivals;
import io.gmq.broker.history.Base;
import io.gmq.broker.history.History;
import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import io.gmq.engine.api.StateMachine;
import io.gmq.journal.chronicle.JournalFault;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes again what was published. */
@Command(
    name = "replay",
    description = "Publish again, to a broker that runs, what came into a queue within a part of the past.",
    footer = {
        "",
        "Examples:",
        "  ./gmq journal replay --queue orders --from -1h --to 127.0.0.1:4884",
        "  ./gmq journal replay --data /backup/gmq --queue orders --as orders-again \\",
        "      --from 2026-11-25T19:00 --until 2026-11-25T19:05 --pace 10x \\",
        "      --to test.example:4884",
        "  ./gmq journal replay --queue orders --user shop --ca ca.pem \\",
        "      --to broker.example:4885",
        "",
        "A point is a sequence, a time (ISO, local unless it names a zone) or an age",
        "(-10m). What is at both points counts.",
        "",
        "That is all that was published to the queue, by its name or by a topic, and",
        "its dead letters, whatever has become of it since. Payload, priority, headers,",
        "delay and time to live are as they were, the last two counted from now; ids",
        "are new. Where the broker has accounts, the user needs the right to publish.",
        "",
        "With --json, one object: queue, published, refused, first and last (new ids)."
    })
final class JournalReplayCommand extends JournalOperation {
    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "The broker to publish to.")
    private String to;

    @Option(names = {"-q", "--queue"}, required = true, paramLabel = "NAME", description = "The queue, as it was called then.")
    private String queue;

    @Option(names = "--as", paramLabel = "NAME", description = "The queue to publish to (default: of the same name).")
    private String as;

    @Option(names = "--from", paramLabel = "POINT", description = "From this point on (default: the beginning).")
    private Moment from;

    @Option(names = "--until", paramLabel = "POINT", description = "Up to this point (default: the end).")
    private Moment until;

    @Option(names = "--pace", paramLabel = "PACE", description = "none: at once (default); original: as then; 10x: so many times as fast.")
    private Pace pace = Pace.NONE;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ConnectOptions connect;

    private final long startMs = System.currentTimeMillis();
    private long firstMs = -1;
    private long firstNs;

    JournalReplayCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final Address address = Address.parse(to);
        if (address == null) {
            throw wrong("--to is '" + to + "', must be HOST:PORT, like 127.0.0.1:4884");
        }
        final ClientOptions options = connect.client(shell);
        final String target = as == null ? queue : as;
        final ReplayedMessages messages;
        final Optional<JournalFault> fault;
        try (Progress progress = progress()) {
            final History history = history(progress, "replaying");
            try (GmqClient client = GmqClient.connect(address.host(), address.port(), options)) {
                messages = new ReplayedMessages(client, target);
                fault = replay(history, messages, progress);
                messages.awaitAll();
            }
        }
        print(target, messages);
        failOn(fault, "what is known of it");
        return messages.refused() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private Optional<JournalFault> replay(final History history, final ReplayedMessages messages, final Progress progress) {
        final Range range = new Range(from, until);
        final Base base = history.newest(range::isAllAfter);
        final StateMachine engine = history.engineAt(base);
        final Arrivals arrivals = new Arrivals(engine, queue);
        return history.walk(base.sequence(), engine.inspector().nowMs(), (sequence, timeMs, buffer, offset, length) -> {
            // What this command publishes may come into the very journal that it reads.
            if (range.isAfter(sequence, timeMs) || timeMs > startMs) {
                return false;
            }
            if (range.isBefore(sequence, timeMs)) {
                arrivals.apply(buffer, offset, length);
            } else {
                arrivals.apply(timeMs, buffer, offset, length, arrival -> publish(arrival, messages, progress));
            }
            return true;
        });
    }

    private void publish(final Arrival arrival, final ReplayedMessages messages, final Progress progress) {
        if (firstMs < 0) {
            firstMs = arrival.timeMs();
            firstNs = System.nanoTime();
        }
        final long dueNs = firstNs + pace.delayNs(arrival.timeMs() - firstMs);
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(leftNs, 200_000_000L));
            progress.update(() -> line(arrival, messages));
        }
        messages.publish(arrival);
        progress.update(() -> line(arrival, messages));
    }

    private static String line(final Arrival arrival, final ReplayedMessages messages) {
        return String.format(Locale.ROOT, "%,d messages published, at %s", messages.published(), Times.iso(arrival.timeMs()));
    }

    private void print(final String target, final ReplayedMessages messages) {
        if (json) {
            final JsonLine line = new JsonLine().with("queue", target).with("published", messages.published()).with("refused", messages.refused());
            out().println(messages.first() < 0 ? line : line.with("first", messages.first()).with("last", messages.last()));
        } else {
            out().println("published " + QueueOperation.messages(messages.published()) + " to '" + shown(target) + "'"
                + (messages.refused() == 0 ? "" : ", " + messages.refused() + " refused"));
        }
        if (messages.refused() > 0) {
            note("the first refusal: " + messages.refusal());
        } else if (messages.published() == 0) {
            note("nothing came into queue '" + queue + "' then");
        }
    }
}
