package io.gmq.compare.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class JmhTest {
    @Test
    void shouldReadScoresByMethodAndParameters() {
        assertThat(Jmh.scores(List.of(
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\",\"Param: content\",\"Param: frameBytes\"",
            "\"io.gmq.bench.jmh.DecodeBenchmark.gmq\",\"avgt\",1,4,123.500000,NaN,\"ns/op\",text,256",
            "\"io.gmq.bench.jmh.DecodeBenchmark.gmq:gc.alloc.rate.norm\",\"avgt\",1,4,0.250000,NaN,\"B/op\",text,256",
            "\"io.gmq.bench.jmh.DecodeBenchmark.gmq:·gc.count\",\"avgt\",1,4,0,NaN,\"counts\",text,256",
            "\"io.gmq.bench.jmh.EncodeBenchmark.jackson\",\"avgt\",1,4,99.000000,1.0,\"ns/op\",,")))
            .containsOnly(entry("gmq text 256", 123.5), entry("gmq:gc.alloc.rate.norm text 256", 0.25), entry("gmq:gc.count text 256", 0.0),
                entry("jackson", 99.0));
    }
}
