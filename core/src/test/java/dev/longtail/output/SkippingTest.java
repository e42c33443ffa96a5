package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.PruneConfig;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkippingTest {

    private static final int LABELS = 900;
    private static final int INPUTS = 40;
    private static final int BATCH = 16;
    private static final RewireConfig REWIRE =
            RewireConfig.DEFAULT.withPrune(PruneConfig.fraction(0.25f)).withSchedule(7, 0.9f);

    private static RowsLayer layer(OutputConfig.Kind kind, Weights.Format format, int group, float slack) {
        OutputConfig.Order order = group > 1 ? OutputConfig.Order.CLUSTERS : OutputConfig.Order.NUMBERS;
        OutputConfig config = new OutputConfig(kind, 8, group, order, 100, format, 8, slack);
        RowsLayer layer = kind == OutputConfig.Kind.DENSE
                ? RowsLayer.dense(LABELS, INPUTS, config)
                : RowsLayer.fixedFanIn(LABELS, INPUTS, config);
        float[] bias = new float[LABELS];
        Arrays.fill(bias, -1 - slack);
        LabelClusters inOrder = new LabelClusters(1, IntStream.range(0, LABELS).toArray());
        layer.initialise(new OutputLayer.Start(bias, Optional.of(inOrder), 3));
        return layer;
    }

    /** Losses, gradients and parameters of some steps, and how many labels were scored and updated in each. */
    private record Run(List<Integer> bits, List<Long> scored, List<Long> updated) {}

    private static Run run(RowsLayer layer, boolean trainBias, boolean skip, RowRanges rows) {
        Run run = new Run(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        OptimizerConfig rule = OptimizerConfig.of(OptimizerConfig.Kind.ROW_ADAGRAD, 0.05f);
        try (Workers workers = new Workers(2)) {
            OutputTraining.Plan plan =
                    new OutputTraining.Plan(Objective.plain(Loss.SQUARED_HINGE), trainBias, BATCH, 1, 60, skip);
            OutputTraining training = layer.training(plan, rule, REWIRE, workers);
            SplittableRandom random = new SplittableRandom(9);
            for (int step = 1; step <= 60; step++) {
                Panel x = Panel.of(INPUTS * BATCH);
                Panel dx = Panel.of(INPUTS * BATCH);
                for (int i = 0; i < INPUTS * BATCH; i++) {
                    x.values()[x.at(i)] = (float) (random.nextDouble() - 0.5) * 2;
                }
                Positives positives = new Positives();
                for (int example = 0; example < BATCH; example++) {
                    positives.add(random.nextInt(100), example);
                }
                positives.sort();
                double loss = training.step(new OutputBatch(x, BATCH, positives, 1, rows), new StepSize(step, 1), dx);
                run.bits.add(Double.hashCode(loss));
                for (int i = 0; i < INPUTS * BATCH; i++) {
                    run.bits.add(Float.floatToIntBits(dx.values()[dx.at(i)]));
                }
                run.scored.add(training.scored());
                run.updated.add(training.updated());
            }
        }
        for (Tensor tensor : layer.tensors()) {
            if (tensor instanceof Tensor.Floats floats) {
                floats.pages().forEach(page -> run.bits.add(Arrays.hashCode(page)));
            } else if (tensor instanceof Tensor.Brains brains) {
                brains.pages().forEach(page -> run.bits.add(Arrays.hashCode(page)));
            } else if (tensor instanceof Tensor.Chars chars) {
                chars.pages().forEach(page -> run.bits.add(Arrays.hashCode(page)));
            }
        }
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        "FIXED_FAN_IN,FLOAT32,1,0.1,false",
        "FIXED_FAN_IN,FLOAT32,1,0.1,true",
        "FIXED_FAN_IN,BFLOAT16,1,0.1,false",
        "FIXED_FAN_IN,FLOAT32,1,2,false",
        "FIXED_FAN_IN,FLOAT32,1,0,false",
        "FIXED_FAN_IN,FLOAT32,16,0.1,false",
        "FIXED_FAN_IN,FLOAT32,16,0,false",
        "FIXED_FAN_IN,BFLOAT16,64,0.1,true",
        "FIXED_FAN_IN,FLOAT32,64,2,false",
        "DENSE,FLOAT32,1,0.1,false",
        "DENSE,BFLOAT16,1,0.1,true",
    })
    void whatIsLeftOutChangesNoBit(
            OutputConfig.Kind kind, Weights.Format format, int group, float slack, boolean trainBias) {
        Run all = run(layer(kind, format, group, slack), trainBias, false, RowRanges.all());
        Run some = run(layer(kind, format, group, slack), trainBias, true, RowRanges.all());
        assertThat(some.bits).isEqualTo(all.bits);
        assertThat(some.updated).isEqualTo(all.updated);
        assertThat(all.scored).containsOnly((long) LABELS);
        assertThat(some.scored.get(0)).isEqualTo(some.updated.get(0)).isBetween(10L, 16L);
        for (int step = 0; step < 60; step++) {
            // labels 100 and up are never positive, so their weights stay zero
            assertThat(some.scored.get(step)).isBetween(some.updated.get(step), 100L);
        }
    }

    @Test
    void aLargeSlackLeavesLearnedLabelsOutToo() {
        RowsLayer layer = layer(OutputConfig.Kind.FIXED_FAN_IN, Weights.Format.FLOAT32, 1, 2);
        Run some = run(layer, false, true, RowRanges.all());
        assertThat(some.scored.get(50)).isLessThan(80);
    }

    /** The loss of a hidden vector that is no number must stay no number, so that the run can end with advice. */
    @Test
    void vectorsThatAreNotFiniteLeaveNothingOut() {
        RowsLayer layer = layer(OutputConfig.Kind.FIXED_FAN_IN, Weights.Format.FLOAT32, 1, 0.1f);
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
            ScoreBounds bounds = new ScoreBounds(layer);
            Panel x = Panel.of(INPUTS * BATCH);
            bounds.start(x, BATCH);
            assertThat(bounds.isSatisfied(0, 3)).isTrue();
            x.values()[x.at(5 * BATCH + 2)] = value;
            bounds.start(x, BATCH);
            assertThat(bounds.isSatisfied(0, 3)).isFalse();
        }
    }

    /** Rows from 120 on are far from the positives: nothing there is scored or changes. */
    @ParameterizedTest
    @CsvSource({"FIXED_FAN_IN,1", "FIXED_FAN_IN,3", "FIXED_FAN_IN,39", "DENSE,1"})
    void onlyTheRowsOfTheBatchTakePart(OutputConfig.Kind kind, int group) {
        RowRanges rows = new RowRanges();
        rows.add(0, 117);
        rows.add(312, 351);
        RowsLayer layer = layer(kind, Weights.Format.FLOAT32, group, 0);
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            Arrays.fill(layer.rows(shard).bias(), 0); // every negative has a loss
        }
        Run run = run(layer, true, true, rows);
        assertThat(run.scored).containsOnly(156L);
        assertThat(run.updated.get(0)).isEqualTo(156);
        for (int row = 0; row < LABELS; row++) {
            int shard = layer.shards().of(row);
            boolean takesPart = row < 117 || row >= 312 && row < 351;
            assertThat(layer.rows(shard).bias()[row - layer.shards().first(shard)] != 0)
                    .as("row " + row)
                    .isEqualTo(takesPart);
        }
    }
}
