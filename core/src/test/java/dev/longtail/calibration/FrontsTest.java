package dev.longtail.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds against a search of all of them. */
class FrontsTest {

    private static final int LABELS = 6;

    private static float[] probabilities(HeldOut heldOut) {
        float[] probabilities = new float[heldOut.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = (float) Logistic.probability(heldOut.score(i));
        }
        return probabilities;
    }

    /** What a threshold brings for some of the suggestions. */
    private record Brought(int given, int right) {

        static Brought by(float threshold, HeldOut heldOut, float[] probabilities, IntPredicate counts) {
            int given = 0;
            int right = 0;
            for (int i = 0; i < heldOut.size(); i++) {
                if (probabilities[i] >= threshold && counts.test(i)) {
                    given++;
                    right += heldOut.isRight(i) ? 1 : 0;
                }
            }
            return new Brought(given, right);
        }

        double f1(int truths) {
            return given + truths == 0 ? 0 : 2.0 * right / (given + truths);
        }

        double precision() {
            return given == 0 ? 0 : (double) right / given;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 30, 80})
    void noThresholdIsBetter(int examples) {
        for (int seed = 0; seed < 30; seed++) {
            HeldOut heldOut = HeldOutData.random(LABELS, examples, seed);
            float[] p = probabilities(heldOut);
            Fronts fronts = FrontBuilder.build(heldOut, p, 2);
            check(fronts, Fronts.ALL, heldOut, p, i -> true, heldOut.allTruths());
            for (int i = 0; i < fronts.labels().length; i++) {
                int label = fronts.labels()[i];
                check(fronts, i + 1, heldOut, p, s -> heldOut.label(s) == label, heldOut.truths(label));
            }
        }
    }

    private static void check(Fronts fronts, int front, HeldOut heldOut, float[] p, IntPredicate counts, int truths) {
        double bestF1 = 0;
        for (float threshold : p) {
            bestF1 = Math.max(bestF1, Brought.by(threshold, heldOut, p, counts).f1(truths));
        }
        float chosen = fronts.best(front, ThresholdGoal.F1);
        assertThat(Brought.by(chosen, heldOut, p, counts).f1(truths)).isEqualTo(bestF1);

        for (double wanted : new double[] {0.1, 0.5, 2 / 3.0, 0.75, 0.9, 1}) {
            int most = 0;
            for (float threshold : p) {
                Brought brought = Brought.by(threshold, heldOut, p, counts);
                most = brought.precision() >= wanted ? Math.max(most, brought.right) : most;
            }
            float lowest = fronts.best(front, ThresholdGoal.precision(wanted));
            Brought brought = Brought.by(lowest, heldOut, p, counts);
            assertThat(brought.right).as("right ones at precision %s", wanted).isEqualTo(most);
            assertThat(most == 0 || brought.precision() >= wanted).isTrue();
        }
    }

    @Test
    void labelsHaveFrontsFromTheAskedEvidenceOn() {
        HeldOut heldOut = HeldOutData.random(LABELS, 60, 1);
        int[] right = new int[LABELS];
        IntStream.range(0, heldOut.size()).filter(heldOut::isRight).forEach(i -> right[heldOut.label(i)]++);
        int evidence = right[2];
        Fronts fronts = FrontBuilder.build(heldOut, probabilities(heldOut), evidence);
        assertThat(fronts.labels())
                .containsExactly(IntStream.range(0, LABELS)
                        .filter(label -> right[label] >= evidence)
                        .toArray());
    }

    @Test
    void rareLabelsKeepTheThresholdOfAll() {
        HeldOut heldOut = new HeldOut(3);
        for (int i = 0; i < 40; i++) {
            HeldOutData.add(heldOut, 0, i / 40.0, i >= 10);
            HeldOutData.add(heldOut, 1, i / 40.0, i >= 35);
        }
        HeldOutData.add(heldOut, 2, 0.01, true);
        CalibrationConfig config = new CalibrationConfig(CalibrationConfig.Kind.PLATT, true, 20, 100, 3);
        Calibration calibration = Calibration.fit(heldOut, config);
        Thresholds own = calibration.thresholds(ThresholdGoal.LABEL_F1);
        Thresholds pooled = calibration.thresholds(ThresholdGoal.F1);
        assertThat(own.labels()).isEqualTo(2);
        assertThat(own.of(2)).isEqualTo(own.ofAll()).isEqualTo(pooled.ofAll());
        assertThat(pooled.labels()).isZero();
        assertThat(own.keeps(0, calibration.probability(0, 0, 11 / 40.0))).isTrue();
        assertThat(own.keeps(0, calibration.probability(0, 0, 8 / 40.0))).isFalse();
        assertThat(own.keeps(1, calibration.probability(1, 0, 36 / 40.0))).isTrue();
        assertThat(own.keeps(1, calibration.probability(1, 0, 33 / 40.0))).isFalse();
    }

    @Test
    void aPrecisionThatNoThresholdBringsIsRefused() {
        HeldOut heldOut = HeldOutData.of(new double[] {0, 1, 2}, new boolean[] {true, true, false});
        Calibration calibration = Calibration.fit(heldOut, CalibrationConfig.DEFAULT);
        assertThatThrownBy(() -> calibration.thresholds(ThresholdGoal.precision(0.9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no threshold brings precision=0.9")
                .hasMessageContaining("the highest precision there was 0.66");
        HeldOut wrong = HeldOutData.of(new double[] {0, 1}, new boolean[] {false, false});
        assertThatThrownBy(
                        () -> Calibration.fit(wrong, CalibrationConfig.DEFAULT).thresholds(ThresholdGoal.F1))
                .hasMessageContaining("no threshold brings f1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f1", "label-f1", "precision=0.8", "label-precision=1.0"})
    void goalsAreReadAsTheyAreWritten(String text) {
        assertThat(ThresholdGoal.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "F1", "precision", "precision=", "precision=-1", "precision=0", "precision=1.5", "f1=1"})
    void otherGoalsAreRefused(String text) {
        assertThatThrownBy(() -> ThresholdGoal.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
