package io.gmq.compare.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    private void rate(final Table table, final String subject, final int round, final double rate) {
        figures.add(new Figure(table, subject, round, Map.of(Figure.RATE, rate)));
    }

    @Test
    void shouldSummarizeOneRowOfOneTable() {
        rate(Table.RAW, "a", 1, 10);
        rate(Table.RAW, "a", 2, 30);
        rate(Table.JAVA, "a", 1, 1_000);
        rate(Table.RAW, "b", 1, 2_000);
        assertThat(figures.summary(Table.RAW, "a", Figure.RATE)).contains(new Summary(20, 10, 30, 2));
        assertThat(figures.summary(Table.RAW, "a", Figure.P50)).isEmpty();
        assertThat(figures.summary(Table.RAW, "c", Figure.RATE)).isEmpty();
    }

    /** The second round was ten times slower for both, which says nothing about their ratio. */
    @Test
    void shouldCompareWithinRounds() {
        rate(Table.RAW, "a", 1, 200);
        rate(Table.RAW, "b", 1, 100);
        rate(Table.RAW, "a", 2, 30);
        rate(Table.RAW, "b", 2, 10);
        rate(Table.RAW, "a", 3, 400);
        rate(Table.RAW, "b", 3, 100);
        assertThat(figures.ratio(Table.RAW, "a", "b", Figure.RATE)).contains(new Summary(3, 2, 4, 3));
    }

    @Test
    void shouldCompareOnlyRoundsThatHaveBoth() {
        rate(Table.RAW, "a", 1, 200);
        rate(Table.RAW, "b", 2, 100);
        assertThat(figures.ratio(Table.RAW, "a", "b", Figure.RATE)).isEmpty();
        rate(Table.RAW, "a", 2, 500);
        assertThat(figures.ratio(Table.RAW, "a", "b", Figure.RATE)).contains(new Summary(5, 5, 5, 1));
    }

    @Test
    void shouldNotCompareAcrossTables() {
        rate(Table.RAW, "a", 1, 200);
        rate(Table.JAVA, "b", 1, 100);
        assertThat(figures.ratio(Table.RAW, "a", "b", Figure.RATE)).isEmpty();
    }
}
