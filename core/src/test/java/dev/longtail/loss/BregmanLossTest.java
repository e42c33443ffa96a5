package dev.longtail.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BregmanLossTest {

    private static final int N = 5;

    private final Random random = new Random(1);

    static List<BregmanLoss> all() {
        return BregmanLoss.all();
    }

    private float[] scores() {
        float[] scores = new float[N];
        for (int i = 0; i < N; i++) {
            scores[i] = (float) (2 * random.nextGaussian());
        }
        return scores;
    }

    /** Targets that a family can have: any numbers, shares of successes, shares of categories. */
    private float[] targets(BregmanLoss loss) {
        float[] targets = new float[N];
        float sum = 0;
        for (int i = 0; i < N; i++) {
            targets[i] = loss == SeparableLoss.SQUARED ? (float) random.nextGaussian() : random.nextFloat();
            sum += targets[i];
        }
        for (int i = 0; i < N && loss == SoftmaxLoss.SOFTMAX; i++) {
            targets[i] /= sum;
        }
        return targets;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** D_phi(y, grad g(theta)) = g(theta) - y theta + phi(y): the loss by scores is the divergence by means. */
    @ParameterizedTest
    @MethodSource("all")
    void theDivergenceFromTheMeanIsTheLossOfTheScores(BregmanLoss loss) {
        for (int instance = 0; instance < 100; instance++) {
            float[] scores = scores();
            float[] targets = targets(loss);
            float[] mean = new float[N];
            loss.mean(scores, N, mean);
            double value = loss.value(scores, targets, N);
            double dual = loss.logPartition(scores, N) - dot(scores, targets) + loss.generator(targets, N);
            assertThat(value).isCloseTo(dual, within(1e-5)).isGreaterThan(0);
            assertThat(value).isCloseTo(loss.divergence(targets, mean, N), within(1e-4));
        }
    }

    /** Eq. 22, with grad phi from {@link BregmanLoss#link}. */
    @ParameterizedTest
    @MethodSource("all")
    void theDivergenceIsThatOfItsGenerator(BregmanLoss loss) {
        for (int instance = 0; instance < 100; instance++) {
            float[] y = targets(loss);
            float[] mean = targets(loss);
            float[] slope = new float[N];
            loss.link(mean, N, slope);
            double defined = loss.generator(y, N) - loss.generator(mean, N) - dot(y, slope) + dot(mean, slope);
            assertThat(loss.divergence(y, mean, N))
                    .isCloseTo(defined, within(1e-5))
                    .isGreaterThan(0);
            assertThat(loss.divergence(y, y, N)).isCloseTo(0, within(1e-7));
        }
    }

    /** Theorem 1: -log p(y | theta) - D_phi(y, mu(theta)) is a constant of y, whatever theta is. */
    @ParameterizedTest
    @MethodSource("all")
    void theLossIsTheNegativeLogLikelihoodUpToAConstant(BregmanLoss loss) {
        float[] y = new float[N];
        y[3] = 1; // what all three families may observe
        double constant = Double.NaN;
        for (int instance = 0; instance < 50; instance++) {
            float[] scores = scores();
            double difference = -logDensity(loss, y, scores) - loss.value(scores, y, N);
            constant = instance == 0 ? difference : constant;
            assertThat(difference).isCloseTo(constant, within(1e-9));
        }
    }

    /** log p(y | theta) from the textbook, in the family's mean parameters. */
    private static double logDensity(BregmanLoss loss, float[] y, float[] scores) {
        double sum = 0;
        double total = 0;
        for (float score : scores) {
            total += Math.exp(score);
        }
        for (int i = 0; i < N; i++) {
            double odds = Math.exp(scores[i]);
            if (loss == SeparableLoss.SQUARED) {
                double error = (double) y[i] - scores[i];
                sum += -error * error / 2 - Math.log(2 * Math.PI) / 2;
            } else if (loss == SeparableLoss.LOGISTIC) {
                sum += Math.log(y[i] == 1 ? odds / (1 + odds) : 1 / (1 + odds));
            } else {
                sum += y[i] * Math.log(odds / total);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("all")
    void theGradientIsTheSlope(BregmanLoss loss) {
        for (int instance = 0; instance < 30; instance++) {
            float[] scores = scores();
            float[] targets = targets(loss);
            float[] gradient = new float[N];
            double value = loss.gradient(scores, targets, N, 3, gradient);
            assertThat(value).isCloseTo(loss.value(scores, targets, N), within(1e-12));
            for (int i = 0; i < N; i++) {
                float h = 1f / 256;
                double step = (double) (scores[i] + h) - (scores[i] - h);
                float[] up = scores.clone();
                float[] down = scores.clone();
                up[i] += h;
                down[i] -= h;
                double slope = (loss.value(up, targets, N) - loss.value(down, targets, N)) / step;
                assertThat((double) gradient[i]).isCloseTo(3 * slope, within(2e-4));
                double partition = (loss.logPartition(up, N) - loss.logPartition(down, N)) / step;
                float[] mean = new float[N];
                loss.mean(scores, N, mean);
                assertThat((double) mean[i]).isCloseTo(partition, within(1e-4));
            }
            loss.gradient(scores, targets, N, 3, scores); // in place
            assertThat(scores).containsExactly(gradient);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theLinkUndoesTheMean(BregmanLoss loss) {
        float[] mean = new float[N];
        loss.mean(scores(), N, mean);
        float[] back = new float[N];
        loss.link(mean, N, back);
        loss.mean(back, N, back);
        assertThat(back).containsExactly(mean, within(1e-6f));
    }

    /** The mean minimises the expected loss, which is why a Bregman loss may be trusted for it. */
    @ParameterizedTest
    @MethodSource("all")
    void theExpectedLossIsLeastAtTheMean(BregmanLoss loss) {
        float[] first = targets(loss);
        float[] second = targets(loss);
        float[] mean = new float[N];
        for (int i = 0; i < N; i++) {
            mean[i] = 0.25f * first[i] + 0.75f * second[i];
        }
        float[] best = new float[N];
        loss.link(mean, N, best);
        double least = 0.25 * loss.value(best, first, N) + 0.75 * loss.value(best, second, N);
        for (int step = 0; step < 100; step++) {
            float[] other = best.clone();
            for (int i = 0; i < N; i++) {
                other[i] += (float) (0.1 * random.nextGaussian());
            }
            double expected = 0.25 * loss.value(other, first, N) + 0.75 * loss.value(other, second, N);
            assertThat(expected).isGreaterThanOrEqualTo(least - 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void largeScoresStayFinite(BregmanLoss loss) {
        float[] targets = {0, 0, 1, 0, 0};
        for (float size : new float[] {100, 1e4f, 1e18f}) {
            float[] scores = {size, -size, -size, 0, size / 2};
            float[] gradient = new float[N];
            assertThat(loss.gradient(scores, targets, N, 1, gradient))
                    .isFinite()
                    .isPositive();
            for (float value : gradient) {
                assertThat(value).isFinite();
            }
            assertThat(loss.logPartition(scores, N)).isFinite();
        }
    }

    /** phi(mu) is the largest value of theta mu - g(theta). */
    @ParameterizedTest
    @EnumSource(SeparableLoss.class)
    void theGeneratorIsTheLegendreDual(SeparableLoss loss) {
        for (double mean = 0.1; mean < 1; mean += 0.2) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double score = -8; score <= 8; score += 1e-3) {
                largest = Math.max(largest, score * mean - loss.logPartition(score));
            }
            assertThat(loss.generator(mean)).isCloseTo(largest, within(1e-6));
        }
    }

    @Test
    void knownClosedForms() {
        assertThat(SeparableLoss.SQUARED.value(1, 4)).isEqualTo(4.5);
        assertThat(SeparableLoss.SQUARED.derivative(1, 4)).isEqualTo(-3);
        assertThat(SeparableLoss.LOGISTIC.value(0, 1)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(SeparableLoss.LOGISTIC.divergence(1, 0.25)).isCloseTo(Math.log(4), within(1e-12));
        assertThat(SeparableLoss.LOGISTIC.divergence(1, 0)).isInfinite();
        assertThat(SeparableLoss.LOGISTIC.divergence(0, 0)).isZero();
        // one e-folding in the tail, where 1 + exp(-40) is 1 in doubles
        assertThat(SeparableLoss.LOGISTIC.value(40, 1)).isCloseTo(Math.exp(-40), within(1e-30));
        float[] scores = {(float) Math.log(0.2), (float) Math.log(0.3), (float) Math.log(0.5)};
        assertThat(SoftmaxLoss.SOFTMAX.value(scores, 3, 2)).isCloseTo(-Math.log(0.5), within(1e-6));
        assertThat(SoftmaxLoss.SOFTMAX.value(new float[] {50, 0}, 2, 0)).isCloseTo(Math.exp(-50), within(1e-35));
    }

    @ParameterizedTest
    @EnumSource(SeparableLoss.class)
    void vectorsAddUpWhatScoresSay(SeparableLoss loss) {
        float[] scores = scores();
        float[] targets = targets(loss);
        float[] gradient = new float[N];
        double sum = 0;
        loss.gradient(scores, targets, N, 1, gradient);
        for (int i = 0; i < N; i++) {
            sum += loss.value(scores[i], targets[i]);
            assertThat(gradient[i]).isEqualTo((float) loss.derivative(scores[i], targets[i]));
            assertThat(loss.link(loss.mean(scores[i]))).isCloseTo(scores[i], within(1e-9));
        }
        assertThat(loss.value(scores, targets, N)).isCloseTo(sum, within(1e-12));
    }

    @Test
    void logisticLossOfLabelsIsTheSameLoss() {
        for (double score = -5; score <= 5; score += 0.5) {
            for (int target = -1; target <= 1; target += 2) {
                double share = (target + 1) / 2.0;
                assertThat(SeparableLoss.LOGISTIC.value(score, share))
                        .isCloseTo(Loss.LOGISTIC.value(score, target), within(1e-12));
                assertThat(SeparableLoss.LOGISTIC.derivative(score, share))
                        .isCloseTo(Loss.LOGISTIC.derivative(score, target), within(1e-12));
            }
        }
    }

    @Test
    void softmaxOfOneLabelIsThatOfItsIndicator() {
        float[] scores = scores();
        float[] indicator = {0, 0, 0, 1, 0};
        float[] shifted = scores.clone();
        for (int i = 0; i < N; i++) {
            shifted[i] += 2;
        }
        float[] one = new float[N];
        float[] other = new float[N];
        double value = SoftmaxLoss.SOFTMAX.gradient(scores, N, 3, 2, one);
        assertThat(value).isCloseTo(SoftmaxLoss.SOFTMAX.gradient(scores, indicator, N, 2, other), within(1e-12));
        assertThat(one).containsExactly(other);
        assertThat(SoftmaxLoss.SOFTMAX.value(shifted, N, 3)).isCloseTo(value, within(1e-5));
        float sum = 0;
        for (float slope : one) {
            sum += slope;
        }
        assertThat(sum).isCloseTo(0, within(1e-6f));
    }
}
