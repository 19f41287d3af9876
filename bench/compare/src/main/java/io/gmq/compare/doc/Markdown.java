package io.gmq.compare.doc;

import java.util.List;

/** A document, built from top to bottom. */
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    Markdown heading(final int level, final String words) {
        return block("#".repeat(level) + " " + words);
    }

    /** White space of any kind is one space. */
    Markdown paragraph(final String words) {
        return block(words.strip().replaceAll("\\s+", " "));
    }

    Markdown list(final List<String> items) {
        return items.isEmpty() ? this : block("- " + String.join("\n- ", items));
    }

    Markdown code(final String lines) {
        return block("```sh\n" + lines + "\n```");
    }

    /** @param header a colon at its end sets a column to the right. */
    Markdown table(final List<String> header, final List<List<String>> rows) {
        final StringBuilder all = new StringBuilder(row(header.stream().map(Markdown::name).toList()));
        all.append(row(header.stream().map(cell -> cell.endsWith(":") ? "--:" : "---").toList()));
        rows.forEach(cells -> all.append(row(cells.stream().map(cell -> cell.replace("|", "\\|")).toList())));
        return block(all.toString().strip());
    }

    private static String name(final String header) {
        return header.endsWith(":") ? header.substring(0, header.length() - 1) : header;
    }

    private static String row(final List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private Markdown block(final String words) {
        text.append(text.isEmpty() ? "" : "\n").append(words).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
