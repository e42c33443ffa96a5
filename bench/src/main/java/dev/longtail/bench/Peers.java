package dev.longtail.bench;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.longtail.data.DataFiles;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Question: what do linear one-versus-rest classifiers of LIBLINEAR reach on the same features and the same split, and
 * at what cost? Its constants are LIBLINEAR's own defaults (C = 1). Longtail's figures on these sets come from
 * {@link WholeRun}, which this program runs first so that both stand in one report.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.Peers ../shared/data bibtex delicious
 * </pre>
 */
public final class Peers {

    private Peers() {}

    /** Arguments: the folder of the data sets; names of sets in the format of the Extreme Classification Repository. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: Peers FOLDER-OF-DATA SET..., SET as in bibtex");
        }
        StringBuilder page = new StringBuilder(Provenance.header(
                "Linear peers", "dev.longtail.bench.Peers " + String.join(" ", arguments), Provenance.machine()));
        page.append("| set | system | P@1 | P@3 | P@5 | PSP@1 | PSP@5 | train, CPU s | weights |\n");
        page.append("|---|---|---|---|---|---|---|---|---|\n");
        for (String set : List.of(arguments).subList(1, arguments.length)) {
            page.append(longtail(Path.of(arguments[0]), set));
            for (SolverType solver : List.of(SolverType.L2R_L2LOSS_SVC_DUAL, SolverType.L2R_LR_DUAL)) {
                page.append(liblinear(Path.of(arguments[0], set), set, solver));
            }
        }
        System.out.print(page);
        Files.writeString(Path.of("bench/results/peers.md"), page, StandardCharsets.UTF_8);
    }

    private static String longtail(Path data, String set) throws IOException, InterruptedException {
        WholeRun.Outcome outcome = WholeRun.measure(data, set);
        return String.format(
                Locale.ROOT,
                "| %s | Longtail | %s | %.0f | |%n",
                set,
                percent(List.of("P@1", "P@3", "P@5", "PSP@1", "PSP@5").stream()
                        .mapToDouble(name -> outcome.evaluated().path(name).asDouble())),
                outcome.trained().path("cpuSeconds").asDouble());
    }

    private static String liblinear(Path folder, String set, SolverType solver) throws IOException {
        DataFiles files = new DataFiles(
                List.of(folder.resolve("train.txt.gz")), List.of(folder.resolve("test.txt.gz")), null, null);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        LabelConfig config = LabelConfig.embedding(128, 32);
        try (TrainingData data = TrainingData.prepare(files, config.dataSettings(), temporary, 1, ReadListener.NONE)) {
            long start = cpuNanoseconds();
            List<double[]> weights = train(data, solver);
            double seconds = (cpuNanoseconds() - start) / 1e9;
            Metrics metrics = evaluate(data, weights);
            return String.format(
                    Locale.ROOT,
                    "| %s | LIBLINEAR %s | %s | %.0f | %,d |%n",
                    set,
                    solver,
                    percent(DoubleStream.of(
                            metrics.at(1).precision(),
                            metrics.at(3).precision(),
                            metrics.at(5).precision(),
                            metrics.at(1).propensityScored(),
                            metrics.at(5).propensityScored())),
                    seconds,
                    (long) weights.size() * weights.get(0).length);
        }
    }

    private static String percent(DoubleStream shares) {
        return String.join(
                " | ",
                shares.mapToObj(share -> String.format(Locale.ROOT, "%.2f", 100 * share))
                        .toList());
    }

    private static long cpuNanoseconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** One classifier a label: its weights, the last being the bias. */
    private static List<double[]> train(TrainingData data, SolverType solver) {
        Linear.disableDebugOutput();
        Examples examples = data.train();
        Problem problem = new Problem();
        problem.l = examples.size();
        problem.n = data.features().size() + 1;
        problem.x = new Feature[problem.l][];
        boolean[][] carries = new boolean[data.labels().size()][problem.l];
        Example example = new Example();
        for (int i = 0; i < problem.l; i++) {
            examples.read(i, example);
            problem.x[i] = features(example, problem.n);
            for (int label = 0; label < example.labelCount; label++) {
                carries[example.labels[label]][i] = true;
            }
        }
        List<double[]> weights = new ArrayList<>();
        for (boolean[] positives : carries) {
            problem.y = IntStream.range(0, problem.l)
                    .mapToDouble(i -> positives[i] ? 1 : -1)
                    .toArray();
            Model model = Linear.train(problem, new Parameter(solver, 1, 0.1));
            double[] found = model.getFeatureWeights();
            double sign = model.getLabels()[0] == 1 ? 1 : -1; // weights speak for the label that was met first
            for (int i = 0; i < found.length; i++) {
                found[i] *= sign;
            }
            weights.add(found);
        }
        return weights;
    }

    /** The example's features, numbered from 1, and a constant one for the bias. */
    private static Feature[] features(Example example, int bias) {
        Feature[] features = new Feature[example.featureCount + 1];
        for (int i = 0; i < example.featureCount; i++) {
            features[i] = new FeatureNode(example.features[i] + 1, example.weights[i]);
        }
        features[example.featureCount] = new FeatureNode(bias, 1);
        return features;
    }

    private static Metrics evaluate(TrainingData data, List<double[]> weights) {
        Examples examples = Objects.requireNonNull(data.validation());
        RankingEvaluation evaluation = new RankingEvaluation(
                data.labels().frequencies(), data.labelledExamples(), Propensity.DEFAULT, 1, 3, 5);
        Example example = new Example();
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, example);
            int[] best = best(example, weights);
            evaluation.add(best, best.length, example.labels, example.labelCount, example.unknownLabels);
        }
        return evaluation.metrics();
    }

    private static int[] best(Example example, List<double[]> weights) {
        double[] scores = weights.stream()
                .mapToDouble(label -> {
                    double score = label[label.length - 1];
                    for (int i = 0; i < example.featureCount; i++) {
                        score += label[example.features[i]] * example.weights[i];
                    }
                    return score;
                })
                .toArray();
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .limit(5)
                .mapToInt(label -> label)
                .toArray();
    }
}
