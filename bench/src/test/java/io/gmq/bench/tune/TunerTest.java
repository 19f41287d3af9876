package io.gmq.bench.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The plan and the advice, with a machine that is a formula. */
class TunerTest {
    private static final double SECONDS = 240;

    private final List<Point> asked = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();

    /** Shared threads are faster, a ring of 1,024 is enough, syncing costs a fifth, and long messages are limited by bytes. */
    private Outcome machine(final Point point, final double itsSeconds) {
        asked.add(point);
        seconds.add(itsSeconds);
        double rate = 500_000;
        rate *= point.profile().equals("compact") ? 0.6 : 1;
        rate *= point.ringSize() < 1024 ? 0.7 : 1;
        rate *= point.durability().equals("synced") ? 0.8 : 1;
        rate *= point.capacity() >= 1 << 20 && point.backlog() > 0 ? 0.98 : 1;
        rate = Math.min(rate, 1e9 / point.bytes());
        return new Outcome(point, rate, 1.5, 200_000, 900_000, 2_000_000, 1e8 + point.backlog() * 300.0);
    }

    private static Factors factors(final String... fixed) {
        return Factors.of(2, 200, List.of(fixed));
    }

    private Findings run(final Factors factors) throws InterruptedException {
        return new Tuner(this::machine, factors, SECONDS).run();
    }

    private static Object value(final Advice advice, final String key) {
        return advice.values().stream().filter(value -> value.key().equals(key)).findFirst().orElseThrow().value();
    }

    @Test
    void shouldRecommendWhatTheMachineLikes() throws Exception {
        final Factors factors = factors();
        final Advice advice = new Advice(run(factors), factors);
        assertThat(value(advice, "ring.profile")).isEqualTo("shared");
        assertThat(value(advice, "ring.size")).isEqualTo(1024);
        assertThat(value(advice, "queue.max_queue_capacity")).isEqualTo(1 << 20);
        assertThat(value(advice, "queue.max_message_length")).isEqualTo(40 << 10);
        assertThat(advice.verdict()).contains("no difference beyond that");
        assertThat(advice.values()).allSatisfy(each -> assertThat(each.reason()).containsPattern("\\d").endsWith("."));
    }

    @Test
    void shouldRecommendTheStrongestLevelThoughItIsSlower() throws Exception {
        final Factors factors = factors();
        final Advice advice = new Advice(run(factors), factors);
        assertThat(value(advice, "journal.durability")).isEqualTo("synced");
        assertThat(advice.values().get(0).reason()).contains("400,000", "500,000");
    }

    @Test
    void shouldMeasureAsManyPointsAsItSaysAndShareTheTime() throws Exception {
        final Tuner tuner = new Tuner(this::machine, factors(), SECONDS);
        tuner.run();
        assertThat(asked).hasSize(tuner.count());
        assertThat(tuner.measured()).isEqualTo(tuner.count());
        // Nothing was used up here, so what is left grows for the last ones; the first get their share.
        assertThat(seconds.get(0)).isEqualTo(SECONDS / tuner.count());
        assertThat(asked).extracting(Point::profile).doesNotContain("dedicated");
    }

    @Test
    void shouldTryThreadsOfTheirOwnWhereThereAreCores() {
        assertThat(Factors.of(8, 200, List.of()).profiles()).containsExactly("compact", "shared", "dedicated");
    }

    @Test
    void shouldNotVaryWhatIsFixed() throws Exception {
        final Factors factors = factors("ring.profile=compact", "ring.size=4096", "queue.max_queue_capacity=5000", "queue.max_message_length=200",
            "queue.queue_type=memory", "log.name=x");
        final Findings findings = run(factors);
        assertThat(asked.subList(0, 2)).extracting(Point::profile).containsOnly("compact");
        assertThat(findings.threads()).hasSize(1).first().extracting(outcome -> outcome.point().durability()).isEqualTo("memory");
        assertThat(findings.lengths()).hasSize(1);
        final Map<String, Object> configuration = new Advice(findings, factors).configuration(List.of("queue.queue_type=memory", "ring.size=4096"));
        assertThat(configuration.toString()).contains("queue_type=memory", "size=4096", "profile=compact", "max_queue_capacity=5000");
        assertThatThrownBy(() -> factors("ring.size=4Ki")).hasMessageContaining("ring.size=4Ki");
    }

    @Test
    void shouldPreferLessLateMessagesWhereRatesAreTheSame() {
        final Point point = new Point(200, 4096, 4096, "shared", "synced", 0);
        final Outcome fast = new Outcome(point, 100_000, 1, 1, 900, 1, 1);
        final Outcome early = new Outcome(point.withProfile("compact"), 97_000, 1, 1, 300, 1, 1);
        final Outcome slow = new Outcome(point, 90_000, 1, 1, 100, 1, 1);
        assertThat(Tuner.best(List.of(fast, early, slow))).isSameAs(early);
    }

    @Test
    void shouldSayWhenAMachineIsTooBusyToTell() throws Exception {
        final Factors factors = factors();
        final boolean[] isBusy = {false};
        final Findings findings = new Tuner((point, itsSeconds) -> {
            isBusy[0] = !isBusy[0];
            final Outcome outcome = machine(point, itsSeconds);
            return isBusy[0] ? outcome : new Outcome(point, outcome.perSecond() / 3, 1, 1, 1, 1, 1);
        }, factors, SECONDS).run();
        assertThat(new Advice(findings, factors).verdict()).contains("too busy to tell");
    }

    @Test
    void shouldWriteAReportThatCanBeReadByAll() throws Exception {
        final Factors factors = factors();
        final Findings findings = run(factors);
        final TuneReport report = new TuneReport(findings, new Advice(findings, factors), List.of(), 1024, 12.5, "ext4");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(report.html().getBytes(StandardCharsets.UTF_8)));
        for (final String json : List.of(report.json(), report.configuration())) {
            try (JsonParser parser = new JsonFactory().createParser(json)) {
                while (parser.nextToken() != null) {
                    assertThat(parser.currentToken()).isNotNull();
                }
            }
        }
        assertThat(report.html()).contains("400,000", "ring.size", "1,024", "grid");
    }
}
