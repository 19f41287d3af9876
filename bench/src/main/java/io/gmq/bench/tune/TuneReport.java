package io.gmq.bench.tune;

import io.gmq.bench.report.Axis;
import io.gmq.bench.report.Html;
import io.gmq.bench.report.Json;
import io.gmq.bench.report.MachineInfo;
import io.gmq.bench.report.Numbers;
import io.gmq.bench.report.Plot;
import io.gmq.bench.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What {@code gmq tune} leaves: a page, its figures, and the configuration. */
public final class TuneReport {
    private static final List<String> HEADER = List.of("", "messages/s", "MB/s", "CPU s/million", "50 %", "99 %", "99.9 %");

    private final Findings findings;
    private final Advice advice;
    private final List<String> fixed;
    private final int window;
    private final double seconds;
    private final String fileSystem;

    TuneReport(final Findings findings, final Advice advice, final List<String> fixed, final int window, final double seconds,
        final String fileSystem) {
        this.findings = findings;
        this.advice = advice;
        this.fixed = fixed;
        this.window = window;
        this.seconds = seconds;
        this.fileSystem = fileSystem;
    }

    /** Key, value and reason of each value that is recommended. */
    public List<List<String>> values() {
        return advice.values().stream().map(value -> List.of(value.key(), shown(value), value.reason())).toList();
    }

    private static String shown(final Advice.Value value) {
        return value.value() instanceof final Integer number
            ? value.key().equals(Point.LENGTH_KEY) ? Numbers.bytes(number) : Numbers.whole(number) : value.value().toString();
    }

    /** How it compares with the defaults. */
    public String verdict() {
        return advice.verdict();
    }

    /** For {@code gmq server -f}. */
    public String configuration() {
        return Json.pretty(advice.configuration(fixed)) + "\n";
    }

    /** All figures. */
    public String json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", MachineInfo.json());
        all.put("window", window);
        all.put("file_system", fileSystem);
        all.put("fixed", fixed);
        all.put("seconds", seconds);
        all.put("verdict", advice.verdict());
        final List<Map<String, Object>> values = new ArrayList<>();
        for (final Advice.Value value : advice.values()) {
            final Map<String, Object> one = new LinkedHashMap<>();
            one.put("key", value.key());
            one.put("value", value.value());
            one.put("reason", value.reason());
            values.add(one);
        }
        all.put("recommended", values);
        all.put("measured", findings.json());
        return Json.line(all);
    }

    /** A page that needs nothing else. */
    public String html() {
        final Html page = new Html("GMQ on this machine", MachineInfo.now() + " · " + MachineInfo.line());
        page.summary(List.of(verdict(), "The settings, each with its reason, are below; the file gmq.json beside this page has them: gmq server -f gmq.json"));
        page.heading("Recommended").table(List.of("key", "value", "why"), values());
        page.details("gmq.json", configuration());
        threads(page);
        section(page, "Size of the ring", "ring.size: commands that may be on their way at a time.", findings.rings(),
            outcome -> Numbers.whole(outcome.point().ringSize()), "slots of the ring");
        lengths(page);
        capacities(page);
        page.heading("Against the defaults").paragraph(verdict());
        final List<List<String>> rounds = new ArrayList<>();
        findings.ofDefaults().forEach(outcome -> rounds.add(row("defaults", outcome)));
        findings.ofRecommended().forEach(outcome -> rounds.add(row("recommended", outcome)));
        page.table(HEADER, rounds);
        page.heading("How it was measured").paragraph("One producer and one consumer over TCP, a window of " + Numbers.whole(window)
            + " messages (fewer where they are long), text, pushed, settled as they come; each point on a broker process of its own with an empty data "
            + "folder (" + fileSystem + "), first as fast as it goes, then at half of that rate on a schedule for the latencies, which count from when a message was due to its "
            + "confirmation. It took " + Numbers.whole(seconds) + " s in all" + (fixed.isEmpty() ? "" : ", with " + String.join(" ", fixed)) + ".");
        page.paragraph("A full grid of all factors would take hours. So one factor is varied after the other, each around the best so far: threads and "
            + "durability together, then the ring, the length of messages, the capacity. Each point is measured once, and differences below "
            + Numbers.percent(Tuner.NOISE) + " count as noise; only the comparison with the defaults is repeated, and there rounds of the same settings "
            + "differed by up to " + Numbers.percent(advice.noise()) + ". Where that is much, run it on a quiet machine, and longer (--time).");
        if (!Plot.whyNot().isEmpty()) {
            page.note("Without plots: " + Plot.whyNot() + ".");
        }
        return page.details("All figures as JSON", json()).page();
    }

    private static List<String> row(final String name, final Outcome outcome) {
        return List.of(name, Numbers.whole(outcome.perSecond()), Numbers.decimals(outcome.bytesPerSecond() / 1e6, 1),
            Numbers.decimals(outcome.cpuPerMillion(), 2), Numbers.time(outcome.p50Ns()), Numbers.time(outcome.p99Ns()), Numbers.time(outcome.p999Ns()));
    }

    private void threads(final Html page) {
        page.heading("Threads and durability").paragraph("ring.profile, how the work is spread over threads, and journal.durability, what a confirmed "
            + "message survives: memory nothing, written a crash of the broker, synced the loss of power.");
        final Map<String, Series> series = new LinkedHashMap<>();
        final Map<String, List<Double>> ys = new LinkedHashMap<>();
        final List<String> levels = findings.threads().stream().map(outcome -> outcome.point().durability()).distinct().toList();
        for (final Outcome outcome : findings.threads()) {
            ys.computeIfAbsent(outcome.point().profile(), profile -> new ArrayList<>()).add(outcome.perSecond());
        }
        ys.forEach((profile, rates) -> series.put(profile, new Series(profile, levels, rates)));
        page.plot(Plot.bars(Axis.linear("durability"), Axis.linear("messages per second"), List.copyOf(series.values())),
            "Messages per second by level and profile.");
        page.table(HEADER, findings.threads().stream().map(outcome -> row(outcome.point().durability() + ", " + outcome.point().profile(), outcome)).toList(),
            findings.threads().indexOf(Tuner.best(findings.threads().stream()
                .filter(outcome -> outcome.point().durability().equals(levels.get(levels.size() - 1))).toList())));
        page.note("Latencies are of confirmations, at half of the rate to their left.");
    }

    private static void section(
        final Html page, final String heading, final String words, final List<Outcome> outcomes, final Function<Outcome, String> name, final String axis) {
        page.heading(heading).paragraph(words);
        bars(page, outcomes, name, axis, "messages per second", Outcome::perSecond);
        page.table(HEADER, outcomes.stream().map(outcome -> row(name.apply(outcome), outcome)).toList());
    }

    /** One alone needs no plot. */
    private static void bars(
        final Html page,
        final List<Outcome> outcomes,
        final Function<Outcome, String> name,
        final String axis,
        final String unit,
        final Function<Outcome, Double> value) {
        if (outcomes.size() > 1) {
            final Series series = new Series(unit, outcomes.stream().map(name).toList(), outcomes.stream().map(value).toList());
            page.plot(Plot.bars(Axis.linear(axis), Axis.linear(unit), List.of(series)), Character.toUpperCase(unit.charAt(0)) + unit.substring(1) + ".");
        }
    }

    private void lengths(final Html page) {
        final Function<Outcome, String> name = outcome -> Numbers.bytes(outcome.point().bytes());
        section(page, "Length of messages", "What queue.max_message_length allows; how long yours are, you choose.", findings.lengths(), name,
            "length of a message");
        bars(page, findings.lengths(), name, "length of a message", "megabytes per second", outcome -> outcome.bytesPerSecond() / 1e6);
    }

    private void capacities(final Html page) {
        page.heading("Capacity of queues").paragraph("queue.max_queue_capacity, measured with a queue that is half full all the time.");
        bars(page, findings.capacities(), outcome -> Numbers.whole(outcome.point().capacity()), "capacity of the queue", "messages per second",
            Outcome::perSecond);
        final List<String> header = new ArrayList<>(HEADER.subList(0, 4));
        header.addAll(List.of("waiting", "memory"));
        page.table(header, findings.capacities().stream().map(outcome -> {
            final List<String> row = new ArrayList<>(row(Numbers.whole(outcome.point().capacity()), outcome).subList(0, 4));
            row.addAll(List.of(Numbers.whole(outcome.point().backlog()), Numbers.whole(outcome.residentBytes() / (1 << 20)) + " MiB"));
            return row;
        }).toList());
    }
}
