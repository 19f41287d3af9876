package io.gmq.bench.report;

import java.util.List;
import java.util.Optional;

/** One page of HTML that needs nothing else: no scripts, no fonts, no pictures from elsewhere. Built from top to bottom. */
public final class Html {
    private static final String STYLE = """
        :root { color-scheme: light; }
        body { font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; color: #1d242b;
               background: #f5f6f8; margin: 0; }
        main { max-width: 1000px; margin: 0 auto; padding: 32px 40px 64px; background: #fff; min-height: 100vh;
               box-sizing: border-box; box-shadow: 0 0 24px rgba(0,0,0,.06); }
        h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
        h2 { font-size: 20px; margin: 40px 0 8px; padding-top: 16px; border-top: 1px solid #e3e7eb; }
        p { margin: 8px 0 12px; }
        .when { color: #69737d; margin-top: 0; }
        .summary { font-size: 17px; background: #eef5fb; border-left: 4px solid #1f6fb2; padding: 12px 16px; margin: 20px 0; }
        .summary p { margin: 4px 0; }
        .note { color: #69737d; font-size: 14px; }
        table { border-collapse: collapse; margin: 12px 0 16px; font-size: 15px; }
        th, td { padding: 5px 18px 5px 0; text-align: right; border-bottom: 1px solid #e9ecef; font-variant-numeric: tabular-nums;
                 vertical-align: top; }
        th { font-weight: 600; color: #4a545e; border-bottom: 2px solid #cfd6dc; }
        td.text, th.text { text-align: left; }
        td:first-child { white-space: nowrap; }
        td.text { max-width: 600px; }
        tr.best td { font-weight: 600; background: #f0f7f1; }
        figure { margin: 16px 0; break-inside: avoid; }
        figure svg { max-width: 100%; height: auto; }
        figcaption { color: #69737d; font-size: 14px; }
        pre { background: #f5f6f8; padding: 12px 16px; overflow-x: auto; font: 13px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; }
        code { font: 14px ui-monospace, 'DejaVu Sans Mono', monospace; background: #f1f3f5; padding: 1px 4px; border-radius: 3px; }
        details { margin: 16px 0; } summary { cursor: pointer; color: #1f6fb2; }
        """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /** With a title, and what stands in small letters below it. */
    public Html(final String title, final String when) {
        this.title = title;
        body.append("<h1>").append(text(title)).append("</h1>\n<p class=\"when\">").append(text(when)).append("</p>\n");
    }

    /** What one should know who reads nothing else. */
    public Html summary(final List<String> sentences) {
        body.append("<div class=\"summary\">");
        sentences.forEach(sentence -> body.append("<p>").append(text(sentence)).append("</p>"));
        body.append("</div>\n");
        return this;
    }

    /** Begins a section. */
    public Html heading(final String words) {
        body.append("<h2>").append(text(words)).append("</h2>\n");
        return this;
    }

    /** A paragraph. */
    public Html paragraph(final String words) {
        body.append("<p>").append(text(words)).append("</p>\n");
        return this;
    }

    /** A paragraph in small letters. */
    public Html note(final String words) {
        body.append("<p class=\"note\">").append(text(words)).append("</p>\n");
        return this;
    }

    /** A table: text to the left, columns of numbers to the right; a row that is marked stands out. */
    public Html table(final List<String> header, final List<List<String>> rows, final int marked) {
        final boolean[] isText = new boolean[header.size()];
        for (int i = 0; i < isText.length; i++) {
            final int column = i;
            isText[i] = i == 0 || rows.stream().anyMatch(row -> isText(row.get(column)));
        }
        body.append("<table><thead>");
        row(header, isText, "th", "<tr>");
        body.append("</thead><tbody>\n");
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), isText, "td", i == marked ? "<tr class=\"best\">" : "<tr>");
        }
        body.append("</tbody></table>\n");
        return this;
    }

    private void row(final List<String> cells, final boolean[] isText, final String tag, final String begin) {
        body.append(begin);
        for (int i = 0; i < cells.size(); i++) {
            body.append('<').append(tag).append(isText[i] ? " class=\"text\">" : ">").append(text(cells.get(i))).append("</").append(tag).append('>');
        }
        body.append("</tr>\n");
    }

    /** A table without a row that stands out. */
    public Html table(final List<String> header, final List<List<String>> rows) {
        return table(header, rows, -1);
    }

    private static boolean isText(final String cell) {
        return cell.length() > 24 || !cell.isEmpty() && Character.isLetter(cell.charAt(0));
    }

    /** A plot with what it shows below; nothing where it could not be drawn. */
    public Html plot(final Optional<String> svg, final String caption) {
        svg.ifPresent(drawn -> body.append("<figure>").append(drawn).append("<figcaption>").append(text(caption)).append("</figcaption></figure>\n"));
        return this;
    }

    /** Text as it is, in letters of equal width. */
    public Html pre(final String words) {
        body.append("<pre>").append(text(words)).append("</pre>\n");
        return this;
    }

    /** Text as it is, behind a line that opens it. */
    public Html details(final String line, final String words) {
        body.append("<details><summary>").append(text(line)).append("</summary><pre>").append(text(words)).append("</pre></details>\n");
        return this;
    }

    /** All of it. */
    public String page() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>" + text(title)
            + "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<style>\n" + STYLE + "</style></head>\n<body><main>\n" + body
            + "</main></body></html>\n";
    }

    /** What is special in HTML as what it is. */
    static String text(final String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
