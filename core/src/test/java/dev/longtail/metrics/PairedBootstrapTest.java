package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PairedBootstrapTest {

    private static final int RESAMPLES = 20_000;
    private static final PairedBootstrap TEST = new PairedBootstrap(new Bootstrap(RESAMPLES, 0.95, 3));

    // Five standard errors of a share of 20,000 resamples are at most 5 * 0.5 / sqrt(20,000) = 0.018.
    private static final double SAMPLING = 0.018;

    @Test
    void twoExamplesByHand() {
        // Differences 1 and 0: d = 1/2, and a resample has d = 0, 1/2, 1 with probability 1/4, 1/2, 1/4. So
        // |d* - d| >= 1/2 has probability 1/2.
        PairedDifference found = TEST.means("P@1", new float[] {1, 1}, new float[] {0, 1});
        assertThat(found.difference()).isEqualTo(0.5);
        assertThat(found.pValue()).isEqualTo(0.5, within(SAMPLING));
        assertThat(found.interval()).isEqualTo(new Interval(0, 1));
        assertThat(found.name()).isEqualTo("P@1");
    }

    @Test
    void threeExamplesByHandWithTies() {
        // d = 1/3; 3 d* is binomial (3, 1/3), and |3 d* - 1| >= 1 unless it is 1: 1 - 3 (1/3) (2/3)^2 = 5/9.
        PairedDifference found = TEST.means("P@1", new float[] {1, 0.3f, 0.7f}, new float[] {0, 0.3f, 0.7f});
        assertThat(found.difference()).isEqualTo(1 / 3.0, within(1e-7));
        assertThat(found.pValue()).isEqualTo(5 / 9.0, within(SAMPLING));
    }

    @Test
    void normalDifferencesHaveTheNormalTest() {
        int n = 4000;
        Random random = new Random(21);
        float[] first = new float[n];
        float[] second = new float[n];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double hardness = 100 * random.nextGaussian(); // common to both, so it must not widen anything
            first[i] = (float) (hardness + 0.03 + random.nextGaussian());
            second[i] = (float) hardness;
            double difference = first[i] - second[i];
            sum += difference;
            squares += difference * difference;
        }
        double mean = sum / n;
        double error = Math.sqrt((squares / n - mean * mean) / n);
        PairedDifference found = TEST.means("x", first, second);
        assertThat(found.difference()).isEqualTo(mean, within(1e-3));
        assertThat(found.interval().low()).isEqualTo(mean - 1.96 * error, within(0.1 * error));
        assertThat(found.interval().high()).isEqualTo(mean + 1.96 * error, within(0.1 * error));
        assertThat(found.pValue()).isEqualTo(twoSided(mean / error), within(SAMPLING));
    }

    /** 2 (1 - Phi(|z|)) by Simpson's rule over the density. */
    private static double twoSided(double z) {
        int steps = 2000;
        double width = Math.abs(z) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-0.5 * i * width * i * width);
        }
        return 1 - 2 * sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void equalRankingsDoNotDifferAndClearOnesHaveTheSmallestP() {
        float[] values = {1, 0, 0.25f, 1};
        PairedDifference same = TEST.means("R@5", values, values);
        assertThat(same.pValue()).isEqualTo(1);
        assertThat(same.interval()).isEqualTo(new Interval(0, 0));
        float[] many = new float[200];
        PairedDifference clear = TEST.means("R@5", filled(many, 1), filled(many, 0));
        assertThat(clear.pValue()).isEqualTo(1.0 / (RESAMPLES + 1));
        assertThat(clear.interval()).isEqualTo(new Interval(1, 1));
    }

    private static float[] filled(float[] like, float value) {
        float[] filled = like.clone();
        java.util.Arrays.fill(filled, value);
        return filled;
    }

    @Test
    void evaluationsAreComparedMeasureByMeasure() {
        RankingEvaluation first = evaluation();
        RankingEvaluation second = evaluation();
        Random random = new Random(5);
        float[] firstHits = new float[300];
        float[] secondHits = new float[300];
        for (int i = 0; i < 300; i++) {
            int truth = random.nextInt(4);
            int[] one = {random.nextInt(3) > 0 ? truth : (truth + 1) % 4, (truth + 2) % 4};
            int[] two = {random.nextInt(2) > 0 ? truth : (truth + 1) % 4, (truth + 2) % 4};
            first.add(one, 2, new int[] {truth}, 1, 0);
            second.add(two, 2, new int[] {truth}, 1, 0);
            firstHits[i] = one[0] == truth ? 1 : 0;
            secondHits[i] = two[0] == truth ? 1 : 0;
        }
        first.add(new int[] {0, 1}, 2, new int[0], 0, 0);
        second.add(new int[] {1, 0}, 2, new int[0], 0, 0);
        List<PairedDifference> differences = TEST.compare(first, second);
        assertThat(differences)
                .extracting(PairedDifference::name)
                .containsExactly("P@1", "nDCG@1", "R@1", "PSP@1", "P@2", "nDCG@2", "R@2", "PSP@2");
        assertThat(differences.get(0)).isEqualTo(TEST.means("P@1", firstHits, secondHits));
        for (PairedDifference difference : differences) {
            assertThat(difference.first())
                    .isEqualTo(first.metrics().toMap().get(difference.name()).doubleValue());
            assertThat(difference.second())
                    .isEqualTo(second.metrics().toMap().get(difference.name()).doubleValue());
            assertThat(difference.interval().low()).isLessThan(difference.difference());
            assertThat(difference.interval().high()).isGreaterThan(difference.difference());
        }
        // One true label an example: P@1, nDCG@1 and R@1 are the same number.
        assertThat(differences.get(1).pValue()).isEqualTo(differences.get(0).pValue());
        assertThat(differences.get(2).interval()).isEqualTo(differences.get(0).interval());
    }

    private static RankingEvaluation evaluation() {
        return new RankingEvaluation(new int[] {9, 5, 2, 1}, 20, Propensity.DEFAULT, 1, 2);
    }

    @Test
    void otherExamplesOrCutoffsAreRefused() {
        RankingEvaluation first = evaluation();
        first.add(new int[] {0, 1}, 2, new int[] {1}, 1, 0);
        RankingEvaluation otherCutoffs = new RankingEvaluation(new int[] {9, 5}, 20, Propensity.DEFAULT, 1, 3);
        assertThatThrownBy(() -> TEST.compare(first, otherCutoffs))
                .hasMessage("the cutoffs of second must be those of first, [1, 2], got [1, 3]");
        RankingEvaluation more = evaluation();
        more.add(new int[] {0, 1}, 2, new int[] {1}, 1, 0);
        more.add(new int[] {0, 1}, 2, new int[] {1}, 1, 0);
        assertThatThrownBy(() -> TEST.compare(first, more))
                .hasMessage("the examples of second must be those of first, 1 with a true label, got 2");
        assertThatThrownBy(() -> TEST.compare(first, evaluation())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TEST.means("x", new float[2], new float[3]))
                .hasMessage("second must be as long as first (2), got 3");
    }
}
