package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KMeansTest {

    private static Clustering cluster(KMeans means, ObjectVectors points, double[] weights, int... fixed) {
        return Points.with(2, workers -> means.cluster(points, weights, fixed, workers));
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void byHand() {
        ObjectVectors points = Points.line(0, 1, 10, 11);
        for (long seed = 0; seed < 20; seed++) {
            Clustering clusters = cluster(new KMeans(2, 20, seed), points, ones(4));
            assertThat(clusters.centres()).containsExactlyInAnyOrder(0.5f, 10.5f);
            assertThat(clusters.cost()).isEqualTo(1);
            assertThat(clusters.squares()).containsExactly(0.25, 0.25, 0.25, 0.25);
            assertThat(clusters.nearest()[0]).isEqualTo(clusters.nearest()[1]);
            assertThat(clusters.nearest()[2]).isEqualTo(clusters.nearest()[3]);
        }
    }

    @Test
    void aPointOfWeightThreeIsThreePoints() {
        Clustering clusters = cluster(new KMeans(2, 20, 1), Points.line(0, 4, 100, 50), new double[] {3, 1, 2, 0});
        assertThat(clusters.centres()).containsExactlyInAnyOrder(1, 100);
        assertThat(clusters.cost()).isEqualTo(3 * 1 + 9);
        assertThat(clusters.squares()[3]).isEqualTo(49 * 49);
    }

    @Test
    void fixedCentresStayAndTheOthersFillTheRest() {
        ObjectVectors points = Points.line(0, 1, 2, 30, 31, 60, 62);
        for (long seed = 0; seed < 20; seed++) {
            Clustering clusters = cluster(new KMeans(3, 20, seed), points, ones(7), 0);
            assertThat(clusters.centres()[0]).isZero();
            assertThat(clusters.seeds()[0]).isZero();
            assertThat(Arrays.copyOfRange(clusters.centres(), 1, 3)).containsExactlyInAnyOrder(30.5f, 61);
        }
    }

    /** The draws, the assignments and the means, each by plain loops in double precision. */
    @ParameterizedTest
    @CsvSource({"700,3,5,1", "1500,17,40,20", "70,2,64,4"})
    void asAPlainProgram(int size, int dimension, int clusters, double noise) {
        ObjectVectors points = Points.planted(size, dimension, 8, noise, size);
        double[] weights = IntStream.range(0, size).mapToDouble(i -> i % 4).toArray();
        int candidates = (int) Arrays.stream(weights).filter(w -> w > 0).count();
        int k = Math.min(clusters, candidates);
        Clustering start = cluster(new KMeans(k, 0, 3), points, weights);
        assertThat(Arrays.stream(start.seeds()).distinct().count()).isEqualTo(k);
        double[][] centres = new double[k][];
        for (int c = 0; c < k; c++) {
            assertThat(weights[start.seeds()[c]]).isPositive();
            centres[c] = doubles(Points.row(points, start.seeds()[c]));
        }
        check(start, points, centres);
        for (int rounds = 1; rounds <= 2; rounds++) {
            move(points, weights, centres, nearest(points, centres));
            check(cluster(new KMeans(k, rounds, 3), points, weights), points, centres);
        }
    }

    private static void check(Clustering clusters, ObjectVectors points, double[][] centres) {
        double[] squares = new double[points.objects()];
        int[] nearest = nearest(points, centres);
        for (int i = 0; i < squares.length; i++) {
            squares[i] = squared(doubles(Points.row(points, i)), centres[nearest[i]]);
            assertThat(clusters.squares()[i]).isCloseTo(squares[i], within(1e-4 * (1 + squares[i])));
        }
        assertThat(clusters.nearest()).isEqualTo(nearest);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double squared(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum();
    }

    private static int[] nearest(ObjectVectors points, double[][] centres) {
        int[] nearest = new int[points.objects()];
        for (int i = 0; i < nearest.length; i++) {
            double[] row = doubles(Points.row(points, i));
            for (int c = 1; c < centres.length; c++) {
                nearest[i] = squared(row, centres[c]) < squared(row, centres[nearest[i]]) ? c : nearest[i];
            }
        }
        return nearest;
    }

    private static void move(ObjectVectors points, double[] weights, double[][] centres, int[] nearest) {
        double[] totals = new double[centres.length];
        double[][] sums = new double[centres.length][points.dimension()];
        for (int i = 0; i < nearest.length; i++) {
            totals[nearest[i]] += weights[i];
            float[] row = Points.row(points, i);
            for (int j = 0; j < row.length; j++) {
                sums[nearest[i]][j] += weights[i] * row[j];
            }
        }
        for (int c = 0; c < centres.length; c++) {
            for (int j = 0; j < centres[c].length; j++) {
                centres[c][j] = sums[c][j] / totals[c];
            }
        }
    }

    /** Points 0, 1 and 3 of weights 1, 2 and 1: after the first, the others are drawn with chances 2 * 1 to 1 * 9. */
    @Test
    void seedsAreDrawnByWeightAndSquaredDistance() {
        ObjectVectors points = Points.line(0, 1, 3);
        int[] second = new int[3];
        int[] first = new int[3];
        for (long seed = 0; seed < 4000; seed++) {
            double[] weights = {1, 2, 1};
            second[cluster(new KMeans(2, 0, seed), points, weights, 0).seeds()[1]]++;
            first[cluster(new KMeans(1, 0, seed), points, weights).seeds()[0]]++;
        }
        assertThat(second[0]).isZero();
        assertThat(second[2]).isCloseTo((int) (4000 * 9 / 11.0), within(100)); // deviation 24
        assertThat(first[1]).isCloseTo(2000, within(130)); // deviation 32
        assertThat(first[2]).isCloseTo(1000, within(110)); // deviation 27
    }

    /** Where each draw costs distances only for points that may have come nearer. */
    @Test
    void drawsAreThoseOfAPlainProgramThatSkipsNothing() {
        ObjectVectors points = Points.planted(600, 4, 30, 0.5, 7);
        int[] seeds = cluster(new KMeans(60, 0, 11), points, ones(600)).seeds();
        double[] squares = new double[600];
        for (int draw = 1; draw < 60; draw++) {
            for (int i = 0; i < 600; i++) {
                double now = Points.squared(Points.row(points, i), Points.row(points, seeds[draw - 1]));
                squares[i] = draw == 1 ? now : Math.min(squares[i], now);
            }
            double at = RandomStream.of(11, 0, draw).nextDouble()
                    * Arrays.stream(squares).sum();
            int expected = 0;
            while (at >= squares[expected]) {
                at -= squares[expected++];
            }
            assertThat(seeds[draw]).as("draw " + draw).isEqualTo(expected);
        }
    }

    @Test
    void clustersFarFromZeroAreToldApart() {
        ObjectVectors near = Points.planted(400, 3, 4, 0.1, 2);
        ObjectVectors far = new ObjectVectors(400, 3);
        for (int i = 0; i < 400; i++) {
            float[] row = Points.row(near, i);
            for (int j = 0; j < 3; j++) {
                row[j] += 5000;
            }
            far.set(i, row, 0);
        }
        Clustering clusters = cluster(new KMeans(4, 20, 5), far, ones(400));
        for (int i = 4; i < 400; i++) {
            assertThat(clusters.nearest()[i]).isEqualTo(clusters.nearest()[i % 4]);
        }
    }

    @Test
    void aCentreWithoutPointsGoesToTheFarthestPoint() {
        ObjectVectors points = Points.line(0, 1, 2, 9);
        float[] centres = {1, 500};
        Clustering clusters =
                Points.with(1, workers -> new KMeans(2, 1, 0).improve(points, ones(4), centres, 0, workers));
        assertThat(clusters.centres()).containsExactly(3, 9);
        Clustering kept = Points.with(
                1, workers -> new KMeans(2, 1, 0).improve(points, ones(4), new float[] {500, 1}, 1, workers));
        assertThat(kept.centres()).as("the first is fixed").containsExactly(500, 3);
    }

    @Test
    void moreClustersThanPlacesIsNoErrorButMoreThanPointsIs() {
        Clustering clusters = cluster(new KMeans(4, 5, 1), Points.line(7, 7, 7, 9, 7), ones(5));
        assertThat(Arrays.stream(clusters.seeds()).distinct().count()).isEqualTo(4);
        assertThat(clusters.cost()).isZero();
        assertThatThrownBy(() -> cluster(new KMeans(3, 5, 1), Points.line(1, 2, 3), new double[] {1, 0, 1}))
                .hasMessageContaining("at most the points there are, 2");
    }

    @Test
    void theCostNeverRises() {
        ObjectVectors points = Points.planted(2000, 5, 25, 4, 9);
        double before = Double.POSITIVE_INFINITY;
        for (int rounds = 0; rounds < 8; rounds++) {
            double cost = cluster(new KMeans(20, rounds, 2), points, ones(2000)).cost();
            assertThat(cost).isLessThanOrEqualTo(before);
            before = cost;
        }
    }

    @Test
    void threadsDoNotMatterAndTheSeedDoes() {
        ObjectVectors points = Points.planted(3000, 20, 50, 3, 4);
        Clustering one = Points.with(1, workers -> new KMeans(40, 10, 6).cluster(points, workers));
        Clustering three = Points.with(3, workers -> new KMeans(40, 10, 6).cluster(points, workers));
        Clustering other = Points.with(3, workers -> new KMeans(40, 10, 7).cluster(points, workers));
        assertThat(three.centres()).isEqualTo(one.centres());
        assertThat(three.nearest()).isEqualTo(one.nearest());
        assertThat(three.squares()).isEqualTo(one.squares());
        assertThat(three.seeds()).isEqualTo(one.seeds());
        assertThat(other.seeds()).isNotEqualTo(one.seeds());
    }

    /** N16: objects lie nearer to a centre than to random objects, on average, with seeding alone and with rounds. */
    @Test
    void centresAreNearerThanRandomPoints() {
        ObjectVectors points = Points.planted(3000, 10, 30, 2, 1);
        for (long seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            float[][] picks = new float[30][];
            Arrays.setAll(picks, i -> Points.row(points, random.nextInt(3000)));
            double byChance = Points.meanSquare(points, picks);
            Clustering seeded = cluster(new KMeans(30, 0, seed), points, ones(3000));
            Clustering moved = cluster(new KMeans(30, 20, seed), points, ones(3000));
            double drawn = Points.meanSquare(points, Points.rows(seeded.centres(), 10));
            double means = Points.meanSquare(points, Points.rows(moved.centres(), 10));
            assertThat(drawn).isLessThan(0.7 * byChance);
            assertThat(means).isLessThan(drawn);
            assertThat(moved.cost() / 3000).isCloseTo(means, within(1e-6 * means));
        }
    }

    @Test
    void anInterruptedThreadStops() {
        ObjectVectors points = Points.line(1, 2, 3, 4);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> cluster(new KMeans(2, 5, 1), points, ones(4)))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
