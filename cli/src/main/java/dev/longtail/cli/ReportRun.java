package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.DataEncoder;
import dev.longtail.data.DataFormat;
import dev.longtail.data.EncodedExamples;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.LivingModel;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.PairedBootstrap;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.report.Comparison;
import dev.longtail.report.ErrorFinder;
import dev.longtail.report.ErrorGroup;
import dev.longtail.report.ErrorReader;
import dev.longtail.report.ModelResult;
import dev.longtail.report.Report;
import dev.longtail.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From one or two models and labelled files to a report. */
final class ReportRun {

    /** Examples with a wrong first suggestion, and twice the missed labels, that a page shows. */
    private static final int ERRORS = 20;

    private final Console console;
    private final Workers workers;
    private final Path temporary;
    private final List<String> times = new ArrayList<>();

    /** @param temporary folder for temporary files */
    ReportRun(Console console, Workers workers, Path temporary) {
        this.console = console;
        this.workers = workers;
        this.temporary = temporary;
    }

    /**
     * What to do.
     *
     * @param model   folder of the model
     * @param other   folder of the model to compare it with, null for none
     * @param test    files of the test set
     * @param cutoffs the k of all measures
     */
    record Plan(Path model, @Nullable Path other, Test test, Converters.Cutoffs cutoffs, Measuring measuring) {}

    /** A test set. @param format of the files, null to recognise it */
    record Test(List<Path> files, @Nullable DataFormat format) {}

    /** How measures are made. */
    record Measuring(Propensity propensity, Bootstrap bootstrap) {}

    Report run(Plan plan) throws IOException {
        Resources resources = Resources.start();
        LabelModelFolder.Stored stored = LivingModel.read(plan.model());
        Optional<LabelModelFolder.Stored> other =
                plan.other() == null ? Optional.empty() : Optional.of(LivingModel.read(plan.other()));
        ErrorFinder finder = new ErrorFinder(stored.model().labels().frequencies(), ERRORS);
        ModelResult result = measure(plan.model(), stored, plan, finder);
        List<ErrorGroup> errors = errors(plan, result, finder);
        Optional<Comparison> comparison = Optional.empty();
        if (plan.other() != null && other.isPresent()) {
            ModelResult against =
                    measure(plan.other(), other.get(), plan, (example, labels, scores, count, truth) -> {});
            comparison = Optional.of(new Comparison(
                    against,
                    new PairedBootstrap(plan.measuring().bootstrap()).compare(result.ranking(), against.ranking())));
        }
        String cost = "Measuring took " + resources.cost() + ", on " + workers.threads()
                + (workers.threads() == 1 ? " thread" : " threads") + "; of this, reading and ranking the test set "
                + String.join(" and ", times) + ".";
        return new Report(result, errors, comparison, plan.measuring().bootstrap(), cost);
    }

    private ModelResult measure(Path name, LabelModelFolder.Stored stored, Plan plan, Evaluation.Listener listener)
            throws IOException {
        console.message("measuring " + name + " ...");
        long start = System.nanoTime();
        LabelModel model = stored.model();
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                EncodedExamples encoded = new DataEncoder(model.features(), model.labels(), temporary, progress)
                        .encode(plan.test().files(), plan.test().format(), DataEncoder.Purpose.EVALUATE)) {
            Evaluation evaluation = new Evaluation(
                            model,
                            WatchedExamples.BATCH,
                            workers,
                            plan.cutoffs().array())
                    .withReliability();
            RankingEvaluation ranking = evaluation.rank(
                    new WatchedExamples(encoded.examples(), progress),
                    plan.measuring().propensity(),
                    listener);
            times.add(Texts.seconds((System.nanoTime() - start) / 1e9) + " with " + name);
            progress.clear();
            SkipReport.print(encoded.report().issues(), console);
            return new ModelResult(
                    name.toString(),
                    stored,
                    ranking,
                    ranking.metrics(plan.measuring().bootstrap()),
                    encoded.report(),
                    evaluation.reliability());
        } catch (IllegalStateException e) {
            throw new InputException(plan.test().files().get(0).toString(), 0, String.valueOf(e.getMessage()), e);
        }
    }

    private List<ErrorGroup> errors(Plan plan, ModelResult result, ErrorFinder finder) throws IOException {
        int[] cutoffs = plan.cutoffs().array();
        int longest = cutoffs[cutoffs.length - 1];
        LabelModel model = result.stored().model();
        Predictor predictor = new Predictor(model, longest, workers);
        return new ErrorReader(plan.test().files(), plan.test().format(), model, predictor)
                .read(finder, result.ranking().perLabel(longest));
    }
}
