package io.gmq.compare.doc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.compare.goal.Board;
import io.gmq.compare.goal.BoardKit;
import io.gmq.compare.goal.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTableTest {
    private static TargetTable table(final Board board, final List<String> sets) {
        return new TargetTable("2026-01-02 03:04 UTC", Map.of("cores", "2"), new Setting(2, Duration.ofSeconds(1), Duration.ofMillis(3500), false, sets), board);
    }

    private final TargetTable table = table(BoardKit.twoRounds(), List.of());

    @Test
    void shouldTellFiguresRatiosAndVerdicts() {
        assertThat(table.markdown()).contains(
            "| speed | GMQ | 150,000 (100,000 to 200,000) | Redis | 100,000 | 1.50 (1.00 to 2.00) | ≥ 1.20 | yes, not in every round |\n",
            "| latency | GMQ | 300 µs (200 µs to 400 µs) | echo | 100 µs | 3.00 (2.00 to 4.00) | ≤ 1.50 | **no** |\n",
            "| memory | GMQ | 512 B | nothing | 256 B | 2.00 | – | – |\n",
            "| never | GMQ | – | absent | – | – | ≥ 1.00 | not measured |\n",
            "| rounds | 2, 3.5 s each after 1.0 s to warm up |\n",
            "## Not measured\n\n- depth: it broke\n");
    }

    @Test
    void shouldListWhatIsShort() {
        assertThat(table.misses()).containsExactly("latency: GMQ against echo is 3.00, should be ≤ 1.50");
        assertThat(table.markdown()).contains("## Short of the target\n\n- latency: GMQ against echo is 3.00, should be ≤ 1.50\n");
    }

    @Test
    void shouldSayThatNothingIsShort() {
        assertThat(table(new Board(), List.of("ring.profile=shared")).markdown()).contains("## Short of the target\n\n- Nothing.\n",
            "| settings of the broker | ring.profile=shared |").doesNotContain("## Not measured");
    }

    @Test
    void shouldWriteAllOfItAsJson() {
        assertThat(table.json().replaceAll("\\s+", "")).contains(
            "\"id\":\"speed\"", "\"ratio\":{\"median\":1.5,\"min\":1,\"max\":2},\"bound\":\"atleast\",\"target\":1.2,\"reached\":true",
            "\"bound\":\"atmost\",\"target\":1.5,\"reached\":false", "\"target\":1,\"reached\":null", "\"failures\":[\"depth:itbroke\"]",
            "\"figures\":{\"test\":[{");
    }
}
