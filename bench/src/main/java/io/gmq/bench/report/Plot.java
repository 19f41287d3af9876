package io.gmq.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots as SVG, drawn without a screen. Where the machine has no fonts there are none, since text could not be placed. */
public final class Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEGEND_LINE = 22;
    private static final Color INK = new Color(0x33, 0x3B, 0x44);
    private static final Color GRID = new Color(0xE3, 0xE7, 0xEB);
    private static final Color[] COLOURS = {
        new Color(0x1F, 0x6F, 0xB2), new Color(0xE0, 0x7B, 0x1A), new Color(0x2B, 0x93, 0x60), new Color(0xB2, 0x3A, 0x48),
        new Color(0x6B, 0x55, 0xA8), new Color(0x7A, 0x7F, 0x87), new Color(0xC2, 0xA0, 0x1E), new Color(0x2C, 0xA3, 0xB5)};
    private static final String FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
    /** Why there are no plots; empty where there can be. */
    private static final String MISSING = missing();

    private Plot() {
    }

    private static String missing() {
        System.setProperty("java.awt.headless", "true");
        try {
            Class.forName("org.knowm.xchart.ChartEncoder");
            Class.forName("de.erichseifert.vectorgraphics2d.VectorGraphics2D");
        } catch (final ClassNotFoundException | LinkageError e) {
            return "the jars of XChart and VectorGraphics2D are not in lib";
        }
        try {
            if (GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length == 0) {
                return "this machine has no fonts";
            }
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("x", new FontRenderContext(null, true, true));
            return "";
        } catch (final RuntimeException | LinkageError | InternalError e) {
            return "this machine has no fonts that Java can use";
        }
    }

    /** Why no plots can be drawn here; empty where they can. */
    public static String whyNot() {
        return MISSING;
    }

    /** Lines with a mark at each point; empty where nothing can be drawn. */
    public static Optional<String> lines(final Axis x, final Axis y, final List<Series> series) {
        return MISSING.isEmpty() ? Optional.of(svg(chart(x, y, series, SeriesMarkers.CIRCLE))) : Optional.empty();
    }

    /**
     * Latencies, in nanoseconds, over the part of messages that were not later, in the usual way: to the right ever rarer ones, up to one in ten
     * thousand or what there is.
     *
     * @param series of the latency over {@code 1 / (1 - quantile)}.
     */
    public static Optional<String> percentiles(final List<Series> series) {
        if (!MISSING.isEmpty() || series.isEmpty()) {
            return Optional.empty();
        }
        final XYChart chart = chart(Axis.log("messages that were not later"), Axis.log("latency"), series, SeriesMarkers.NONE);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Plot::percentile);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(ns -> Numbers.time(ns).replaceFirst("\\.0+ ", " "));
        return Optional.of(svg(chart));
    }

    /** A legend below takes from its height. */
    private static XYChart chart(final Axis x, final Axis y, final List<Series> series, final Marker marker) {
        final XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT + (series.size() > 3 ? LEGEND_LINE * series.size() : 0)).xAxisTitle(x.title()).yAxisTitle(y.title()).build();
        style(chart.getStyler(), series.size());
        chart.getStyler().setXAxisLogarithmic(x.isLog());
        chart.getStyler().setYAxisLogarithmic(y.isLog());
        chart.getStyler().setYAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Plot::number);
        chart.getStyler().setMarkerSize(6);
        if (!y.isLog()) {
            chart.getStyler().setYAxisMin(0.0);
        }
        int index = 0;
        for (final Series one : series) {
            final XYSeries drawn = chart.addSeries(one.name(), one.xs(), one.ys());
            drawn.setLineWidth(2);
            drawn.setMarker(marker);
            drawn.setLineColor(COLOURS[index % COLOURS.length]);
            drawn.setMarkerColor(COLOURS[index++ % COLOURS.length]);
        }
        return chart;
    }

    /** Bars, in groups where there are several series; empty where nothing can be drawn. */
    public static Optional<String> bars(final Axis x, final Axis y, final List<Series> series) {
        if (!MISSING.isEmpty()) {
            return Optional.empty();
        }
        final CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x.title()).yAxisTitle(y.title()).build();
        style(chart.getStyler(), series.size());
        chart.getStyler().setYAxisLogarithmic(y.isLog());
        if (!y.isLog()) {
            chart.getStyler().setYAxisMin(0.0);
        }
        chart.getStyler().setAvailableSpaceFill(series.size() > 1 ? 0.8 : 0.5);
        chart.getStyler().setSeriesColors(COLOURS);
        series.forEach(one -> chart.addSeries(one.name(), one.xs(), one.ys()));
        return Optional.of(svg(chart));
    }

    static void style(final AxesChartStyler styler, final int series) {
        final Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTickMarksColor(GRID);
        styler.setAxisTickLabelsFont(text);
        styler.setAxisTitleFont(text);
        styler.setLegendFont(text);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(series > 3 ? Styler.LegendLayout.Vertical : Styler.LegendLayout.Horizontal);
        styler.setLegendVisible(series > 1);
        styler.setChartTitleVisible(false);
        styler.setChartPadding(8);
        styler.setLocale(Locale.ROOT);
        styler.setYAxisTickLabelsFormattingFunction(Plot::number);
    }

    static String svg(final Chart<?, ?> chart) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ChartEncoder.saveChart(chart, bytes, "svg");
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8)
            .replaceFirst("(?s)^.*?<svg", "<svg")
            .replaceFirst("width=\"[^\"]*\" height=\"[^\"]*\"", "width=\"" + chart.getWidth() + "\" height=\"" + chart.getHeight() + "\"")
            .replaceAll("font-family:[^;\"]*", "font-family:" + FONT)
            .strip();
    }

    /** A tick's label: short, with k and M. */
    static String number(final double value) {
        final double size = Math.abs(value);
        if (size >= 1e6) {
            return shortest(value / 1e6) + " M";
        }
        if (size >= 1e4) {
            return shortest(value / 1e3) + " k";
        }
        return shortest(value);
    }

    private static String shortest(final double value) {
        final String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** 1 / (1 - quantile) as per cent. */
    static String percentile(final double inverse) {
        return shortest(100 - 100 / Math.max(1, inverse)) + " %";
    }
}
