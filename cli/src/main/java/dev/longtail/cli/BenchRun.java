package dev.longtail.cli;

import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.LabelModel;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.output.AnchorLayer;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.synthetic.SyntheticConfig;
import dev.longtail.synthetic.SyntheticExamples;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.StepRecord;
import dev.longtail.train.StepReport;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of training on made-up examples, and what its steps take. */
final class BenchRun {

    private final Console console;
    private final int threads;

    BenchRun(Console console, int threads) {
        this.console = console;
        this.threads = threads;
    }

    /**
     * What to train.
     *
     * @param data whose number of examples is that of steps times that of a batch
     */
    record Plan(LabelConfig settings, SyntheticConfig data) {

        int steps() {
            return data.examples() / settings.train().batch();
        }
    }

    /**
     * What it took.
     *
     * @param hidden width of the hidden vector
     * @param parameters learned numbers of the whole model, without indices
     * @param buildSeconds from the start to the end of the first step: arrays allocated, connections drawn
     * @param secondsPerStep median over the steps after the warm-up
     * @param cpuSecondsPerStep mean over the same steps, all processors together
     * @param scored share of the labels whose scores were computed, mean over the same steps
     * @param updated share of the labels that had a gradient, mean over the same steps
     * @param peakRssBytes of the process, null where the system does not tell
     * @param heapUsedBytes of the Java heap after a step at most, what is not yet collected counted
     * @param layerBytes arrays of the output layer and its optimiser state
     */
    record Outcome(
            int hidden,
            long parameters,
            double buildSeconds,
            double secondsPerStep,
            double cpuSecondsPerStep,
            double scored,
            double updated,
            double firstLoss,
            double lastLoss,
            @Nullable Long peakRssBytes,
            long heapUsedBytes,
            long layerBytes) {}

    Outcome run(Plan plan) throws IOException {
        Resources resources = Resources.start();
        describe(plan);
        SyntheticExamples examples = plan.data().train();
        LabelModel model = model(plan, examples);
        Clock clock;
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads)) {
            clock = new Clock(plan.steps(), progress);
            new LabelTrainer(plan.settings().train(), plan.settings().rewire(), workers, clock, Path.of("."))
                    .train(model, examples, Optional.empty());
        }
        Resources.Cost cost = resources.cost();
        return new Outcome(
                model.body().hidden(),
                parameters(model),
                cost.seconds() - clock.secondsSince(0),
                clock.medianSeconds(),
                clock.meanCpuSeconds(),
                clock.mean(clock.scored),
                clock.mean(clock.updated),
                clock.firstLoss,
                clock.lastLoss,
                cost.peakRssBytes(),
                clock.heapUsed,
                layerBytes(plan, model));
    }

    private void describe(Plan plan) {
        OutputConfig output = plan.settings().model().output();
        console.message("building a model of " + Texts.count(plan.data().labels()) + " labels with fan-in "
                + output.fanIn() + ", " + Texts.count(plan.data().labels() * (long) output.fanIn())
                + " connections; then " + Texts.count(plan.steps()) + " steps of "
                + plan.settings().train().batch() + " examples, " + threads + (threads == 1 ? " thread" : " threads")
                + ", kernels " + Vectors.name());
    }

    private static LabelModel model(Plan plan, SyntheticExamples examples) {
        NumericFeatureSpace features = new NumericFeatureSpace(plan.data().features(), false);
        LabelSet labels = LabelSet.numbered(examples.labelFrequencies());
        try {
            return new LabelModel(plan.settings().model(), features, labels, examples.size());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long parameters(LabelModel model) {
        return model.tensors().stream()
                .filter(tensor -> tensor instanceof Tensor.Floats || tensor instanceof Tensor.Brains)
                .mapToLong(Tensor::elements)
                .sum();
    }

    private static long layerBytes(Plan plan, LabelModel model) {
        long bytes = 0;
        for (Tensor tensor : model.output().tensors()) {
            bytes += tensor.elements() * TensorPages.numberBytes(tensor);
        }
        if (model.output() instanceof AnchorLayer layer) {
            return bytes + layer.anchorBytes();
        }
        // The state itself is gone with the run; one for a shard after the other tells its size.
        OutputConfig output = plan.settings().model().output();
        OptimizerConfig optimizer = plan.settings().train().outputOptimizer();
        Shards shards = Shards.of(model.labels().size(), output.fanIn(), output.group());
        for (int shard = 0; shard < shards.count(); shard++) {
            bytes += optimizer.newState(shards.size(shard), output.fanIn()).bytes();
        }
        return bytes;
    }

    /** Times between the ends of steps. */
    private static final class Clock implements TrainListener {

        private final ProgressDisplay progress;
        private final long[] ends;
        private final long[] cpu;
        private final double[] scored;
        private final double[] updated;
        private int done;
        private double firstLoss;
        private double lastLoss;
        private long heapUsed;

        Clock(int steps, ProgressDisplay progress) {
            this.progress = progress;
            this.ends = new long[steps];
            this.cpu = new long[steps];
            this.scored = new double[steps];
            this.updated = new double[steps];
        }

        @Override
        public void step(StepRecord step) {
            if (done == 0) {
                firstLoss = step.loss();
                progress.startTraining();
            }
            lastLoss = step.loss();
            Runtime runtime = Runtime.getRuntime();
            heapUsed = Math.max(heapUsed, runtime.totalMemory() - runtime.freeMemory());
            scored[done] = step.scored();
            updated[done] = step.updated();
            cpu[done] = Resources.cpuNanos();
            ends[done++] = System.nanoTime();
        }

        @Override
        public void progress(StepReport report) {
            if (done > 1) { // rates count from the end of the first step
                progress.progress(report);
            }
        }

        /** The last step whose time does not count: compilers are at work in the first fifth. */
        private int warm() {
            return Math.max(1, done / 5) - 1;
        }

        double secondsSince(int step) {
            return (System.nanoTime() - ends[step]) / 1e9;
        }

        double medianSeconds() {
            double[] seconds = new double[done - 1 - warm()];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = (ends[warm() + 1 + i] - ends[warm() + i]) / 1e9;
            }
            Arrays.sort(seconds);
            int middle = seconds.length / 2;
            return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
        }

        double mean(double[] shares) {
            return Arrays.stream(shares, warm() + 1, done).average().orElseThrow();
        }

        double meanCpuSeconds() {
            return (cpu[done - 1] - cpu[warm()]) / 1e9 / (done - 1 - warm());
        }
    }
}
