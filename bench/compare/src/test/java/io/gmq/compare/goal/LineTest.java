package io.gmq.compare.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.compare.run.Summary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final Goal.Side OURS = new Goal.Side("ours", "GMQ");
    private static final Goal.Side OTHER = new Goal.Side("other", "other");
    private static final Goal FASTER = Goal.atLeast(1.2, "faster", "speed", Unit.PER_SECOND, OURS, OTHER);
    private static final Goal SOONER = Goal.atMost(1.5, "sooner", "latency", Unit.TIME, OURS, OTHER);

    /** @param figures of us and the other, by turns. */
    private static Line line(final Goal goal, final double... figures) {
        final List<Line.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < figures.length; i += 2) {
            pairs.add(new Line.Pair(figures[i], figures[i + 1]));
        }
        return new Line(goal, pairs);
    }

    /** The medians are 300 and 100; the second round was ten times slower for both, which says nothing about their ratio. */
    @Test
    void shouldTakeTheMedianOfTheRatios() {
        final Line line = line(FASTER, 300, 100, 20, 10, 400, 200);
        assertThat(line.ratio()).contains(new Summary(2, 2, 3, 3));
        assertThat(line.ours()).contains(new Summary(300, 20, 400, 3));
        assertThat(line.other()).contains(new Summary(100, 10, 200, 3));
    }

    @Test
    void shouldBeReachedAtTheTargetItself() {
        assertThat(line(FASTER, 120, 100).verdict()).isEqualTo(Verdict.REACHED);
        assertThat(line(SOONER, 150, 100).verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void shouldNotBeReachedOnTheOtherSide() {
        assertThat(line(FASTER, 119, 100).verdict()).isEqualTo(Verdict.MISSED);
        assertThat(line(SOONER, 151, 100).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void shouldGoByTheMedianAndSayThatRoundsDiffer() {
        assertThat(line(FASTER, 130, 100, 110, 100, 140, 100).verdict()).isEqualTo(Verdict.MOSTLY);
        assertThat(line(FASTER, 130, 100, 110, 100, 100, 100).verdict()).isEqualTo(Verdict.HARDLY);
        assertThat(line(SOONER, 130, 100, 160, 100, 140, 100).verdict()).isEqualTo(Verdict.MOSTLY);
        assertThat(line(SOONER, 130, 100, 160, 100, 170, 100).verdict()).isEqualTo(Verdict.HARDLY);
    }

    @Test
    void shouldNotJudgeWithoutTargetOrFigures() {
        assertThat(line(Goal.known("known", "to be known", Unit.BYTES, OURS, OTHER), 1, 100).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(line(FASTER).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(line(FASTER).ratio()).isEmpty();
    }

    @Test
    void shouldNotBeReachedWithAFigureThatIsNone() {
        assertThat(line(FASTER, Double.NaN, 100).verdict()).isEqualTo(Verdict.MISSED);
        assertThat(line(SOONER, Double.NaN, 100).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void shouldCountOnlyMissesAsMisses() {
        assertThat(Verdict.values()).filteredOn(Verdict::isMiss).containsExactly(Verdict.HARDLY, Verdict.MISSED);
    }
}
