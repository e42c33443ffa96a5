package dev.longtail.bench;

import dev.longtail.bench.LivingTexts.Labelled;
import dev.longtail.data.LabelSet;
import dev.longtail.living.Feedback;
import dev.longtail.living.LivingModel;
import dev.longtail.metrics.Band;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Question: does a model get better by feedback? Goes through labelled texts as people who index would: they accept the
 * labels of a text, whether they were suggested or not, and reject the others among the first five suggestions. After
 * some numbers of texts it measures on others. Frequencies and propensities are those of the training throughout.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector \
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.LivingFeedback \
 *       MODEL JUDGED.tsv.gz TEST.tsv.gz NUMBER...
 * </pre>
 */
public final class LivingFeedback {

    private static final int TOP = 5;
    private static final int BATCH = 200;

    private LivingFeedback() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 4) {
            throw new IllegalArgumentException("usage: LivingFeedback MODEL JUDGED TEST NUMBER...");
        }
        List<Labelled> judged = LivingTexts.read(Path.of(arguments[1]));
        List<Labelled> test = LivingTexts.read(Path.of(arguments[2]));
        int[] stops = Arrays.stream(arguments, 3, arguments.length)
                .mapToInt(Integer::parseInt)
                .toArray();
        try (ScratchFolder scratch = ScratchFolder.create("longtail-feedback-");
                Workers workers = new Workers(2)) {
            LivingModel living = LivingModel.open(
                    LivingTexts.copy(Path.of(arguments[0]), scratch.path().resolve("model")), workers);
            LabelModel trained = living.model();
            System.out.println("| texts judged | accepted | rejected | P@1 | P@5 | R@5 | PSP@1 | PSP@5 | R@5 head |"
                    + " R@5 middle | R@5 tail | ms a text |");
            System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
            Course course = new Course(living, judged, workers);
            course.row(trained, test);
            for (int stop : stops) {
                course.run(Math.min(stop, judged.size()));
                course.row(trained, test);
            }
        }
    }

    /** How far the people are. */
    private static final class Course {

        private final LivingModel living;
        private final List<Labelled> judged;
        private final Workers workers;
        private int done;
        private long accepted;
        private long rejected;
        private long nanos;

        Course(LivingModel living, List<Labelled> judged, Workers workers) {
            this.living = living;
            this.judged = judged;
            this.workers = workers;
        }

        void run(int end) throws IOException {
            while (done < end) {
                List<Labelled> texts = judged.subList(done, Math.min(end, done + BATCH));
                List<List<Suggestion>> suggestions = LivingTexts.suggest(living.model(), texts, TOP, workers);
                List<Feedback> feedback = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    feedback(texts.get(i), suggestions.get(i), feedback);
                }
                long start = System.nanoTime();
                living.give(feedback);
                nanos += System.nanoTime() - start;
                done += texts.size();
            }
        }

        private void feedback(Labelled text, List<Suggestion> suggested, List<Feedback> into) {
            LabelSet labels = living.model().labels();
            List<String> right = text.labels().stream()
                    .distinct()
                    .filter(label -> labels.indexOf(label) >= 0)
                    .toList();
            List<String> wrong = suggested.stream()
                    .map(Suggestion::id)
                    .filter(id -> !text.labels().contains(id))
                    .toList();
            accepted += right.size();
            rejected += wrong.size();
            if (!right.isEmpty() || !wrong.isEmpty()) {
                into.add(new Feedback(text.text(), right, wrong));
            }
        }

        void row(LabelModel trained, List<Labelled> test) {
            Metrics metrics = measure(trained, living.model(), test, workers);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %,d | %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %s | %.1f |%n",
                    done,
                    accepted,
                    rejected,
                    100 * metrics.at(1).precision(),
                    100 * metrics.at(TOP).precision(),
                    100 * metrics.at(TOP).recall(),
                    100 * metrics.at(1).propensityScored(),
                    100 * metrics.at(TOP).propensityScored(),
                    bands(metrics),
                    done == 0 ? 0 : nanos / 1e6 / done);
        }

        private static String bands(Metrics metrics) {
            List<String> bands = new ArrayList<>();
            for (Band band : Band.values()) {
                metrics.at(TOP).bands().stream()
                        .filter(part -> part.band() == band)
                        .forEach(part -> bands.add(String.format(Locale.ROOT, "%.2f", 100 * part.recall())));
            }
            return String.join(" | ", bands);
        }
    }

    private static Metrics measure(LabelModel trained, LabelModel now, List<Labelled> test, Workers workers) {
        LabelSet labels = trained.labels();
        RankingEvaluation evaluation =
                new RankingEvaluation(labels.frequencies(), trained.trainExamples(), Propensity.DEFAULT, 1, TOP);
        List<List<Suggestion>> suggestions = LivingTexts.suggest(now, test, TOP, workers);
        for (int text = 0; text < test.size(); text++) {
            int[] found = suggestions.get(text).stream()
                    .mapToInt(suggestion -> labels.indexOf(suggestion.id()))
                    .toArray();
            List<String> known = test.get(text).labels().stream()
                    .distinct()
                    .filter(label -> labels.indexOf(label) >= 0)
                    .toList();
            int[] truth = known.stream().mapToInt(labels::indexOf).sorted().toArray();
            int unknown = (int) test.get(text).labels().stream().distinct().count() - known.size();
            evaluation.add(found, found.length, truth, truth.length, unknown);
        }
        return evaluation.metrics();
    }
}
