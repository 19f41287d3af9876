package io.gmq.bench.cli;

import io.gmq.bench.load.LoadResult;
import io.gmq.bench.report.Axis;
import io.gmq.bench.report.Html;
import io.gmq.bench.report.Json;
import io.gmq.bench.report.MachineInfo;
import io.gmq.bench.report.Measured;
import io.gmq.bench.report.Numbers;
import io.gmq.bench.report.Plot;
import io.gmq.bench.report.Series;
import io.gmq.broker.cli.Table;
import io.gmq.client.BrokerInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What {@code gmq bench} has found, as a table, as JSON, and as a page. */
final class BenchReport {
    static final String CLOSED = "closed loop";
    static final String OPEN = "open loop";
    static final String CEILING = "ceiling";
    static final String ECHO = "bare echo";
    /** Above that, the generator may be what is measured. */
    private static final double BUSY = 0.8;
    private static final int COLUMN_WIDTH = 9;

    private final BrokerInfo broker;
    private final LoadOptions load;
    private final List<Measured> all;
    private final int idle;
    private final double idleBytes;
    private final String settings;

    /**
     * @param idle      connections that did nothing.
     * @param idleBytes of the broker's memory for each of them; NaN where it is not known.
     * @param settings  with which a broker of its own was started.
     */
    BenchReport(
        final BrokerInfo broker, final LoadOptions load, final List<Measured> all, final int idle, final double idleBytes, final String settings) {
        this.broker = broker;
        this.load = load;
        this.all = all;
        this.idle = idle;
        this.idleBytes = idleBytes;
        this.settings = settings;
    }

    boolean hasErrors() {
        return all.stream().anyMatch(measured -> measured.errors() > 0);
    }

    private String level() {
        return load.durability().isEmpty() ? broker.durability() : load.durability();
    }

    private String title(final Measured measured) {
        final String rate = measured.plan().pace().perSecond() > 0 ? " at " + Numbers.whole(measured.plan().pace().perSecond()) + "/s" : "";
        return measured.name() + ", " + Numbers.bytes(measured.plan().bytes()) + rate;
    }

    private String loadLine() {
        final Measured first = all.get(0);
        return Numbers.count(first.plan().topology().producers(), "producer") + ", "
            + Numbers.count(first.plan().topology().consumers(), "consumer") + ", " + Numbers.count(first.plan().topology().queues(), "queue")
            + ", window " + Numbers.whole(first.plan().window()) + (first.plan().batch() > 1 ? ", " + first.plan().batch() + " messages a publish" : "")
            + (first.plan().backlog() > 0 ? ", backlog " + Numbers.whole(first.plan().backlog()) : "") + ", " + load.words() + "; "
            + Numbers.count(load.rounds(), "round");
    }

    private String brokerLine() {
        return broker.software() + ", storage " + broker.storage() + ", confirmed at '" + level() + "'" + (settings.isEmpty() ? "" : ", " + settings);
    }

    // ---- for a terminal ----

    List<String> text(final boolean colour) {
        final List<String> lines = new ArrayList<>(List.of(brokerLine(), loadLine(), MachineInfo.line(), ""));
        final Table speed = new Table(COLUMN_WIDTH, "", "messages/s", "least", "most", "MB/s", "CPU s/million", "generator busy");
        all.forEach(measured -> speed.row(speedRow(measured).toArray(String[]::new)));
        lines.addAll(speed.lines(colour));
        lines.add("");
        final Table latency = new Table(COLUMN_WIDTH, "latency", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "max");
        latencyRows().forEach(row -> latency.row(row.toArray(String[]::new)));
        lines.addAll(latency.lines(colour));
        final List<String> notes = notes();
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        return lines;
    }

    private List<String> speedRow(final Measured measured) {
        return List.of(title(measured), Numbers.whole(measured.perSecond()), Numbers.whole(measured.least(LoadResult::perSecond)),
            Numbers.whole(measured.most(LoadResult::perSecond)), Numbers.decimals(measured.perSecond() * measured.plan().bytes() / 1e6, 1),
            Numbers.decimals(measured.median(LoadResult::brokerCpuPerMillion), 2), Numbers.percent(measured.generatorShare()));
    }

    private List<List<String>> latencyRows() {
        final List<List<String>> rows = new ArrayList<>();
        for (final Measured measured : all) {
            addRow(rows, title(measured) + (measured.name().equals(ECHO) ? "" : ", confirmed"), measured.confirms());
            addRow(rows, title(measured) + ", delivered", measured.deliveries());
        }
        return rows;
    }

    private static void addRow(final List<List<String>> rows, final String name, final Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            final List<String> row = new ArrayList<>(List.of(name));
            Measured.PERCENTILES.forEach(percentile -> row.add(Numbers.time(histogram.getValueAtPercentile(percentile))));
            row.add(Numbers.time(histogram.getMaxValue()));
            rows.add(row);
        }
    }

    private List<String> notes() {
        final List<String> notes = new ArrayList<>();
        if (idle > 0) {
            notes.add(Numbers.count(idle, "idle connection") + (Double.isNaN(idleBytes) ? "" : ", "
                + Numbers.decimals(idleBytes / 1024, 1) + " KiB of the broker's memory each"));
        }
        for (final Measured measured : all) {
            if (measured.errors() > 0) {
                notes.add(title(measured) + ": " + measured.errors() + " messages were lost or came twice");
            }
            if (measured.generatorShare() > BUSY && measured.name().equals(CLOSED)) {
                notes.add(title(measured) + ": the generator was busy for " + Numbers.percent(measured.generatorShare())
                    + " of the time; the broker may be faster than this says (--ceiling, --threads)");
            }
        }
        return notes;
    }

    // ---- for a program ----

    String json() {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("software", broker.software());
        root.put("storage", broker.storage());
        root.put("durability", level());
        root.put("load", load.words());
        root.put("settings", settings);
        root.put("machine", MachineInfo.json());
        root.put("idle_connections", idle);
        root.put("bytes_per_idle_connection", idleBytes);
        root.put("measured", all.stream().map(Measured::json).toList());
        return Json.line(root);
    }

    // ---- a page ----

    String html() {
        final Html page = new Html("GMQ benchmark", MachineInfo.now() + " · " + MachineInfo.line());
        page.summary(summary());
        page.heading("Load").paragraph(brokerLine() + ".").paragraph(loadLine() + ".");
        notes().forEach(page::paragraph);
        page.heading("Speed");
        page.table(List.of("", "messages/s", "least", "most", "MB/s", "broker CPU s per million", "generator busy"),
            all.stream().map(this::speedRow).toList());
        page.plot(speedPlot(), "Messages per second by message length; medians of the rounds.");
        page.heading("Latency");
        page.table(List.of("", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "max"), latencyRows());
        for (final int bytes : all.stream().map(measured -> measured.plan().bytes()).distinct().toList()) {
            page.plot(Plot.percentiles(curves(bytes)), "Messages of " + Numbers.bytes(bytes) + ": how late they were; to the right, ever rarer ones.");
        }
        page.note("In a closed loop, latency counts from when a message was sent, and is mostly the wait behind the window's others; in an open "
            + "loop from when it was due.");
        if (!Plot.whyNot().isEmpty()) {
            page.note("Without plots: " + Plot.whyNot() + ".");
        }
        return page.details("All figures as JSON", json()).page();
    }

    private List<Series> curves(final int bytes) {
        final List<Series> curves = new ArrayList<>();
        for (final Measured measured : all) {
            if (measured.plan().bytes() == bytes && !measured.name().equals(CEILING)) {
                final boolean isOpen = measured.plan().pace().perSecond() > 0;
                if (measured.name().equals(ECHO)) {
                    addCurve(curves, "bare echo, " + (isOpen ? OPEN : CLOSED), measured.confirms());
                    continue;
                }
                addCurve(curves, measured.name() + ", confirmed", measured.confirms());
                addCurve(curves, measured.name() + ", delivered", measured.deliveries());
            }
        }
        return curves;
    }

    private static void addCurve(final List<Series> curves, final String name, final Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            curves.add(Measured.curve(name, histogram));
        }
    }

    private List<String> summary() {
        final List<String> sentences = new ArrayList<>();
        for (final Measured measured : all) {
            if (measured.name().equals(CLOSED)) {
                sentences.add(Numbers.whole(measured.perSecond()) + " messages of " + Numbers.bytes(measured.plan().bytes())
                    + " a second, published, confirmed at '" + level() + "', delivered and settled.");
            } else if (measured.name().equals(OPEN)) {
                sentences.add("At " + Numbers.whole(measured.plan().pace().perSecond()) + " messages of " + Numbers.bytes(measured.plan().bytes())
                    + " a second, half of them are confirmed within " + Numbers.time(measured.confirms().getValueAtPercentile(50))
                    + " of when they were due, 99.9 % within " + Numbers.time(measured.confirms().getValueAtPercentile(99.9)) + ".");
            }
        }
        return sentences;
    }

    private Optional<String> speedPlot() {
        final List<Measured> closed = all.stream().filter(measured -> measured.name().equals(CLOSED)).toList();
        return closed.size() < 2 ? Optional.empty()
            : Plot.bars(Axis.linear("message length"), Axis.linear("messages per second"), List.of(new Series(CLOSED,
                closed.stream().map(measured -> Numbers.bytes(measured.plan().bytes())).toList(), closed.stream().map(Measured::perSecond).toList())));
    }
}
