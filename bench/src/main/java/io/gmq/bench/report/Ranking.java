package io.gmq.bench.report;

import java.awt.Color;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/** Names with a bar each, one below the other, for names that are too long to stand side by side. */
public final class Ranking {
    private static final int WIDTH = 760;
    private static final int BAR_HEIGHT = 32;
    private static final int MARGIN = 80;
    private static final double FILL = 0.7;
    private static final Color BAR = new Color(0x1F, 0x6F, 0xB2);

    private Ranking() {
    }

    /**
     * Bars as SVG, the first one on top; empty where nothing can be drawn.
     *
     * @param unit what the axis says.
     */
    public static Optional<String> svg(final String unit, final List<String> names, final List<Double> values) {
        if (!Plot.whyNot().isEmpty()) {
            return Optional.empty();
        }
        final HorizontalBarChart chart = new HorizontalBarChartBuilder().width(WIDTH).height(MARGIN + BAR_HEIGHT * names.size())
            .xAxisTitle(unit).build();
        Plot.style(chart.getStyler(), 1);
        chart.getStyler().setPlotGridVerticalLinesVisible(true);
        chart.getStyler().setPlotGridHorizontalLinesVisible(false);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Plot::number);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(null);
        chart.getStyler().setXAxisMin(0.0);
        // XChart has the axes exchanged here, but not their hints: this is what leaves no name out.
        chart.getStyler().setXAxisTickMarkSpacingHint(BAR_HEIGHT / 4);
        chart.getStyler().setAvailableSpaceFill(FILL);
        chart.getStyler().setSeriesColors(new Color[] {BAR});
        chart.addSeries(unit, values, names);
        // letters are paths: what is finer than this nobody sees
        return Optional.of(Plot.svg(chart).replaceAll("(\\d\\.\\d\\d)\\d+", "$1"));
    }
}
