package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.DataEncoder;
import dev.longtail.data.DataFormat;
import dev.longtail.data.EncodedExamples;
import dev.longtail.data.ExampleIssue;
import dev.longtail.data.Examples;
import dev.longtail.data.ReadReport;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.parallel.Workers;
import dev.longtail.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a model and labelled files to measures. */
final class EvaluateRun {

    private final Console console;
    private final int threads;
    private final Path temporary;

    /** @param temporary folder for temporary files */
    EvaluateRun(Console console, int threads, Path temporary) {
        this.console = console;
        this.threads = threads;
        this.temporary = temporary;
    }

    /**
     * What to do.
     *
     * @param format    of the files, null to recognise it
     * @param bootstrap for intervals, empty for none
     */
    record Plan(
            List<Path> files,
            @Nullable DataFormat format,
            Ranking ranking,
            Propensity propensity,
            Optional<Bootstrap> bootstrap) {}

    /** How labels are ranked, and how many of them count. */
    record Ranking(Converters.Cutoffs cutoffs, SearchConfig search) {}

    /**
     * What came out.
     *
     * @param reliability    of the probabilities
     * @param search         of the search where it was not exact
     */
    record Outcome(
            Metrics metrics,
            ReliabilityTable reliability,
            ReadReport<ExampleIssue> report,
            Optional<Searched> search,
            Times times) {}

    /**
     * What it took.
     *
     * @param predictSeconds from a loaded model to all answers: reading and encoding the files, and ranking
     * @param rankSeconds    of these, the ranking
     */
    record Times(double predictSeconds, double rankSeconds) {}

    Outcome run(LabelModel model, Plan plan) throws IOException {
        long start = System.nanoTime();
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                EncodedExamples encoded = new DataEncoder(model.features(), model.labels(), temporary, progress)
                        .encode(plan.files(), plan.format(), DataEncoder.Purpose.EVALUATE);
                Workers workers = new Workers(threads)) {
            SearchConfig search = plan.ranking().search();
            SearchIndex index = Searched.index(model, search, workers);
            Evaluation evaluation = new Evaluation(
                            model,
                            index,
                            WatchedExamples.BATCH,
                            workers,
                            plan.ranking().cutoffs().array())
                    .withReliability();
            if (search.mode() == SearchConfig.Mode.PRUNED) {
                evaluation.comparing();
            }
            Examples examples = new WatchedExamples(encoded.examples(), progress);
            long startOfRanking = System.nanoTime();
            RankingEvaluation ranked = evaluation.rank(examples, plan.propensity());
            long end = System.nanoTime();
            progress.clear();
            SkipReport.print(encoded.report().issues(), console);
            Optional<Searched> searched =
                    evaluation.recall().map(recall -> new Searched(search, index, evaluation.report(), recall));
            return new Outcome(
                    metrics(ranked, plan),
                    new ReliabilityTable(
                            evaluation.reliability(), model.calibration().isPresent()),
                    encoded.report(),
                    searched,
                    new Times((end - start) / 1e9, (end - startOfRanking) / 1e9));
        }
    }

    private static Metrics metrics(RankingEvaluation ranked, Plan plan) {
        try {
            return plan.bootstrap().map(ranked::metrics).orElseGet(ranked::metrics);
        } catch (IllegalStateException e) {
            throw new InputException(plan.files().get(0).toString(), 0, String.valueOf(e.getMessage()), e);
        }
    }
}
