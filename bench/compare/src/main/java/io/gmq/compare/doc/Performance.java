package io.gmq.compare.doc;

import io.gmq.bench.report.Numbers;
import io.gmq.compare.peer.Level;
import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Comparison;
import io.gmq.compare.run.Figure;
import io.gmq.compare.run.Summary;
import io.gmq.compare.run.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The document. */
final class Performance {
    private static final String NONE = "–";
    private static final String GMQ = "gmq-";
    private static final String SYNCED = GMQ + Level.SYNCED.word();

    private final Outcome outcome;
    private final String handWritten;
    private final Map<String, String> plots;

    /**
     * @param handWritten what stands between the marks.
     * @param plots       links to those that could be drawn, by {@link #plotName}.
     */
    Performance(final Outcome outcome, final String handWritten, final Map<String, String> plots) {
        this.outcome = outcome;
        this.handWritten = handWritten;
        this.plots = plots;
    }

    static String plotName(final Table table, final Level level) {
        return table.word() + "-" + level.word();
    }

    String text() {
        final Markdown text = new Markdown();
        text.heading(1, "GMQ and others, side by side");
        text.paragraph("""
            Written by `bench/compare/run`, all but [the part by hand](#what-helped) . Figures of one run on one machine: compare them
            with each other, not with those of another day or another machine.
            """);
        machine(text);
        setting(text);
        rates(text, Table.RAW, "The same load generator for all", """
            Frames that lie ready are sent from one thread over plain sockets, and answers are scanned, so that nearly all of the work is
            the broker's. Only for protocols simple enough for that.
            """);
        rates(text, Table.JAVA, "Official Java clients", """
            Each broker through the client that its project offers to Java programs, tuned as its manual says for throughput at this
            window. Clients and broker share the cores, so the client's own work counts, too.
            """);
        oneInFlight(text);
        ratios(text);
        meanings(text);
        text.heading(2, "What is not here");
        text.list(outcome.notes().isEmpty() ? List.of("Nothing: all that is known was measured.") : outcome.notes());
        text.heading(2, "What helped");
        return text + "\n" + HandWritten.BEGIN + handWritten + HandWritten.END + "\n";
    }

    private void machine(final Markdown text) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("date", outcome.when()));
        outcome.machine().forEach((name, value) -> rows.add(List.of(name, value)));
        outcome.versions().forEach((name, version) -> rows.add(List.of(name, version)));
        text.table(List.of("what", "which"), rows);
        text.heading(2, "How to repeat");
        text.code("bench/compare/run            # all brokers that are on this machine; --help, --list");
        text.paragraph("""
            The servers of Redis, NATS, beanstalkd and RabbitMQ are taken where they are installed, on Debian by the packages
            `redis-server`, `nats-server`, `beanstalkd` and `rabbitmq-server`; those of Kafka and ActiveMQ Artemis are fetched from Maven
            Central (Artemis uses `libaio1` where it is installed). All are started by the command, on ports and folders of their own, and
            none stays. Nothing else should run meanwhile.
            """);
    }

    private void setting(final Markdown text) {
        text.heading(2, "What is measured");
        text.paragraph(String.format(Locale.ROOT, """
            Messages of %d bytes, one producer, one consumer, one queue. A message counts when it has gone all the way: published,
            confirmed at the named durability (where the broker confirms at all), taken by the consumer, settled (where there is such a
            thing: [what a row means](#what-the-rows-mean)). Not more than %,d messages are unconfirmed, and not more published and not
            yet taken. The consumer checks that every message comes, once.
            """, outcome.plan().messageLength(), outcome.plan().window()));
        text.paragraph(String.format(Locale.ROOT, """
            %s, each in another order; in each, every broker in turn for %s s, after %s s to warm up, and before the first round once more
            for warming up alone. All servers are started before the first round and stopped (SIGSTOP) while it is not their turn, so they
            stay warm and take nothing from others. Figures are medians of the rounds, with the least and the most. A ratio is the median
            of the ratios within the rounds. CPU is processor time in seconds for a million messages, of all processes of the broker
            together, from `/proc`.
            """, Numbers.count(outcome.plan().rounds(), "round"), seconds(outcome.plan().measured()), seconds(outcome.plan().warmUp())));
    }

    private static String seconds(final Duration duration) {
        return Numbers.decimals(duration.toMillis() / 1e3, 1);
    }

    // ---- rates ----

    private void rates(final Markdown text, final Table table, final String title, final String words) {
        text.heading(2, title).paragraph(words);
        for (final Level level : Level.values()) {
            final List<Subject> ranked = ranked(table, level);
            if (!ranked.isEmpty()) {
                text.heading(3, levelTitle(level));
                text.table(header(table, level), ranked.stream().map(subject -> rateRow(table, level, subject)).toList());
                plot(text, table, level);
            }
        }
    }

    private static List<String> header(final Table table, final Level level) {
        final List<String> all = new ArrayList<>(List.of("broker", "durability", "messages/s:", "least to most:", "broker CPU:",
            table == Table.RAW ? "generator CPU:" : "client CPU:", "GMQ `" + level.word() + "` is:"));
        if (level != Level.SYNCED) {
            all.add("GMQ `synced` is:");
        }
        return all;
    }

    private static String levelTitle(final Level level) {
        return switch (level) {
            case MEMORY -> "Survives nothing";
            case WRITTEN -> "Survives the death of the process, not a loss of power";
            case SYNCED -> "Survives a loss of power";
        };
    }

    /** Those of a level that were measured, the fastest first. */
    List<Subject> ranked(final Table table, final Level level) {
        return outcome.subjects().stream().filter(subject -> subject.level() == level)
            .filter(subject -> outcome.figures().summary(table, subject.id(), Figure.RATE).isPresent())
            .sorted(Comparator.comparingDouble((Subject subject) -> -rate(table, subject.id()).median())).toList();
    }

    private Summary rate(final Table table, final String subject) {
        return outcome.figures().summary(table, subject, Figure.RATE).orElseThrow();
    }

    private List<String> rateRow(final Table table, final Level level, final Subject subject) {
        final Summary rate = rate(table, subject.id());
        final List<String> all = new ArrayList<>(List.of(bold(subject, subject.peer()), subject.durability(),
            bold(subject, Numbers.whole(rate.median())), Numbers.whole(rate.min()) + " to " + Numbers.whole(rate.max()),
            median(table, subject.id(), Figure.BROKER_CPU), median(table, subject.id(), Figure.CLIENT_CPU),
            times(table, GMQ + level.word(), subject.id())));
        if (level != Level.SYNCED) {
            all.add(times(table, SYNCED, subject.id()));
        }
        return all;
    }

    private static String bold(final Subject subject, final String words) {
        return subject.id().startsWith(GMQ) ? "**" + words + "**" : words;
    }

    private String median(final Table table, final String subject, final String value) {
        return outcome.figures().summary(table, subject, value).map(summary -> Numbers.threeDigits(summary.median())).orElse(NONE);
    }

    private String times(final Table table, final String of, final String to) {
        if (of.equals(to)) {
            return NONE;
        }
        return outcome.figures().ratio(table, of, to, Figure.RATE).map(ratio -> Numbers.threeDigits(ratio.median()) + " ×").orElse(NONE);
    }

    private void plot(final Markdown text, final Table table, final Level level) {
        final String link = plots.get(plotName(table, level));
        if (link != null) {
            text.paragraph("![Messages a second, " + table.word() + ", " + level.word() + "](" + link + ")");
        }
    }

    // ---- one in flight ----

    private void oneInFlight(final Markdown text) {
        text.heading(2, "One message in flight");
        text.paragraph("""
            From publishing a message to its confirmation, in microseconds; the next is published only then, and nobody consumes. The
            machine's own rows are a loop that writes a record of 256 bytes and syncs it (`fdatasync`), in the same folder: at the end of
            a file that grows by it, and in a file that was written before.
            """);
        oneInFlight(text, Table.RAW_ONE_IN_FLIGHT, "The same load generator for all, one in flight");
        oneInFlight(text, Table.JAVA_ONE_IN_FLIGHT, "Official Java clients, one in flight");
    }

    private void oneInFlight(final Markdown text, final Table table, final String title) {
        final List<List<String>> rows = new ArrayList<>();
        for (final Level level : Level.values()) {
            ranked(table, level).forEach(subject ->
                rows.add(latencyRow(table, level.word(), bold(subject, subject.peer()), subject.durability(), subject.id())));
        }
        if (!rows.isEmpty()) {
            rows.add(latencyRow(table, Level.SYNCED.word(), "the machine", "append, fdatasync", Comparison.APPEND_AND_SYNC));
            rows.add(latencyRow(table, Level.SYNCED.word(), "the machine", "overwrite, fdatasync", Comparison.OVERWRITE_AND_SYNC));
            text.heading(3, title);
            text.table(List.of("level", "broker", "durability", "messages/s:", "p50:", "least to most:", "p99:", "least to most:",
                "rate, of append and fdatasync:"), rows);
        }
    }

    private List<String> latencyRow(final Table table, final String level, final String broker, final String durability, final String id) {
        final Summary p50 = outcome.figures().summary(table, id, Figure.P50).orElseThrow();
        final Summary p99 = outcome.figures().summary(table, id, Figure.P99).orElseThrow();
        final String part = outcome.figures().ratio(table, id, Comparison.APPEND_AND_SYNC, Figure.RATE)
            .map(ratio -> Numbers.threeDigits(ratio.median())).orElse(NONE);
        return List.of(level, broker, durability, Numbers.whole(rate(table, id).median()), Numbers.threeDigits(p50.median()), range(p50),
            Numbers.threeDigits(p99.median()), range(p99), part);
    }

    private static String range(final Summary summary) {
        return Numbers.threeDigits(summary.min()) + " to " + Numbers.threeDigits(summary.max());
    }

    // ---- ratios ----

    private void ratios(final Markdown text) {
        final List<List<String>> rows = new ArrayList<>();
        for (final Ratio ratio : Ratios.of(outcome.subjects())) {
            ratio.summary(outcome.figures()).ifPresent(summary -> rows.add(List.of(ratio.what(),
                name(ratio.best(outcome.figures()).orElseThrow()), Numbers.threeDigits(summary.median()), range(summary))));
        }
        if (!rows.isEmpty()) {
            text.heading(2, "Ratios").table(List.of("what", "against", "times:", "least to most:"), rows);
        }
    }

    private String name(final String id) {
        return outcome.subjects().stream().filter(subject -> subject.id().equals(id))
            .map(subject -> subject.peer() + ", " + subject.durability())
            .findFirst().orElse("the machine");
    }

    // ---- what rows mean ----

    private void meanings(final Markdown text) {
        text.heading(2, "What the rows mean");
        text.paragraph("""
            A confirmation is compared by what it survives. That those who claim to sync do so before they confirm, one sync for each
            message that is alone on its way, and that the others do not, was seen with `strace`.
            """);
        final Map<String, List<String>> rows = new TreeMap<>();
        outcome.subjects().forEach(subject -> rows.put(
            subject.level().ordinal() + subject.peer() + subject.id(),
            List.of("`" + subject.id() + "`", subject.peer() + ", " + subject.durability(), subject.survives(), subject.settles())));
        text.table(List.of("row", "broker and durability", "a confirmed message survives", "a taken message is"),
            List.copyOf(rows.values()));
    }
}
