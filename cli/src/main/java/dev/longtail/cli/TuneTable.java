package dev.longtail.cli;

import dev.longtail.tune.Candidate;
import dev.longtail.tune.Trial;
import dev.longtail.tune.TuneMetric;
import dev.longtail.tune.TuneResult;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The trials of a search as people read them: a row for each candidate, those that got furthest first. */
final class TuneTable {

    private static final int ROWS = 20;

    private final TuneResult result;

    TuneTable(TuneResult result) {
        this.result = result;
    }

    void print(PrintWriter out) {
        // the last trial of each candidate that was measured; of a rung, the best first
        List<Trial> rows = result.trials().stream()
                .filter(Trial::isMeasured)
                .collect(Collectors.toMap(trial -> trial.candidate().number(), trial -> trial, last()))
                .values()
                .stream()
                .sorted(Comparator.comparingInt(Trial::rung)
                        .thenComparingDouble(Trial::value)
                        .reversed()
                        .thenComparingInt(trial -> trial.candidate().number()))
                .toList();
        String measure = result.config().metric().name();
        Table table = Table.ofTexts("candidate", "examples", measure, "time", "settings");
        rows.stream().limit(ROWS).forEach(trial -> table.row(row(trial)));
        out.println("Settings that were tried:");
        table.print(out);
        if (rows.size() > ROWS) {
            out.println("and " + Texts.count(rows.size() - ROWS) + " more; all are in model.json.");
        }
        result.outcomes().forEach((outcome, count) -> {
            if (outcome != Trial.Outcome.MEASURED && outcome != Trial.Outcome.NO_TIME) {
                out.println(Texts.count(count) + (count == 1 ? " candidate " : " candidates ") + explained(outcome));
            }
        });
    }

    private static BinaryOperator<Trial> last() {
        return (earlier, later) -> later;
    }

    private List<String> row(Trial trial) {
        String chosen = trial.candidate().number() == result.winner().number() ? " *" : "";
        return List.of(
                trial.candidate().number() + chosen,
                Texts.count(trial.examples()),
                value(result.config().metric(), trial.value()),
                Texts.seconds(trial.seconds()),
                settings(trial.candidate()));
    }

    private static String settings(Candidate candidate) {
        return candidate.isStart() ? "(those to start from)" : assignments(candidate.changes(), "");
    }

    /** Options that give a candidate's settings without a search, in the place of those of the search. */
    static String options(Candidate candidate) {
        return assignments(candidate.changes(), "--set ");
    }

    private static String assignments(Map<String, String> changes, String prefix) {
        return changes.entrySet().stream()
                .map(change -> prefix + change.getKey() + "=" + change.getValue())
                .collect(Collectors.joining(" "));
    }

    /** A value of a measure. */
    static String value(TuneMetric metric, double value) {
        return metric.isFraction() ? Texts.percent(value) + " %" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** How a trial went that was not measured. */
    static String outcome(Trial trial) {
        return switch (trial.outcome()) {
            case MEASURED -> "measured";
            case DIVERGED -> "diverged";
            case IMPOSSIBLE -> "impossible with these data";
            case NO_MEMORY -> "not tried";
            case NO_TIME -> "out of time";
        };
    }

    private static String explained(Trial.Outcome outcome) {
        return switch (outcome) {
            case DIVERGED -> "diverged.";
            case IMPOSSIBLE -> "did not go together with the data.";
            case NO_MEMORY ->
                "did not fit the Java heap and were not tried; LONGTAIL_JAVA_OPTIONS=-Xmx... makes it larger.";
            case MEASURED, NO_TIME -> "";
        };
    }
}
