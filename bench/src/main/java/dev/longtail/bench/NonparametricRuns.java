package dev.longtail.bench;

import dev.longtail.bench.figure.PngFigure;
import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.Series;
import dev.longtail.parallel.Workers;
import dev.longtail.train.RatingEpochReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Question: does nbANT find the number of anchors that a grid finds, wherever it starts, and what does a stream make of
 * it? On u1 of MovieLens 100K: a tenth of u1.base tells objectives, u1.test is measured at the end and tells nothing to
 * anybody.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.NonparametricRuns RESULT FOLDER
 * </pre>
 */
public final class NonparametricRuns {

    private static final List<Integer> GRID = List.of(1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30);
    private static final List<Integer> STARTS = List.of(2, 10, 30);
    private static final int END = 20;
    private static final String COLUMNS = "| last K | K of the best epoch | objective | validation MSE | nnz(T) | #Emb"
            + " | best epoch | test MSE | objective / best of the grid | swing |%n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|%n";
    private static final String WEAKER = "both.anchors.penalty.l1=0.0003 lambda1=0.0005";

    private final BudgetRuns runs;
    private final StreamRuns streams;
    private final StringBuilder page;
    private final List<Figure> figures = new ArrayList<>();

    private NonparametricRuns(BudgetRuns runs, StreamRuns streams, String header) {
        this.runs = runs;
        this.streams = streams;
        this.page = new StringBuilder(header);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("arguments are RESULT FOLDER, got " + List.of(arguments));
        }
        String command = "java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector"
                + " -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.NonparametricRuns "
                + String.join(" ", arguments);
        Path result = Path.of(arguments[0]);
        try (Workers workers = new Workers(1);
                ScratchFolder folder = ScratchFolder.create("nonparametric")) {
            Path data = Path.of(arguments[1]);
            NonparametricRuns all = new NonparametricRuns(
                    BudgetRuns.of(data, folder.path(), workers),
                    new StreamRuns(data, folder.path(), workers),
                    Provenance.header(
                            "Learned numbers of anchors on u1 of MovieLens 100K", command, Provenance.machine()));
            all.write();
            Files.writeString(result, all.page, StandardCharsets.UTF_8);
            Path pictures = Path.of("bench/results/figures");
            for (Figure figure : all.figures) {
                PngFigure.write(figure, pictures);
            }
        }
    }

    private void write() throws IOException {
        add(
                "Settings: `" + BudgetRuns.SETTINGS
                        + "`. %d epochs; lowest objective MSE + lambda2 nnz + (lambda1 - lambda2) K"
                        + " on the held-out tenth of u1.base, nnz and K of both tables together (the paper counts one"
                        + " of two tied tables). Test: u1.test, with the parameters of that epoch. Swing: largest less"
                        + " smallest K of the last %d epochs.%n%n",
                BudgetRuns.EPOCHS,
                END);
        add("## Numbers that stay%n%n");
        List<BudgetRuns.Run> fixed = grid("");
        double best = lowest(fixed);
        add("## Numbers that are learned (rule settled, the weakest anchors go)%n%n");
        List<BudgetRuns.Run> learned = learned(best, 3, "");
        gridFigure("nonparametric-grid", fixed, learned);
        curves(learned);
        others(best);
        add("## A weaker penalty: `%s`%n%nNumbers that stay:%n%n", WEAKER);
        List<BudgetRuns.Run> weaker = grid(WEAKER);
        add("Numbers that are learned:%n%n");
        gridFigure("nonparametric-grid-weaker", weaker, learned(lowest(weaker), 2, WEAKER));
        add("![Objective by number of anchors](figures/nonparametric-grid-weaker.png)%n%n");
        stream();
    }

    private void add(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.print(text);
        page.append(text);
    }

    private List<BudgetRuns.Run> grid(String more) throws IOException {
        add("| K of each table | objective | validation MSE | nnz(T) | #Emb | best epoch | test MSE |%n"
                + "|---|---|---|---|---|---|---|%n");
        List<BudgetRuns.Run> fixed = new ArrayList<>();
        for (int count : GRID) {
            BudgetRuns.Run run = runs.fixed(count, more);
            fixed.add(run);
            add("| %d | %s |%n", count, measures(run));
        }
        BudgetRuns.Run best = fixed.stream()
                .min(Comparator.comparingDouble(BudgetRuns.Run::objective))
                .orElseThrow();
        add("%nThe best of the grid: K = %d with %.4f.%n%n", best.anchors(), best.objective());
        return fixed;
    }

    private static double lowest(List<BudgetRuns.Run> fixed) {
        return fixed.stream().mapToDouble(BudgetRuns.Run::objective).min().orElseThrow();
    }

    /** What the paper shows in Figures 3 and 7. */
    private void gridFigure(String name, List<BudgetRuns.Run> fixed, List<BudgetRuns.Run> learned) {
        double[] counts = GRID.stream().mapToDouble(k -> k).toArray();
        List<Series> lines = new ArrayList<>(List.of(Series.of(
                "K stays",
                counts,
                fixed.stream().mapToDouble(BudgetRuns.Run::objective).toArray())));
        for (int i = 0; i < learned.size(); i++) {
            BudgetRuns.Run run = learned.get(i);
            lines.add(
                    Series.level("nbANT from " + STARTS.get(i), counts[0], counts[counts.length - 1], run.objective()));
        }
        figures.add(new Figure(
                name,
                "Objective by number of anchors",
                "Lowest objective of runs whose number of anchors stays, and of runs that learn it.",
                Axis.whole("anchors of each table"),
                Axis.linear("objective"),
                lines));
    }

    private static String measures(BudgetRuns.Run run) {
        RatingEpochReport best = run.best();
        return String.format(
                Locale.ROOT,
                "%.4f | %.4f | %,d | %,d | %d | %.4f",
                run.objective(),
                best.validation().orElseThrow().mse(),
                best.users().nonZeros() + best.items().nonZeros(),
                best.users().parameters() + best.items().parameters(),
                best.epoch(),
                run.test());
    }

    /** nbANT as it is set by default, from three numbers and with some seeds; the runs of the first one. */
    private List<BudgetRuns.Run> learned(double best, int seeds, String more) throws IOException {
        add("| start | seed " + COLUMNS);
        List<BudgetRuns.Run> shown = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            for (int start : STARTS) {
                BudgetRuns.Run run = runs.learned(start, "seed=" + seed + " " + more);
                line(start + " | " + seed, run, best);
                if (seed == 1) {
                    shown.add(run);
                }
            }
        }
        add(
                "%nFastest epoch with K = 10 (seed 1, start 10): %.3f s; where the number stays: %.3f s.%n%n",
                shown.get(1).fastest(10), runs.fixed(10, more).fastest(10));
        return shown;
    }

    private void line(String name, BudgetRuns.Run run, double best) {
        add(
                "| %s | %d | %d | %s | %.3f | %d |%n",
                name, run.lastAnchors(), run.anchors(), measures(run), run.objective() / best, run.swing(END));
    }

    private void curves(List<BudgetRuns.Run> learned) {
        figure(
                "nonparametric-anchors",
                "Anchors by epoch",
                "anchors of each table",
                learned,
                report -> report.users().anchors());
        figure(
                "nonparametric-objective",
                "Objective by epoch",
                "objective",
                learned,
                report -> report.objective().orElseThrow());
        figure(
                "nonparametric-links",
                "Non-zeros of both transforms by epoch",
                "non-zeros",
                learned,
                report -> report.users().nonZeros() + (double) report.items().nonZeros());
        add("Course of K, nnz and objective, every fifth epoch:%n%n| epoch |");
        STARTS.forEach(start -> add(" K from %d | nnz | objective |", start));
        add("%n|---|%s%n", "---|---|---|".repeat(STARTS.size()));
        for (int epoch = 0; epoch < BudgetRuns.EPOCHS; epoch += epoch == 0 ? 4 : 5) {
            add("| %d |", epoch + 1);
            for (BudgetRuns.Run run : learned) {
                RatingEpochReport report = run.reports().get(epoch);
                add(
                        " %d | %,d | %.4f |",
                        report.users().anchors(),
                        report.users().nonZeros() + report.items().nonZeros(),
                        report.objective().orElseThrow());
            }
            add("%n");
        }
        add("%n![Anchors by epoch](figures/nonparametric-anchors.png)%n%n"
                + "![Objective by epoch](figures/nonparametric-objective.png)%n%n"
                + "![Non-zeros by epoch](figures/nonparametric-links.png)%n%n"
                + "![Objective by number of anchors](figures/nonparametric-grid.png)%n%n");
    }

    private void figure(
            String name,
            String title,
            String unit,
            List<BudgetRuns.Run> learned,
            ToDoubleFunction<RatingEpochReport> value) {
        List<Series> lines = new ArrayList<>();
        for (int i = 0; i < learned.size(); i++) {
            List<RatingEpochReport> reports = learned.get(i).reports();
            lines.add(Series.of(
                    "from " + STARTS.get(i),
                    reports.stream().mapToDouble(RatingEpochReport::epoch).toArray(),
                    reports.stream().mapToDouble(value).toArray()));
        }
        figures.add(new Figure(
                name, title, "Runs from three numbers of anchors.", Axis.whole("epoch"), Axis.linear(unit), lines));
    }

    /** The paper's rule, and what else could be chosen. */
    private void others(double best) throws IOException {
        add("## Other rules, seed 1%n%n| rule, which anchors go | start " + COLUMNS);
        for (String rule : List.of("paper", "directed", "settled")) {
            for (int start : STARTS) {
                line(
                        rule + ", last | " + start,
                        runs.learned(start, "budget.rule=" + rule + " nonparametric.leaving=last"),
                        best);
            }
        }
        for (int start : STARTS) {
            line("settled, independent tables | " + start, runs.learned(start, "budget.sharing=independent"), best);
        }
        add("%n");
    }

    private void stream() throws IOException {
        add("## A stream (online nbANT)%n%nSettings: `" + StreamRuns.SETTINGS
                + "`. Each chunk of u1.base is read once; a tenth of"
                + " it is held out.%n%n| order | numbers of anchors | chunks | K of the chunks | test MSE | #Emb |%n"
                + "|---|---|---|---|---|---|%n");
        List<Series> lines = new ArrayList<>();
        for (StreamRuns.Order order : StreamRuns.Order.values()) {
            for (String how : StreamRuns.WAYS) {
                StreamRuns.Run run = streams.run(order, how);
                add(
                        "| %s | `%s` | %d | %s | %.4f | %,d |%n",
                        order.text(), how, run.anchors().size(), run.course(), run.test(), run.parameters());
                if (run.moves()) {
                    lines.add(Series.of(
                            order.text() + ", " + how.replaceAll(".*=", ""),
                            run.numbers(),
                            run.anchors().stream()
                                    .mapToDouble(Integer::doubleValue)
                                    .toArray()));
                }
            }
        }
        figures.add(new Figure(
                "nonparametric-stream",
                "Anchors by chunk of a stream",
                "Online nbANT.",
                Axis.whole("chunk"),
                Axis.whole("anchors of each table"),
                lines));
        add("%n![Anchors by chunk](figures/nonparametric-stream.png)%n");
    }
}
