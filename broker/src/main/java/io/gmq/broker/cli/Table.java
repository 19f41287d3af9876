package io.gmq.broker.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: a name to the left, then values to the right, each column as wide as it needs and as all are at least. The last
 * can be text, to the left again.
 */
public final class Table {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final List<String[]> rows = new ArrayList<>();

    private final int widthMin;
    private boolean hasText;

    /** With the names of the columns, which are so wide at least. */
    public Table(final int widthMin, final String... header) {
        this.widthMin = widthMin;
        rows.add(header);
    }

    /** The last column is text. */
    public Table textLast() {
        hasText = true;
        return this;
    }

    /** Appends a row. */
    public void row(final String... cells) {
        rows.add(cells);
    }

    /** All of it, the header first. */
    public List<String> lines(final boolean colour) {
        final int[] widths = widths();
        final List<String> lines = new ArrayList<>();
        for (final String[] row : rows) {
            final StringBuilder line = new StringBuilder(row[0]).append(" ".repeat(widths[0] - width(row[0])));
            for (int i = 1; i < row.length; i++) {
                final boolean isText = hasText && i == row.length - 1;
                line.append("  ").append(isText ? "" : " ".repeat(widths[i] - width(row[i]))).append(row[i]);
            }
            lines.add(colour && lines.isEmpty() ? BOLD + line + PLAIN : line.toString());
        }
        return lines;
    }

    private int[] widths() {
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(Math.max(widths[i], i == 0 ? 0 : widthMin), width(row[i]));
            }
        }
        return widths;
    }

    private static int width(final String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
