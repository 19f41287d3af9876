package io.gmq.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReportTest {
    private static Measured measured(final double... rates) {
        final LoadPlan plan = new LoadPlan(Topology.pair(), 200, 1, 1024, 0, Pace.closed(Duration.ZERO, Duration.ofSeconds(1)), "bench");
        return new Measured("closed loop", plan, java.util.Arrays.stream(rates).mapToObj(ReportTest::result).toList());
    }

    private static LoadResult result(final double rate) {
        final Histogram latency = new Histogram(3);
        for (int i = 1; i <= 1000; i++) {
            latency.recordValue(i * 1000L);
        }
        final long messages = (long) rate;
        return new LoadResult(new LoadResult.Counts(1, messages, messages, messages, messages, 3), latency, latency,
            new LoadResult.Cpu(Double.NaN, 0.25), new LoadResult.Errors(0, 0));
    }

    private static void assertIsJson(final String text) throws Exception {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            int depth = 0;
            while (parser.nextToken() != null) {
                depth++;
            }
            assertThat(depth).isPositive();
        }
    }

    @Test
    void shouldWriteJsonThatCanBeRead() throws Exception {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "a \"b\" \n\u00e9");
        values.put("not a number", Double.NaN);
        values.put("number", 1234567.89);
        values.put("small", 0.000123456789);
        values.put("list", List.of(1, 2L, true, Map.of()));
        values.put("none", null);
        assertIsJson(Json.pretty(values));
        assertThat(Json.line(values)).isEqualTo("{\"text\":\"a \\\"b\\\" \\n\u00e9\",\"not a number\":null,\"number\":1234570,"
            + "\"small\":0.000123457,\"list\":[1,2,true,{}],\"none\":null}");
    }

    @Test
    void shouldTellMedianLeastAndMost() throws Exception {
        final Measured measured = measured(300, 100, 200);
        assertThat(measured.perSecond()).isEqualTo(200);
        assertThat(measured.least(LoadResult::perSecond)).isEqualTo(100);
        assertThat(measured.most(LoadResult::perSecond)).isEqualTo(300);
        assertThat(measured(300, 100).perSecond()).isEqualTo(200);
        assertThat(measured.confirms().getTotalCount()).isEqualTo(3000);
        assertThat(measured.generatorShare()).isEqualTo(0.25);
        final String json = Json.line(measured.json());
        assertIsJson(json);
        assertThat(json).contains("\"messages_per_s\":200", "\"broker_cpu_s_per_million\":null", "\"p99.99\":", "\"p50\":500");
    }

    @Test
    void shouldWriteAPageThatCanBeParsedAndNeedsNothingElse() throws Exception {
        final Series curve = Measured.curve("confirmed <b>", measured(100).confirms());
        final String page = new Html("A <title> & more", "today").summary(List.of("It is \"fast\"."))
            .heading("Speed").table(List.of("", "messages/s"), List.of(List.of("one", "1,000"), List.of("two", "2,000")), 1)
            .plot(Plot.percentiles(List.of(curve)), "latency").plot(Optional.empty(), "nothing")
            .plot(Plot.bars(Axis.linear("length"), Axis.linear("messages per second"), List.of(new Series("x", List.of("1 KiB", "2 KiB"), List.of(1, 2)))), "bars")
            .plot(Plot.lines(Axis.log("window"), Axis.linear("messages per second"), List.of(new Series("x", List.of(1, 10, 100), List.of(1, 2, 3)))), "lines")
            .details("JSON", "{\"a\":\"<\"}").page();

        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        final Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("td").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("A <title> & more");
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(Plot.whyNot().isEmpty() ? 3 : 0);
        assertThat(page).doesNotContain("<script", "<link", "src=", "@import");
    }

    @Test
    void shouldWriteNumbersAsPeopleReadThem() {
        assertThat(Numbers.whole(1234567.8)).isEqualTo("1,234,568");
        assertThat(Numbers.time(421_000)).isEqualTo("421 µs");
        assertThat(Numbers.time(4_210_000)).isEqualTo("4.21 ms");
        assertThat(Numbers.time(1.2e9)).isEqualTo("1.20 s");
        assertThat(Numbers.bytes(200)).isEqualTo("200 B");
        assertThat(Numbers.bytes(16 << 10)).isEqualTo("16 KiB");
        assertThat(Numbers.bytes(3 << 19)).isEqualTo("1.5 MiB");
        assertThat(Numbers.percent(0.42)).isEqualTo("42 %");
        assertThat(Numbers.percent(Double.NaN)).isEqualTo("-");
        assertThat(Plot.number(2_500_000)).isEqualTo("2.5 M");
        assertThat(Plot.number(100)).isEqualTo("100");
        assertThat(Plot.percentile(1000)).isEqualTo("99.9 %");
    }
}
