package io.gmq.broker.cli;

import io.gmq.client.QueueInfo;
import io.gmq.client.QueueTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All queues at one moment, and what they have done since the moment before. */
final class TopSample {
    /** Busiest first, then longest, then by name. */
    private static final Comparator<Line> ORDER = Comparator.comparingDouble((Line line) -> line.rates == null ? 0 : -line.rates.sum())
        .thenComparing(line -> -line.queue.counts().length()).thenComparing(line -> line.queue.name());

    private final List<Line> lines = new ArrayList<>();
    private final double seconds;

    /** A queue; {@code rates} is {@code null} in the first sample. */
    private record Line(QueueInfo queue, QueueRates rates) {
    }

    /**
     * Makes a sample.
     *
     * @param before  what was there before; {@code null} if nobody has looked.
     * @param seconds how long ago that was.
     */
    TopSample(final List<QueueInfo> queues, final List<QueueInfo> before, final double seconds) {
        this.seconds = seconds;
        final Map<String, QueueTotals> totals = new HashMap<>();
        if (before != null) {
            before.forEach(queue -> totals.put(queue.name(), queue.totals()));
        }
        for (final QueueInfo queue : queues) {
            lines.add(new Line(queue, before == null ? null : QueueRates.between(totals.get(queue.name()), queue.totals(), seconds)));
        }
        lines.sort(ORDER);
    }

    JsonLine json(final long timeMs) {
        final List<JsonLine> queues = new ArrayList<>();
        for (final Line line : lines) {
            final JsonLine json = QueueReport.json(new JsonLine().with("queue", line.queue.name()), line.queue);
            if (line.rates != null) {
                json.with("published_per_s", line.rates.published())
                    .with("delivered_per_s", line.rates.delivered())
                    .with("acked_per_s", line.rates.acked());
            }
            queues.add(json);
        }
        return new JsonLine().with("time_ms", timeMs).with("interval_ms", Math.round(seconds * 1000)).with("queues", queues);
    }

    /** A table of the first queues, with a line above it for all of them. */
    List<String> text(final int max, final boolean terminal, final boolean colour) {
        final Table table = new Table(
            7, "queue", "published/s", "delivered/s", "acked/s", "ready", "leased", "delayed", "parked", "oldest");
        QueueRates all = new QueueRates(0, 0, 0);
        long messages = 0;
        for (int i = 0; i < lines.size(); i++) {
            final Line line = lines.get(i);
            messages += line.queue.counts().length();
            all = line.rates == null ? null : all.plus(line.rates);
            if (i < max) {
                table.row(row(line, terminal));
            }
        }
        final List<String> text = new ArrayList<>();
        text.add(lines.size() + (lines.size() == 1 ? " queue, " : " queues, ") + QueueOperation.messages(messages) + (all == null ? ""
            : ", a second: " + number(all.published()) + " published, " + number(all.delivered()) + " delivered, " + number(all.acked())
                + " acked"));
        text.add("");
        text.addAll(table.lines(colour));
        if (lines.size() > max) {
            text.add("and " + (lines.size() - max) + " more; --max " + (terminal ? "or a taller terminal " : "") + "shows more of them");
        }
        return text;
    }

    private static String[] row(final Line line, final boolean terminal) {
        final QueueInfo queue = line.queue;
        final QueueRates rates = line.rates;
        return new String[] {
            terminal ? Escapes.line(queue.name()) : queue.name(),
            rates == null ? "-" : number(rates.published()),
            rates == null ? "-" : number(rates.delivered()),
            rates == null ? "-" : number(rates.acked()),
            Long.toString(queue.counts().ready()),
            Long.toString(queue.counts().leased()),
            Long.toString(queue.counts().delayed()),
            Long.toString(queue.counts().parked()),
            queue.oldestReadyMs().isPresent() ? Durations.about(queue.oldestReadyMs().getAsLong()) : "-"};
    }

    private static String number(final double rate) {
        return rate == 0 ? "0" : String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate);
    }
}
