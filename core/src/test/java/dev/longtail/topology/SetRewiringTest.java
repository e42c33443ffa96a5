package dev.longtail.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SetRewiringTest {

    private static final int LABELS = 50;
    private static final int INPUTS = 40;
    private static final int FAN_IN = 16;

    private final FixedFanIn rows = new FixedFanIn(LABELS, INPUTS, FAN_IN);
    private final float[] first = new float[LABELS * FAN_IN];
    private final float[] second = new float[LABELS * FAN_IN];
    private final OptimizerState state = new OptimizerState() {
        @Override
        public void update(
                int row, float[] weights, int offset, float[] gradient, dev.longtail.optimizer.StepSize step) {
            throw new IllegalStateException();
        }

        @Override
        public void reset(int row, int slot) {
            first[row * FAN_IN + slot] = 0;
            second[row * FAN_IN + slot] = 0;
        }

        @Override
        public long bytes() {
            return 0;
        }
    };
    //            OptimizerConfig.of(OptimizerConfig.Kind.ADAMW, 1).newState(LABELS, FAN_IN);

    private float[] weights() {
        return ((dev.longtail.matrix.Weights.Floats) rows.weights()).values();
    }

    private void fill() {
        SplittableRandom random = new SplittableRandom(5);
        for (int label = 0; label < LABELS; label++) {
            rows.drawTopology(label, RandomStream.of(1, 0, label));
        }
        for (int slot = 0; slot < weights().length; slot++) {
            weights()[slot] = (float) (random.nextDouble() - 0.5);
            first[slot] = 1 + slot;
            second[slot] = 1 + slot;
        }
    }

    private long rewire(RewireConfig.Mode mode, float fraction, float threshold, boolean reset) {
        RewireConfig config = new RewireConfig(mode, fraction, threshold, 10, 1, reset);
        return new SetRewiring(config, 7, 10, 1000).rewire(new SparseLayer.Shard(rows, state, 0));
    }

    @Test
    void aFractionOfEachLabelsSmallestSlotsMovesAndTheRestStays() {
        fill();
        float[] weights = weights().clone();
        char[] indices = rows.indices().clone();

        long moved = rewire(RewireConfig.Mode.FRACTION, 0.3f, 1, true);

        assertThat(moved).isEqualTo(LABELS * 4L); // floor(0.3 * 16) = 4
        for (int label = 0; label < LABELS; label++) {
            float[] magnitudes = new float[FAN_IN];
            for (int slot = 0; slot < FAN_IN; slot++) {
                magnitudes[slot] = Math.abs(weights[label * FAN_IN + slot]);
            }
            float[] sorted = magnitudes.clone();
            Arrays.sort(sorted);
            for (int slot = 0; slot < FAN_IN; slot++) {
                int at = label * FAN_IN + slot;
                boolean smallest = magnitudes[slot] <= sorted[3];
                assertThat(rows.indices()[at] != indices[at]).isEqualTo(smallest);
                assertThat(weights()[at]).isEqualTo(smallest ? 0 : weights[at]);
                assertThat(first[at]).isEqualTo(smallest ? 0 : 1 + at);
                assertThat(second[at]).isEqualTo(smallest ? 0 : 1 + at);
            }
            assertDistinct(label);
        }
    }

    @Test
    void exactlyTheWantedNumberMovesAmongEqualWeights() {
        fill();
        Arrays.fill(weights(), 0);
        assertThat(rewire(RewireConfig.Mode.FRACTION, 0.25f, 1, true)).isEqualTo(LABELS * 4L);
    }

    @Test
    void underAThresholdEverySlotBelowItMovesAndOnlyThose() {
        fill();
        float[] weights = weights().clone();
        char[] indices = rows.indices().clone();
        RewireConfig config = new RewireConfig(RewireConfig.Mode.THRESHOLD, 0, 0.1f, 10, 1, false);
        float threshold = config.thresholdAt(10, 1000);

        long moved = rewire(RewireConfig.Mode.THRESHOLD, 0, 0.1f, false);

        long below = 0;
        for (int at = 0; at < weights.length; at++) {
            boolean falls = Math.abs(weights[at]) < threshold;
            below += falls ? 1 : 0;
            assertThat(rows.indices()[at] != indices[at]).isEqualTo(falls);
            assertThat(first[at]).as("state is kept").isEqualTo(1 + at);
        }
        assertThat(moved).isEqualTo(below).isPositive();
        for (int label = 0; label < LABELS; label++) {
            assertDistinct(label);
        }
    }

    @Test
    void theThresholdFallsByCosineFromItsStartToOneTenThousandth() {
        RewireConfig config = new RewireConfig(RewireConfig.Mode.THRESHOLD, 0, 0.05f, 10, 0.5f, false);
        assertThat(config.thresholdAt(0, 1000)).isEqualTo(0.05f);
        assertThat(config.thresholdAt(250, 1000)).isEqualTo((0.05f + 1e-4f) / 2); // halfway to the end at step 500
        assertThat(config.thresholdAt(500, 1000)).isEqualTo(1e-4f);
        assertThat(config.due(500, 1000)).isTrue();
        assertThat(config.due(505, 1000)).isFalse();
        assertThat(config.due(510, 1000)).as("after the end").isFalse();
    }

    @Test
    void moreSlotsThanFreeInputsMoveOnlyAsFarAsInputsAreFree() {
        FixedFanIn full = new FixedFanIn(3, 10, 8);
        for (int label = 0; label < 3; label++) {
            full.drawTopology(label, RandomStream.of(1, 0, label));
        }
        OptimizerState none = OptimizerConfig.of(OptimizerConfig.Kind.SGD, 1).newState(3, 8);
        RewireConfig config = new RewireConfig(RewireConfig.Mode.FRACTION, 1, 1, 1, 1, true);
        assertThat(new SetRewiring(config, 1, 1, 10).rewire(new SparseLayer.Shard(full, none, 0)))
                .isEqualTo(6);
    }

    @Test
    void theSameSeedStepAndRowMoveTheSameWay() {
        fill();
        rewire(RewireConfig.Mode.FRACTION, 0.3f, 1, true);
        char[] first = rows.indices().clone();
        fill();
        rewire(RewireConfig.Mode.FRACTION, 0.3f, 1, true);
        assertThat(rows.indices()).isEqualTo(first);
    }

    @Test
    void everyInputIsDrawnAboutEquallyOften() {
        FixedFanIn many = new FixedFanIn(4000, INPUTS, FAN_IN);
        int[] drawn = new int[INPUTS];
        for (int label = 0; label < 4000; label++) {
            many.drawTopology(label, RandomStream.of(3, 0, label));
        }
        for (char input : many.indices()) {
            drawn[input]++;
        }
        // expected 4000 * 16 / 40 = 1600, standard deviation below sqrt(4000 * 0.4 * 0.6) = 31
        for (int count : drawn) {
            assertThat(count).isBetween(1600 - 6 * 31, 1600 + 6 * 31);
        }
    }

    private void assertDistinct(int label) {
        Set<Character> inputs = new HashSet<>();
        for (int slot = 0; slot < FAN_IN; slot++) {
            assertThat(rows.indices()[label * FAN_IN + slot]).isLessThan((char) INPUTS);
            inputs.add(rows.indices()[label * FAN_IN + slot]);
        }
        assertThat(inputs).hasSize(FAN_IN);
    }
}
