package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.loss.Loss;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.loss.ObjectiveConfig.Normalisation;
import dev.longtail.loss.ObjectiveConfig.Weighting;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectiveTest {

    private static final int BATCH = 70;

    private static ObjectiveConfig config(Normalisation normalisation, Weighting weighting) {
        return new ObjectiveConfig(normalisation, 1.5f, 0.25f, weighting, 0.55, 1.5);
    }

    static Stream<Arguments> objectives() {
        return Stream.of(Loss.values())
                .flatMap(loss -> Stream.of(Weighting.values())
                        .filter(weighting -> weighting != Weighting.UNBIASED || loss == Loss.LOGISTIC)
                        .map(weighting -> Arguments.of(loss, weighting)));
    }

    /** The formula of one example on paper; 1.5 and 0.25 are the weights of {@link #config}. */
    private static double onPaper(Loss loss, Weighting weighting, double inverse, double z, boolean positive) {
        double plus = loss == Loss.LOGISTIC ? Math.log(1 + Math.exp(-z)) : Math.pow(Math.max(0, 1 - z), 2);
        double minus = loss == Loss.LOGISTIC ? Math.log(1 + Math.exp(z)) : Math.pow(Math.max(0, 1 + z), 2);
        if (!positive) {
            return 0.25 * minus;
        }
        return 1.5
                * switch (weighting) {
                    case NONE -> plus;
                    case PROPENSITY -> (2 * inverse - 1) * plus;
                    case UNBIASED -> minus - z * inverse; // softplus(z) - z / p
                };
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void valuesAreThoseOnPaperAndGradientsTheirSlopes(Loss loss, Weighting weighting) {
        float[] inverse = {7, 1, 3.5f};
        Objective objective = new Objective(
                loss, config(Normalisation.SUM, weighting), 3, weighting == Weighting.NONE ? new float[0] : inverse);
        float[] scores = new float[BATCH];
        float[] targets = new float[BATCH];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < BATCH; i++) {
            scores[i] = (float) (4 * random.nextDouble() - 2);
            targets[i] = random.nextInt(6) == 0 ? 1 : -1;
        }
        for (int row = 0; row < 3; row++) {
            float[] dScores = new float[BATCH];
            double sum = objective.gradient(row, scores, targets, BATCH, 0.5f, dScores);
            double expected = 0;
            for (int i = 0; i < BATCH; i++) {
                boolean positive = targets[i] > 0;
                expected += onPaper(loss, weighting, inverse[row], scores[i], positive);
                double slope = (onPaper(loss, weighting, inverse[row], scores[i] + 1e-6, positive)
                                - onPaper(loss, weighting, inverse[row], scores[i] - 1e-6, positive))
                        / 2e-6;
                assertThat((double) dScores[i]).isCloseTo(0.5 * slope, within(1e-4));
            }
            assertThat(sum).isCloseTo(expected, within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void withoutWeightsItIsTheLossItself(Loss loss) {
        Objective plain = Objective.plain(loss);
        float[] scores = {-2, 0.5f, 3};
        float[] targets = {1, -1, -1};
        float[] dScores = new float[3];
        float[] expected = new float[3];
        double sum = plain.gradient(0, scores, targets, 3, 0.1f, dScores);
        assertThat(sum).isEqualTo((double) loss.gradient(scores, targets, 3, 0.1f, expected));
        assertThat(dScores).containsExactly(expected);
    }

    /** Averaged over what may have been recorded of a complete label, the unbiased loss is the loss on it. */
    @Test
    void theUnbiasedLossIsUnbiased() {
        double p = 0.3;
        ObjectiveConfig config = new ObjectiveConfig(Normalisation.SUM, 1, 1, Weighting.UNBIASED, 0.55, 1.5);
        Objective objective = new Objective(Loss.LOGISTIC, config, 1, new float[] {(float) (1 / p)});
        for (float z = -3; z <= 3; z += 0.5f) {
            double recorded = objective.gradient(0, new float[] {z}, new float[] {1}, 1, 1, new float[1]);
            double missed = objective.gradient(0, new float[] {z}, new float[] {-1}, 1, 1, new float[1]);
            assertThat(p * recorded + (1 - p) * missed).isCloseTo(Math.log(1 + Math.exp(-z)), within(1e-5));
        }
    }

    /** (2/p - 1) l(z, +) exceeds l(z, +)/p + (1 - 1/p) l(z, -) by (1/p - 1)(l(z, +) + l(z, -)), never below 0. */
    @Test
    void thePropensityWeightedLossBoundsTheUnbiasedOne() {
        float[] inverse = {4};
        ObjectiveConfig bound = new ObjectiveConfig(Normalisation.SUM, 1, 1, Weighting.PROPENSITY, 0.55, 1.5);
        ObjectiveConfig unbiased = new ObjectiveConfig(Normalisation.SUM, 1, 1, Weighting.UNBIASED, 0.55, 1.5);
        for (float z = -4; z <= 4; z += 0.5f) {
            double upper = new Objective(Loss.LOGISTIC, bound, 1, inverse)
                    .gradient(0, new float[] {z}, new float[] {1}, 1, 1, new float[1]);
            double lower = new Objective(Loss.LOGISTIC, unbiased, 1, inverse)
                    .gradient(0, new float[] {z}, new float[] {1}, 1, 1, new float[1]);
            double both = Math.log(1 + Math.exp(-z)) + Math.log(1 + Math.exp(z));
            assertThat(upper - lower).isCloseTo(3 * both, within(1e-5));
        }
    }

    /**
     * The best predictor of Wiki10-31K that says no to everything with a score of -1 has the mean squared hinge 4 times
     * the share of positives, 18.64 labels of 30,938 an example: 0.00241, which training of SPARTEX starts below.
     */
    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void normalisationsAreThoseOfThePaper(Normalisation normalisation) {
        int labels = 30_938;
        int batch = 50;
        int positives = 932; // 50 * 18.64
        Objective objective = new Objective(
                Loss.SQUARED_HINGE,
                new ObjectiveConfig(normalisation, 1, 1, Weighting.NONE, 0.55, 1.5),
                labels,
                new float[0]);
        float[] scores = new float[batch];
        java.util.Arrays.fill(scores, -1);
        float[] dScores = new float[batch];
        float scale = (float) objective.factor(batch);
        double sum = 0;
        double sumOfSlopes = 0;
        for (int label = 0; label < labels; label++) {
            float[] targets = new float[batch];
            java.util.Arrays.fill(targets, -1);
            if (label < positives) {
                targets[label % batch] = 1;
            }
            sum += objective.gradient(label, scores, targets, batch, scale, dScores);
            for (float slope : dScores) {
                sumOfSlopes += slope;
            }
        }
        double expected = switch (normalisation) {
            case MEAN -> 4 * 18.64 / 30_938;
            case MEAN_EXAMPLES -> 4 * 18.64;
            case SUM -> 4 * 932;
        };
        assertThat(sum * objective.factor(batch)).isCloseTo(expected, within(1e-6 * expected));
        assertThat(sumOfSlopes).as("-4 a positive").isCloseTo(-expected, within(1e-5 * expected));
        if (normalisation == Normalisation.MEAN) {
            assertThat(sum * objective.factor(batch)).isCloseTo(0.00241, within(5e-6));
        }
    }

    @Test
    void satisfiedLabelsAreFreeUnderEveryWeight() {
        Objective objective = new Objective(
                Loss.SQUARED_HINGE, config(Normalisation.MEAN, Weighting.PROPENSITY), 2, new float[] {3, 4});
        float[] dScores = {9, 9};
        assertThat(objective.gradient(1, new float[] {1.5f, -1}, new float[] {1, -1}, 2, 1, dScores))
                .isZero();
        assertThat(dScores[0]).isZero();
        assertThat(dScores[1]).isZero();
    }

    @Test
    void whatHasNoLowerBoundIsRefused() {
        assertThatThrownBy(() -> new Objective(
                        Loss.SQUARED_HINGE, config(Normalisation.SUM, Weighting.UNBIASED), 1, new float[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weighting")
                .hasMessageContaining("without a lower bound");
        assertThatThrownBy(() ->
                        new Objective(Loss.LOGISTIC, config(Normalisation.SUM, Weighting.UNBIASED), 2, new float[] {2}))
                .hasMessageContaining("2 with weighting UNBIASED");
        assertThatThrownBy(() -> new ObjectiveConfig(Normalisation.SUM, 0, 1, Weighting.NONE, 1, 1))
                .hasMessage("positiveWeight must be above 0, got 0.0");
    }
}
