package dev.longtail.bench;

import dev.longtail.config.Settings;
import dev.longtail.data.ReadListener;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingDataConfig;
import dev.longtail.rating.RatingFiles;
import dev.longtail.rating.RatingSet;
import dev.longtail.train.RatingAdaptation;
import dev.longtail.train.RatingBudgetConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingEvaluation;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of {@link NonparametricRuns} that pass over all ratings in every epoch. */
record BudgetRuns(Path scratch, Workers workers, RatingData data, RatingSet test) {

    static final int EPOCHS = 100;

    /** Chosen on tenths held out of u1.base; {@code both} stands for users and items. */
    static final String SETTINGS = "both.kind=anchors optimizer.kind=adagrad optimizer.learningRate=0.3"
            + " optimizer.epsilon=1e-8 l2=0.08 both.initialScale=1 both.anchors.anchorRate=0.3"
            + " both.anchors.penalty.metric=coordinate both.anchors.penalty.l1=0.001 batch=256 lambda1=0.001"
            + " objective.lambda2=1e-6";

    /** What a run brought. @param test MSE on the test part */
    record Run(List<RatingEpochReport> reports, double test) {

        RatingEpochReport best() {
            return RatingEpochReport.bestOf(reports);
        }

        double objective() {
            return best().objective().orElseThrow();
        }

        int anchors() {
            return best().users().anchors();
        }

        int lastAnchors() {
            return reports.get(reports.size() - 1).users().anchors();
        }

        /** Largest less smallest number of anchors of the last epochs. */
        int swing(int epochs) {
            int[] last = reports.subList(reports.size() - epochs, reports.size()).stream()
                    .mapToInt(report -> report.users().anchors())
                    .sorted()
                    .toArray();
            return last[last.length - 1] - last[0];
        }

        /** Time of the fastest epoch with so many anchors: others share the machine. */
        double fastest(int anchors) {
            return reports.stream()
                    .filter(report -> report.users().anchors() == anchors)
                    .mapToDouble(RatingEpochReport::seconds)
                    .min()
                    .orElseThrow();
        }
    }

    static BudgetRuns of(Path folder, Path scratch, Workers workers) throws IOException {
        RatingDataConfig split = new RatingDataConfig(RatingDataConfig.Split.RANDOM, 0.1, 1, false);
        RatingFiles files = new RatingFiles(List.of(folder.resolve("u1.base.gz")), List.of(), null);
        RatingData data = RatingData.read(files, split, 1, ReadListener.NONE);
        RatingSet test = RatingData.read(
                List.of(folder.resolve("u1.test.gz")),
                data.users(),
                data.items().ids(),
                ReadListener.NONE);
        return new BudgetRuns(scratch, workers, data, test);
    }

    /** Settings with {@code both.} for both tables, as a configuration. */
    static RatingConfig config(String settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings.strip().split(" +")) {
            String[] parts = setting.split("=", 2);
            if (parts[0].startsWith("both.")) {
                values.put("model.users" + parts[0].substring(4), parts[1]);
                values.put("model.items" + parts[0].substring(4), parts[1]);
            } else {
                values.put(parts[0], parts[1]);
            }
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    /** A run whose number of anchors stays. @param more settings */
    Run fixed(int anchors, String more) throws IOException {
        return run(config(SETTINGS + " both.anchors.count=" + anchors + " maxEpochs=" + EPOCHS + " patience=" + EPOCHS
                + " " + more));
    }

    /** A run that learns its number of anchors. @param more settings */
    Run learned(int start, String more) throws IOException {
        return run(config(SETTINGS + " nonparametric.learned=true both.anchors.count=" + start + " budget.start="
                + start + " maxEpochs=" + EPOCHS + " patience=" + EPOCHS + " " + more));
    }

    private Run run(RatingConfig config) throws IOException {
        RatingModel model = config.newModel(data);
        RatingTrainer trainer = new RatingTrainer(config.train(), workers, RatingListener.SILENT, scratch);
        if (!config.train().nonparametric().learned()) {
            trainer.adapting(new Fixed(config.train().nonparametric()));
        }
        List<RatingEpochReport> reports = trainer.train(model, data.train(), data.validation());
        return new Run(
                reports, new RatingEvaluation(model, workers).measure(test).mse());
    }

    /** Leaves the number of anchors as it is, but keeps the epoch with the lowest objective. */
    private record Fixed(RatingBudgetConfig config) implements RatingAdaptation {

        @Override
        public double objective(RatingMetrics validation, TableFacts users, TableFacts items) {
            return config.objective(
                    validation.mse(), users.nonZeros() + items.nonZeros(), (long) users.anchors() + items.anchors());
        }

        @Override
        public void after(RatingEpochReport report, RatingModel model) {
            // stays as it is
        }
    }
}
