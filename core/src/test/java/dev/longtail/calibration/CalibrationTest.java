package dev.longtail.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationTest {

    private static final int LABELS = 8;

    private static Calibration calibration(CalibrationConfig.Kind kind) {
        CalibrationConfig config = new CalibrationConfig(kind, true, 3, 1000, 4);
        return Calibration.fit(HeldOutData.random(LABELS, 300, 2), config);
    }

    @ParameterizedTest
    @EnumSource(names = {"ISOTONIC", "PLATT"})
    void onTheDataItIsLearnedFromItIsRightOnTheWhole(CalibrationConfig.Kind kind) {
        HeldOut heldOut = HeldOutData.random(LABELS, 3000, 3);
        Calibration calibration = Calibration.fit(heldOut, CalibrationConfig.DEFAULT.withKind(kind));
        double[] sums = new double[3];
        int[] right = new int[3];
        for (int i = 0; i < heldOut.size(); i++) {
            sums[heldOut.rank(i)] += calibration.probability(heldOut.label(i), heldOut.rank(i), heldOut.score(i));
            right[heldOut.rank(i)] += heldOut.isRight(i) ? 1 : 0;
        }
        for (int rank = 0; rank < 3; rank++) {
            assertThat(sums[rank] / 3000).as("rank %d", rank).isCloseTo(right[rank] / 3000.0, within(0.03));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ISOTONIC", "PLATT"})
    void probabilitiesNeverFallWithTheScoreNorRiseWithTheRank(CalibrationConfig.Kind kind) {
        Calibration calibration = calibration(kind);
        for (int label = 0; label < LABELS; label++) {
            double before = 0;
            for (double score = -4; score < 3; score += 0.01) {
                double p = calibration.probability(label, 1, score);
                assertThat(p).isBetween(before - 1e-12, 1.0);
                assertThat(calibration.probability(label, 0, score)).isGreaterThanOrEqualTo(p);
                before = p;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ISOTONIC", "PLATT"})
    void whatIsStoredGivesTheSameAnswers(CalibrationConfig.Kind kind) {
        Calibration calibration = calibration(kind);
        Calibration read = Calibration.ofTensors(calibration.tensors(), LABELS);
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.shiftedLabels()).isEqualTo(calibration.shiftedLabels()).isEqualTo(LABELS);
        assertThat(read.thresholdLabels()).isEqualTo(LABELS);
        for (int label = 0; label < LABELS; label++) {
            assertThat(read.probability(label, 2, 0.3)).isEqualTo(calibration.probability(label, 2, 0.3));
            assertThat(read.thresholds(ThresholdGoal.LABEL_F1).of(label))
                    .isEqualTo(calibration.thresholds(ThresholdGoal.LABEL_F1).of(label));
        }
    }

    /** One number of a stored calibration after the other is made wrong. */
    @ParameterizedTest
    @CsvSource({
        "first.isotonic.scores, 1, -100",
        "others.isotonic.scores, 0, NaN",
        "others.isotonic.probabilities, 0, 0",
        "others.isotonic.probabilities, 1, 1",
        "others.isotonic.probabilities, 1, 0.000001",
        "shifts.labels, 0, -1",
        "shifts.labels, 7, 8",
        "shifts.labels, 1, 0",
        "shifts.logOdds, 0, NaN",
        "fronts.labels, 0, -1",
        "fronts.labels, 7, 2147483647",
        "fronts.truths, 0, 0",
        "fronts.ends, 0, -1",
        "fronts.ends, 0, 2147483647",
        "fronts.ends, 8, 3",
        "fronts.probabilities, 1, 0",
        "fronts.probabilities, 0, 2",
        "fronts.given, 0, 0",
        "fronts.given, 1, 2147483647",
        "fronts.right, 0, 2147483647",
        "fronts.right, 1, 0"
    })
    void numbersThatCannotBeAreRefused(String name, int at, double value) {
        List<Tensor> tensors = calibration(CalibrationConfig.Kind.ISOTONIC).tensors();
        for (Tensor tensor : tensors) {
            if (tensor.name().equals(name) && tensor instanceof Tensor.Floats floats) {
                floats.pages().get(0)[at] = (float) value;
            } else if (tensor.name().equals(name)) {
                ((Tensor.Ints) tensor).pages().get(0)[at] = (int) value;
            }
        }
        assertThatThrownBy(() -> Calibration.ofTensors(tensors, LABELS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" must be ");
    }

    @Test
    void everyTensorIsNeededAndNoOtherIsTaken() {
        List<Tensor> tensors = calibration(CalibrationConfig.Kind.PLATT).tensors();
        for (Tensor missing : tensors) {
            List<Tensor> others = new ArrayList<>(tensors);
            others.remove(missing);
            assertThatThrownBy(() -> Calibration.ofTensors(others, LABELS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a calibration needs the tensor ");
        }
        List<Tensor> more = new ArrayList<>(tensors);
        more.add(new Tensor.Floats("more", List.of(1L), List.of(new float[1])));
        assertThatThrownBy(() -> Calibration.ofTensors(more, LABELS)).hasMessageContaining("[more]");
    }

    @Test
    void withoutLabelsOfTheirOwnAllHaveTheSame() {
        CalibrationConfig config = new CalibrationConfig(CalibrationConfig.Kind.ISOTONIC, false, 3, 1000, 1);
        Calibration calibration = Calibration.fit(HeldOutData.random(LABELS, 300, 2), config);
        assertThat(calibration.shiftedLabels() + calibration.thresholdLabels()).isZero();
        assertThat(calibration.probability(0, 0, 0.4)).isEqualTo(calibration.probability(5, 0, 0.4));
    }
}
