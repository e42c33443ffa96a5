package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndianBuffetTest {

    private static final int DRAWS = 400;

    /** A mean of 400 draws of a Poisson number is within four standard errors of its expectation. */
    private static void assertPoissonMean(double mean, double expected) {
        assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(expected / DRAWS)));
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 200", "1, 1, 50", "2, 5, 200", "4, 0.5, 100"})
    void theBuffetHasTheExpectedNumberOfAnchors(double a, double b, int objects) {
        IndianBuffet buffet = new IndianBuffet(a, b);
        double harmonic = 0;
        for (int i = 1; i <= objects; i++) {
            harmonic += 1 / (b + i - 1); // H of eq. 9; for b = 1 the harmonic number
        }
        assertThat(buffet.expectedAnchors(objects)).isCloseTo(a * b * harmonic, within(1e-9));
        double[] means = means(objects, seed -> buffet.buffet(objects, seed));
        assertPoissonMean(means[0], a * b * harmonic);
        // every object has Poisson(a) anchors, whatever b is
        assertThat(means[1]).isCloseTo(a, within(0.15 * a));
        assertPoissonMean(means[2], a);
    }

    @ParameterizedTest
    @CsvSource({"3, 200", "0.7, 100"})
    void sticksHaveTheSameExpectations(double a, int objects) {
        IndianBuffet buffet = new IndianBuffet(a);
        double[] means = means(objects, seed -> buffet.sticks(objects, seed));
        assertPoissonMean(means[0], buffet.expectedAnchors(objects));
        assertThat(means[1]).isCloseTo(a, within(0.15 * a));
        assertPoissonMean(means[2], a);
    }

    /** Over the draws: mean number of anchors, mean anchors of an object, mean anchors of the last object. */
    private static double[] means(int objects, LongFunction<Selection> sampler) {
        double[] sums = new double[3];
        for (int draw = 0; draw < DRAWS; draw++) {
            Selection selection = sampler.apply(draw);
            sums[0] += selection.anchors();
            sums[1] += (double) selection.size() / objects;
            sums[2] += selection.size() - selection.rows().start(objects - 1);
        }
        return Arrays.stream(sums).map(sum -> sum / DRAWS).toArray();
    }

    /**
     * By eq. 9 a column with m of n objects is expected a b C(n, m) Gamma(m) Gamma(n - m + b) / Gamma(n + b) times,
     * which is a / m for b = 1; both samplers have to show that.
     */
    @Test
    void columnsHaveTheExpectedPopularity() {
        int objects = 60;
        IndianBuffet two = new IndianBuffet(2, 4);
        IndianBuffet one = new IndianBuffet(3);
        double[] buffet = new double[objects + 1];
        double[] sticks = new double[objects + 1];
        double[] general = new double[objects + 1];
        for (int draw = 0; draw < DRAWS; draw++) {
            count(one.buffet(objects, draw), buffet);
            count(one.sticks(objects, draw), sticks);
            count(two.buffet(objects, draw), general);
        }
        for (int m = 1; m <= 20; m++) {
            assertPoissonMean(buffet[m] / DRAWS, 3.0 / m);
            assertPoissonMean(sticks[m] / DRAWS, 3.0 / m);
            double expected = 2 * 4.0;
            for (int j = 1; j <= m; j++) {
                // C(n, m) (m - 1)! over the product of (n - j + b)
                expected *= (objects - j + 1.0) / (objects - j + 4.0);
            }
            assertPoissonMean(general[m] / DRAWS, expected / m);
        }
    }

    private static void count(Selection selection, double[] columns) {
        for (int m : selection.popularity()) {
            columns[m]++;
        }
    }

    @Test
    void rowsAreAscendingNoColumnIsEmptyAndASeedIsADraw() {
        IndianBuffet buffet = new IndianBuffet(5);
        for (Selection z : new Selection[] {buffet.buffet(300, 7), buffet.sticks(300, 7)}) {
            assertThat(z.objects()).isEqualTo(300);
            assertThat(Arrays.stream(z.popularity())).allMatch(m -> m > 0 && m <= 300);
            for (int object = 0; object < z.objects(); object++) {
                int[] row = Arrays.copyOfRange(
                        z.rows().ids(), z.rows().start(object), z.rows().start(object + 1));
                assertThat(row).isSorted().doesNotHaveDuplicates();
            }
        }
        Selection once = buffet.buffet(300, 7);
        Selection again = buffet.buffet(300, 7);
        Selection other = buffet.buffet(300, 8);
        assertThat(ids(again)).isEqualTo(ids(once));
        assertThat(ids(other)).isNotEqualTo(ids(once));
    }

    private static int[] ids(Selection selection) {
        return Arrays.copyOf(selection.rows().ids(), selection.size());
    }

    @Test
    void sticksAreForOneParameterOnly() {
        assertThatThrownBy(() -> new IndianBuffet(1, 2).sticks(5, 1))
                .hasMessage("concentration must be 1 for the process that eq. 7 describes, got 2.0");
        assertThatThrownBy(() -> new IndianBuffet(0)).hasMessage("mass must be above 0, got 0.0");
    }
}
