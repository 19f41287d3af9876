package io.gmq.compare.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final Goal GOAL = Goal.atLeast(1, "a", "what", Unit.PER_SECOND, new Goal.Side("ours", "GMQ"), new Goal.Side("other", "other"));
    private static final Goal ANOTHER = Goal.atLeast(1, "b", "what", Unit.PER_SECOND, new Goal.Side("ours", "GMQ"), new Goal.Side("absent", "absent"));

    private final Board board = new Board();

    @Test
    void shouldPairFiguresOfTheSameRoundOnly() {
        board.open("memory", List.of(GOAL, ANOTHER));
        board.add("memory", Map.of("ours", 10.0, "other", 5.0));
        board.add("memory", Map.of("ours", 12.0));
        board.add("memory", Map.of("ours", 14.0, "other", 2.0));
        assertThat(board.lines()).containsExactly(
            new Line(GOAL, List.of(new Line.Pair(10, 5), new Line.Pair(14, 2))),
            new Line(ANOTHER, List.of()));
    }

    @Test
    void shouldNotTakeFiguresOfAnotherExperiment() {
        board.open("memory", List.of(GOAL));
        board.open("depth", List.of(ANOTHER));
        board.add("depth", Map.of("ours", 10.0, "other", 5.0, "absent", 1.0));
        assertThat(board.lines()).containsExactly(new Line(GOAL, List.of()), new Line(ANOTHER, List.of(new Line.Pair(10, 1))));
    }
}
