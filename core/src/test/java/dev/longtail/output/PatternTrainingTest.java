package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.Weights;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.PatternConfig;
import dev.longtail.topology.RewireConfig;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** N:M training against the same in double precision, written with masks over a dense matrix. */
class PatternTrainingTest {

    private static final int LABELS = 6;
    private static final int INPUTS = 16;
    private static final int FAN_IN = 4;
    private static final int BLOCK = 8; // so 2 of 8
    private static final int BATCH = 5;
    private static final int STEPS = 40;
    private static final float SHRINK = 0.01f;

    private static RowsLayer layer(int labels, int group) {
        OutputConfig.Order order = group == 1 ? OutputConfig.Order.NUMBERS : OutputConfig.Order.RANDOM_CLUSTERS;
        OutputConfig config = new OutputConfig(
                OutputConfig.Kind.FIXED_FAN_IN, FAN_IN, group, order, 100, Weights.Format.FLOAT32, 1, 0);
        return (RowsLayer) config.newLayer(labels, INPUTS);
    }

    private static RowsLayer started(int labels) {
        RowsLayer layer = layer(labels, 1);
        float[] bias = new float[labels];
        Arrays.fill(bias, -1);
        layer.initialise(new OutputLayer.Start(bias, Optional.empty(), 3));
        return layer;
    }

    private static OutputTraining training(RowsLayer layer, PatternConfig pattern, Workers workers) {
        RewireConfig rewire =
                RewireConfig.DEFAULT.withPolicy(RewireConfig.Policy.PATTERN).withPattern(pattern);
        OutputTraining.Plan plan =
                new OutputTraining.Plan(Objective.plain(Loss.SQUARED_HINGE), true, BATCH, 9, STEPS, true);
        return layer.training(plan, OptimizerConfig.of(OptimizerConfig.Kind.SGD, 0.5f), rewire, workers);
    }

    private static OutputBatch batch(int step, int labels) {
        SplittableRandom random = new SplittableRandom(step);
        Panel x = Panel.of(INPUTS * BATCH);
        for (int i = 0; i < INPUTS * BATCH; i++) {
            x.values()[x.at(i)] = (float) (random.nextDouble() - 0.5);
        }
        Positives positives = new Positives();
        for (int label = 0; label < labels; label++) {
            for (int example = 0; example < BATCH; example++) {
                if (random.nextInt(3) == 0) {
                    positives.add(label, example);
                }
            }
        }
        positives.sort();
        return new OutputBatch(x, BATCH, positives, 1);
    }

    /** Every weight kept, the pattern a mask. */
    private static final class Reference {
        final double[][] weights = new double[LABELS][INPUTS];
        final double[] bias = new double[LABELS];
        final boolean[][] mask = new boolean[LABELS][INPUTS];

        Reference(FixedFanIn rows) {
            Arrays.fill(bias, -1);
            for (int label = 0; label < LABELS; label++) {
                for (int slot = 0; slot < FAN_IN; slot++) {
                    mask[label][rows.input(label, slot)] = true;
                }
            }
        }

        /** Returns the loss; adds to dx. */
        double step(OutputBatch batch, double factor, double[] dx) {
            double loss = 0;
            for (int label = 0; label < LABELS; label++) {
                double[] derivative = new double[BATCH];
                double labelLoss = 0;
                for (int i = 0; i < BATCH; i++) {
                    double score = bias[label];
                    for (int p = 0; p < INPUTS; p++) {
                        score += effective(label, p, factor) * x(batch, p, i);
                    }
                    int target = carries(batch, label, i) ? 1 : -1;
                    labelLoss += Loss.SQUARED_HINGE.value(score, target);
                    derivative[i] = Loss.SQUARED_HINGE.derivative(score, target) / BATCH;
                }
                loss += labelLoss / BATCH;
                if (labelLoss > 0) {
                    learn(batch, label, factor, derivative, dx);
                }
            }
            return loss;
        }

        private void learn(OutputBatch batch, int label, double factor, double[] derivative, double[] dx) {
            double[] gradient = new double[INPUTS];
            for (int p = 0; p < INPUTS; p++) {
                for (int i = 0; i < BATCH; i++) {
                    gradient[p] += derivative[i] * x(batch, p, i);
                    dx[p * BATCH + i] += derivative[i] * effective(label, p, factor);
                }
                gradient[p] += mask[label][p] ? 0 : SHRINK * weights[label][p];
            }
            for (int p = 0; p < INPUTS; p++) {
                weights[label][p] -= 0.5 * gradient[p];
            }
            bias[label] -= 0.5 * Arrays.stream(derivative).sum();
            for (int first = 0; first < INPUTS; first += BLOCK) {
                int[] largest = IntStream.range(first, first + BLOCK)
                        .boxed()
                        .sorted((a, b) -> Double.compare(Math.abs(weights[label][b]), Math.abs(weights[label][a])))
                        .limit(2)
                        .mapToInt(Integer::intValue)
                        .toArray();
                Arrays.fill(mask[label], first, first + BLOCK, false);
                Arrays.stream(largest).forEach(p -> mask[label][p] = true);
            }
        }

        double effective(int label, int p, double factor) {
            return (mask[label][p] ? 1 : factor) * weights[label][p];
        }

        private static double x(OutputBatch batch, int p, int i) {
            return batch.x().values()[batch.x().at(p * BATCH + i)];
        }

        private static boolean carries(OutputBatch batch, int label, int example) {
            return IntStream.range(0, batch.positives().size())
                    .anyMatch(pair -> batch.positives().label(pair) == label
                            && batch.positives().example(pair) == example);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.5f, 1})
    void stepsAreThoseOfTheMaskedDenseMatrix(float soft) {
        RowsLayer layer = started(LABELS);
        FixedFanIn rows = (FixedFanIn) layer.rows(0);
        PatternConfig pattern = new PatternConfig(BLOCK, SHRINK, soft);
        try (Workers workers = new Workers(2)) {
            OutputTraining training = training(layer, pattern, workers);
            Reference reference = new Reference(rows);
            assertPattern(rows);
            Panel dx = Panel.of(INPUTS * BATCH);
            long moved = 0;
            for (int step = 1; step <= STEPS; step++) {
                char[] before = rows.indices().clone();
                OutputBatch batch = batch(step, LABELS);
                double factor = soft == 0 ? 0 : Math.max(0, 1 - step / (soft * (double) STEPS));
                double[] expectedDx = new double[INPUTS * BATCH];
                double expected = reference.step(batch, factor, expectedDx);
                assertThat(training.step(batch, new StepSize(step, 1), dx)).isCloseTo(expected, within(1e-4));
                for (int i = 0; i < expectedDx.length; i++) {
                    assertThat((double) dx.values()[dx.at(i)]).isCloseTo(expectedDx[i], within(1e-4));
                }
                assertPattern(rows);
                assertThat(training.moved()).isEqualTo(entering(before, rows.indices()));
                moved += training.moved();
            }
            assertThat(moved).isPositive();
            for (int label = 0; label < LABELS; label++) {
                for (int slot = 0; slot < FAN_IN; slot++) {
                    int input = rows.input(label, slot);
                    assertThat(reference.mask[label][input]).isTrue();
                    assertThat((double) rows.weights().at(label * FAN_IN + slot))
                            .isCloseTo(reference.weights[label][input], within(1e-4));
                }
            }
        }
    }

    /** Two of every eight inputs, in order. */
    private static void assertPattern(FixedFanIn rows) {
        for (int label = 0; label < rows.labels(); label++) {
            int[] inputs = new int[FAN_IN];
            for (int slot = 0; slot < FAN_IN; slot++) {
                inputs[slot] = rows.input(label, slot);
            }
            assertThat(inputs).isSorted();
            assertThat(Arrays.stream(inputs).distinct().count()).isEqualTo(FAN_IN);
            assertThat(Arrays.stream(inputs).filter(input -> input < BLOCK).count())
                    .isEqualTo(2);
        }
    }

    private static long entering(char[] before, char[] after) {
        long entering = 0;
        for (int label = 0; label < LABELS; label++) {
            Set<Character> old = new HashSet<>();
            for (int slot = 0; slot < FAN_IN; slot++) {
                old.add(before[label * FAN_IN + slot]);
            }
            for (int slot = 0; slot < FAN_IN; slot++) {
                entering += old.contains(after[label * FAN_IN + slot]) ? 0 : 1;
            }
        }
        return entering;
    }

    @Test
    void theSameSeedGivesTheSameBitsForAnyNumberOfWorkers() {
        int labels = 700; // three shards
        RowsLayer one = started(labels);
        RowsLayer two = started(labels);
        for (RowsLayer layer : new RowsLayer[] {one, two}) {
            try (Workers workers = new Workers(layer == one ? 1 : 2)) {
                OutputTraining training = training(layer, new PatternConfig(BLOCK, SHRINK, 0.5f), workers);
                for (int step = 1; step <= 10; step++) {
                    training.step(batch(step, labels), new StepSize(step, 1), Panel.of(INPUTS * BATCH));
                }
            }
        }
        assertThat(one.shards().count()).isGreaterThan(1);
        for (int shard = 0; shard < one.shards().count(); shard++) {
            assertThat(((FixedFanIn) two.rows(shard)).indices()).isEqualTo(((FixedFanIn) one.rows(shard)).indices());
            assertThat(((Weights.Floats) two.rows(shard).weights()).values())
                    .isEqualTo(((Weights.Floats) one.rows(shard).weights()).values());
        }
    }

    @Test
    void patternsThatDoNotFitAreRefused() {
        try (Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> training(started(4), new PatternConfig(6, 0, 0), workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("block must be a divisor of the inputs, 16, got 6");
            assertThatThrownBy(() -> training(started(4), new PatternConfig(2, 0, 0), workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("fanIn must be a multiple of the 8 blocks of inputs, got 4");
            assertThatThrownBy(() -> training(layer(4, 2), new PatternConfig(BLOCK, 0, 0), workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("group must be 1 for policy pattern, got 2");
        }
    }

    @Test
    void theFactorOfWeightsOutsideThePatternFallsToZero() {
        PatternConfig half = new PatternConfig(8, 0, 0.5f);
        assertThat(half.factorAt(25, 100)).isEqualTo(0.5f);
        assertThat(half.factorAt(50, 100)).isZero();
        assertThat(new PatternConfig(8, 0, 0).factorAt(1, 100)).isZero();
    }
}
