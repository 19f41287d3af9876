package io.gmq.compare.doc;

import io.gmq.bench.report.Json;
import io.gmq.bench.report.Numbers;
import io.gmq.compare.run.Summary;
import io.gmq.compare.goal.Board;
import io.gmq.compare.goal.Bound;
import io.gmq.compare.goal.Goal;
import io.gmq.compare.goal.Line;
import io.gmq.compare.goal.Setting;
import io.gmq.compare.goal.Unit;
import io.gmq.compare.goal.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The targets and what came of them, as Markdown and as JSON.
 *
 * @param when    it was measured.
 * @param machine what it was measured on, with versions, by name.
 * @param setting how.
 * @param board   what was found.
 */
public record TargetTable(String when, Map<String, String> machine, Setting setting, Board board) {
    private static final String NONE = "–";

    /** The document. */
    public String markdown() {
        final Markdown text = new Markdown();
        text.heading(1, "Targets");
        text.paragraph("Written by `bench/compare/targets`. Each figure is the median of the rounds, with the least and the most; a ratio is the median of the ratios "
            + "of the rounds, of GMQ's figure by the other one. Both are measured by turns, with the same generator on the same machine.");
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("date", when));
        machine.forEach((name, value) -> rows.add(List.of(name, value)));
        rows.add(List.of("rounds", setting.rounds() + ", " + seconds(setting.measured().toMillis()) + " s each after " + seconds(setting.warmUp().toMillis())
            + " s to warm up" + (setting.isQuick() ? "; **quick: only to see that it runs**" : "")));
        if (!setting.sets().isEmpty()) {
            rows.add(List.of("settings of the broker", String.join(" ", setting.sets())));
        }
        text.table(List.of("what", "which"), rows);
        text.heading(2, "Figures");
        text.table(List.of("what", "figure", "GMQ:", "against", "its figure:", "ratio:", "target:", "reached"),
            board.lines().stream().map(TargetTable::row).toList());
        text.heading(2, "Short of the target");
        final List<String> misses = misses();
        text.list(misses.isEmpty() ? List.of("Nothing.") : misses);
        if (!board.failures().isEmpty()) {
            text.heading(2, "Not measured").list(board.failures());
        }
        return text.toString();
    }

    private static String seconds(final long millis) {
        return Numbers.decimals(millis / 1e3, 1);
    }

    private static List<String> row(final Line line) {
        final Goal goal = line.goal();
        return List.of(goal.what(), goal.ours().name(), figure(goal.unit(), line.ours()), goal.other().name(), figure(goal.unit(), line.other()),
            line.ratio().map(ratio -> range(Numbers.threeDigits(ratio.median()), Numbers.threeDigits(ratio.min()), Numbers.threeDigits(ratio.max()))).orElse(NONE),
            target(goal), line.verdict().words());
    }

    private static String figure(final Unit unit, final Optional<Summary> summary) {
        return summary.map(figure -> range(unit.text(figure.median()), unit.text(figure.min()), unit.text(figure.max()))).orElse(NONE);
    }

    private static String range(final String median, final String least, final String most) {
        return least.equals(most) ? median : median + " (" + least + " to " + most + ")";
    }

    private static String target(final Goal goal) {
        return goal.bound() == Bound.NONE ? NONE : goal.bound().sign() + " " + Numbers.threeDigits(goal.target());
    }

    /** Each line that does not reach its target, in a sentence. */
    public List<String> misses() {
        return board.lines().stream().filter(line -> line.verdict().isMiss())
            .map(line -> line.goal().what() + ": " + line.goal().ours().name() + " against " + line.goal().other().name() + " is "
                + Numbers.threeDigits(line.ratio().orElseThrow().median()) + ", should be " + target(line.goal()))
            .toList();
    }

    /** All figures of all rounds. */
    public String json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", when);
        all.put("machine", machine);
        all.put("rounds", setting.rounds());
        all.put("seconds", setting.measured().toMillis() / 1e3);
        all.put("quick", setting.isQuick());
        all.put("settings", setting.sets());
        all.put("targets", board.lines().stream().map(TargetTable::json).toList());
        all.put("figures", board.rounds());
        all.put("failures", board.failures());
        return Json.pretty(all) + "\n";
    }

    private static Map<String, Object> json(final Line line) {
        final Goal goal = line.goal();
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", goal.id());
        all.put("what", goal.what());
        all.put("unit", goal.unit().word());
        all.put("figure", goal.ours().name());
        all.put("against", goal.other().name());
        line.ours().ifPresent(figure -> all.put("gmq", json(figure)));
        line.other().ifPresent(figure -> all.put("other", json(figure)));
        line.ratio().ifPresent(figure -> all.put("ratio", json(figure)));
        if (goal.bound() != Bound.NONE) {
            all.put("bound", goal.bound() == Bound.AT_LEAST ? "at least" : "at most");
            all.put("target", goal.target());
            all.put("reached", line.verdict() == Verdict.UNKNOWN ? null : (Object) !line.verdict().isMiss());
        }
        return all;
    }

    private static Map<String, Object> json(final Summary summary) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("median", summary.median());
        all.put("min", summary.min());
        all.put("max", summary.max());
        return all;
    }
}
