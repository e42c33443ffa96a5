package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.Weights.Format;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerConfig.Kind;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.OutputConfig.Order;
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

/** Training and scoring of labels that share index rows against the same labels with rows of their own. */
class GroupedTrainingTest {

    private static final int INPUTS = 50;
    private static final int BATCH = 20;
    private static final RewireConfig STATIC = RewireConfig.DEFAULT.withPolicy(RewireConfig.Policy.STATIC);
    private static final RewireConfig MOVING =
            RewireConfig.DEFAULT.withPrune(PruneConfig.fraction(0.3f)).withSchedule(2, 1);

    private static RowsLayer layer(int labels, int group, Format format) {
        OutputConfig config =
                new OutputConfig(OutputConfig.Kind.FIXED_FAN_IN, 11, group, Order.CLUSTERS, 50, format, 8, 0.1f);
        RowsLayer layer = RowsLayer.fixedFanIn(labels, INPUTS, config);
        float[] bias = new float[labels];
        Arrays.fill(bias, -1);
        int[] order = IntStream.range(0, labels).map(row -> labels - 1 - row).toArray();
        layer.initialise(new OutputLayer.Start(bias, Optional.of(new LabelClusters(1, order)), 7));
        return layer;
    }

    /** Connects every label of {@code to} as it is connected in {@code from}. */
    private static void connect(RowsLayer from, RowsLayer to) {
        for (int row = 0; row < from.labels(); row++) {
            FixedFanIn source = (FixedFanIn) from.rows(from.shards().of(row));
            FixedFanIn target = (FixedFanIn) to.rows(to.shards().of(row));
            int sourceRow = row - from.shards().first(from.shards().of(row));
            int targetRow = row - to.shards().first(to.shards().of(row));
            for (int slot = 0; slot < source.width(); slot++) {
                target.connect(targetRow, slot, source.input(sourceRow, slot));
            }
        }
    }

    private record Outcome(List<Float> losses, float[] dx, float[] weights) {}

    /** Some steps on random examples, the same for every call. */
    private static Outcome train(RowsLayer layer, Loss loss, RewireConfig rewire, int threads) {
        SplittableRandom random = new SplittableRandom(3);
        List<Float> losses = new ArrayList<>();
        Panel dx = Panel.of(INPUTS * BATCH);
        try (Workers workers = new Workers(threads)) {
            OutputTraining training = layer.training(
                    new OutputTraining.Plan(Objective.plain(loss), true, BATCH, 5, 6, false),
                    OptimizerConfig.of(Kind.ADAGRAD, 0.1f),
                    rewire,
                    workers);
            for (int step = 1; step <= 6; step++) {
                int size = step == 3 ? BATCH - 3 : BATCH;
                Panel x = Panel.of(INPUTS * BATCH);
                for (int i = 0; i < INPUTS * size; i++) {
                    x.values()[x.at(i)] = (float) random.nextDouble() - 0.5f;
                }
                Positives positives = new Positives();
                for (int i = 0; i < 3 * size; i++) {
                    positives.add(random.nextInt(layer.labels()), i / 3);
                }
                positives.sort();
                losses.add((float) training.step(new OutputBatch(x, size, positives, 0.8f), new StepSize(step, 1), dx));
            }
        }
        float[] weights = new float[layer.labels() * layer.rows(0).width()];
        int at = 0;
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            LabelRows rows = layer.rows(shard);
            for (int i = 0; i < rows.weights().size(); i++) {
                weights[at++] = rows.weights().at(i);
            }
        }
        return new Outcome(losses, Arrays.copyOfRange(dx.values(), dx.offset(), dx.at(INPUTS * BATCH)), weights);
    }

    @ParameterizedTest
    @CsvSource({
        "16, FLOAT32, SQUARED_HINGE",
        "64, FLOAT32, LOGISTIC",
        "16, BFLOAT16, SQUARED_HINGE",
        "40, BFLOAT16, LOGISTIC"
    })
    void aStepIsThatOfLabelsWithRowsOfTheirOwn(int group, Format format, Loss loss) {
        RowsLayer grouped = layer(700, group, format);
        RowsLayer single = layer(700, 1, format);
        connect(grouped, single);
        Outcome expected = train(single, loss, STATIC, 1);
        Outcome actual = train(grouped, loss, STATIC, 1);
        assertThat(actual.weights).isEqualTo(expected.weights);
        // labels without a gradient, which squared hinge has, and labels with one
        long still = IntStream.range(0, actual.weights.length)
                .filter(i -> actual.weights[i] == 0)
                .count();
        assertThat(still > 100).isEqualTo(loss == Loss.SQUARED_HINGE);
        assertThat(still).isLessThan(actual.weights.length - 500);
        for (int step = 0; step < 6; step++) {
            assertThat(actual.losses.get(step)).isCloseTo(expected.losses.get(step), within(1e-4f));
        }
        for (int i = 0; i < actual.dx.length; i++) {
            assertThat(actual.dx[i]).isCloseTo(expected.dx[i], within(1e-5f));
        }
        assertThat(scores(grouped, 2)).isEqualTo(scores(single, 1));
    }

    @Test
    void threadsLeaveNoTrace() {
        for (int group : new int[] {1, 16}) {
            Outcome one = train(layer(1500, group, Format.BFLOAT16), Loss.SQUARED_HINGE, MOVING, 1);
            Outcome two = train(layer(1500, group, Format.BFLOAT16), Loss.SQUARED_HINGE, MOVING, 2);
            assertThat(two.weights).isEqualTo(one.weights);
            assertThat(two.dx).isEqualTo(one.dx);
            assertThat(two.losses).isEqualTo(one.losses);
        }
    }

    /** [labels][examples], of an odd number of examples. */
    private static float[][] scores(RowsLayer layer, int threads) {
        SplittableRandom random = new SplittableRandom(9);
        int batch = 13;
        Panel x = Panel.of(INPUTS * batch);
        for (int i = 0; i < INPUTS * batch; i++) {
            x.values()[x.at(i)] = (float) random.nextDouble() - 0.5f;
        }
        float[][] all = new float[layer.labels()][];
        try (Workers workers = new Workers(threads)) {
            layer.scores(x, batch, workers, (worker, label, scores) -> all[label] = Arrays.copyOf(scores, batch));
        }
        return all;
    }
}
