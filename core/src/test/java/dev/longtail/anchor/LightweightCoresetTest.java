package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LightweightCoresetTest {

    private static LightweightCoreset of(ObjectVectors points, int size, long seed, int threads) {
        return Points.with(threads, workers -> LightweightCoreset.of(points, size, seed, workers));
    }

    private static double best(ObjectVectors evaluated, ObjectVectors points, double[] weights, int clusters) {
        double best = Double.POSITIVE_INFINITY;
        for (long seed = 0; seed < 5; seed++) {
            KMeans means = new KMeans(clusters, 50, seed);
            Clustering found = Points.with(2, workers -> means.cluster(points, weights, new int[0], workers));
            best = Math.min(best, Points.meanSquare(evaluated, Points.rows(found.centres(), evaluated.dimension())));
        }
        return best;
    }

    /** N20, on clusters of very unequal size: the smallest has one point in a thousand. */
    @Test
    void clusteringACoresetCostsAtMostFivePerCentMore() {
        SplittableRandom random = new SplittableRandom(4);
        int size = 20_000;
        ObjectVectors points = new ObjectVectors(size, 6);
        float[][] centres = new float[10][6];
        for (float[] centre : centres) {
            for (int i = 0; i < 6; i++) {
                centre[i] = (float) (10 * Points.normal(random));
            }
        }
        for (int point = 0; point < size; point++) {
            int cluster = point % 1000 == 0 ? 9 : Math.min(8, (int) (9 * Math.pow(random.nextDouble(), 2)));
            float[] row = new float[6];
            for (int i = 0; i < 6; i++) {
                row[i] = (float) (centres[cluster][i] + Points.normal(random));
            }
            points.set(point, row, 0);
        }
        double full = best(points, points, points.weights(), 10);
        LightweightCoreset coreset = of(points, 1000, 3, 2);
        double few = best(points, points.select(coreset.points()), coreset.weights(), 10);
        assertThat(coreset.points()).hasSizeLessThanOrEqualTo(1000);
        assertThat(few).isBetween(0.999 * full, 1.05 * full);
    }

    /** Its cost for any centres is about that of all points. */
    @Test
    void aCoresetKeepsTheCostOfAnyCentres() {
        ObjectVectors points = Points.planted(10_000, 4, 12, 2, 5);
        LightweightCoreset coreset = of(points, 3000, 1, 2);
        assertThat(Arrays.stream(coreset.weights()).sum()).isCloseTo(10_000, within(500.0));
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 20; trial++) {
            float[][] places = new float[5][];
            Arrays.setAll(places, i -> Points.row(points, random.nextInt(10_000)));
            double cost = 0;
            for (int i = 0; i < coreset.points().length; i++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (float[] place : places) {
                    nearest = Math.min(nearest, Points.squared(Points.row(points, coreset.points()[i]), place));
                }
                cost += coreset.weights()[i] * nearest;
            }
            double full = 10_000 * Points.meanSquare(points, places);
            assertThat(cost).isCloseTo(full, within(0.08 * full));
        }
    }

    /** Points 0, 0, 0 and 4: mean 1, squares 1, 1, 1, 9 of 12, so q = 1/8 + 1/24 = 1/6 three times, and 1/2. */
    @Test
    void chancesAndWeightsByHand() {
        LightweightCoreset coreset = of(Points.line(0, 0, 0, 4), 30_000, 8, 1);
        assertThat(coreset.points()).containsExactly(0, 1, 2, 3);
        double[] expected = {1, 1, 1, 1}; // draws times 1 / (30,000 q) is on average the weight of a point, 1
        for (int i = 0; i < 4; i++) {
            assertThat(coreset.weights()[i]).isCloseTo(expected[i], within(0.06)); // deviation 0.013
        }
        LightweightCoreset one = of(Points.line(0, 0, 0, 4), 1, 8, 1);
        assertThat(one.weights()[0]).isCloseTo(one.points()[0] == 3 ? 2 : 6, within(1e-9));
    }

    @Test
    void onlyObjectsWithVectorsAreDrawnAndThreadsDoNotMatter() {
        ObjectVectors points = new ObjectVectors(500, 2);
        for (int i = 0; i < 500; i += 3) {
            points.set(i, new float[] {i, -i}, 0);
        }
        LightweightCoreset one = of(points, 200, 2, 1);
        LightweightCoreset three = of(points, 200, 2, 3);
        assertThat(Arrays.stream(one.points())).allMatch(point -> point % 3 == 0);
        assertThat(three.points()).isEqualTo(one.points());
        assertThat(three.weights()).isEqualTo(one.weights());
        assertThat(of(points, 200, 3, 1).points()).isNotEqualTo(one.points());
        assertThatThrownBy(() -> of(new ObjectVectors(3, 2), 2, 1, 1)).hasMessageContaining("vectors");
    }
}
