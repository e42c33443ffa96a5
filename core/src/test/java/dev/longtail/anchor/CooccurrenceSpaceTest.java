package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.relation.CooccurrenceConfig;
import dev.longtail.relation.CooccurrenceConfig.Strength;
import dev.longtail.relation.CooccurrenceCounter;
import dev.longtail.relation.Cooccurrences;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CooccurrenceSpaceTest {

    private static final int TOPICS = 4;

    /** Texts of eight words of one topic, word w being of topic w % 4, with one word of any topic. */
    private static Cooccurrences texts(int words, int texts) {
        return Points.with(2, workers -> {
            CooccurrenceConfig config = new CooccurrenceConfig(5, 100_000, 1, 0, Strength.COUNT);
            CooccurrenceCounter counter = new CooccurrenceCounter(words + 1, config, workers);
            SplittableRandom random = new SplittableRandom(words);
            int[] text = new int[8];
            for (int i = 0; i < texts; i++) {
                int topic = random.nextInt(TOPICS);
                for (int at = 0; at < 8; at++) {
                    text[at] = random.nextInt(words / TOPICS) * TOPICS + topic;
                }
                text[random.nextInt(8)] = random.nextInt(words);
                counter.add(text, 8);
            }
            return counter.finish();
        });
    }

    private static ObjectVectors space(Cooccurrences counted, int dimension, long seed, int threads) {
        return Points.with(threads, workers -> CooccurrenceSpace.of(counted, dimension, seed, workers));
    }

    private static double cosine(float[] a, float[] b) {
        float[] zero = new float[a.length];
        double lengths = Math.sqrt(Points.squared(a, zero) * Points.squared(b, zero));
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot / lengths;
    }

    /** With as many dimensions as objects nothing is lost: angles are those between rows of the matrix. */
    @Test
    void allDimensionsKeepAllAngles() {
        int words = 20;
        Cooccurrences counted = texts(words, 300);
        ObjectVectors space = space(counted, words + 1, 3, 2);
        for (int a = 0; a < words; a++) {
            for (int b = 0; b < words; b++) {
                double expected = cosine(row(counted, a), row(counted, b));
                assertThat(cosine(Points.row(space, a), Points.row(space, b))).isCloseTo(expected, within(1e-3));
            }
            assertThat(Points.squared(Points.row(space, a), new float[words + 1]))
                    .isCloseTo(1, within(1e-5));
        }
        assertThat(space.known(words)).as("a word that never occurs").isFalse();
        assertThat(space.knownCount()).isEqualTo(words);
    }

    private static float[] row(Cooccurrences counted, int object) {
        float[] row = new float[counted.objects()];
        for (int other = 0; other < row.length; other++) {
            row[other] = (float) counted.ppmi(object, other);
        }
        return row;
    }

    /** Against the largest eigenvectors, found by Jacobi's rotations in double precision. */
    @Test
    void fewDimensionsAreTheLargestEigenvectors() {
        int words = 40;
        Cooccurrences counted = texts(words, 2000);
        double[][] p = new double[words][words];
        for (int a = 0; a < words; a++) {
            for (int b = 0; b < words; b++) {
                p[a][b] = (float) counted.ppmi(a, b);
            }
        }
        double[][] vectors = new double[words][words];
        double[] values = Jacobi.eigen(p, vectors);
        Integer[] order = new Integer[words];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(Math.abs(values[b]), Math.abs(values[a])));
        // The four topics stand out from the noise, so four iterations are enough.
        assertThat(Math.abs(values[order[4]])).isLessThan(0.6 * Math.abs(values[order[3]]));
        float[][] expected = new float[words][4];
        for (int a = 0; a < words; a++) {
            for (int i = 0; i < 4; i++) {
                expected[a][i] = (float) (vectors[a][order[i]] * values[order[i]]);
            }
        }
        ObjectVectors space = space(counted, 4, 1, 2);
        for (int a = 0; a < words; a++) {
            for (int b = 0; b < words; b++) {
                assertThat(cosine(Points.row(space, a), Points.row(space, b)))
                        .isCloseTo(cosine(expected[a], expected[b]), within(0.02));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wordsOfATopicAreOneClusterAndCentresAreNearerThanRandomWords(long seed) {
        int words = 200;
        ObjectVectors space = space(texts(words, 4000), 16, seed, 2);
        Clustering clusters = Points.with(2, workers -> new KMeans(TOPICS, 20, seed).cluster(space, workers));
        for (int word = TOPICS; word < words; word++) {
            assertThat(clusters.nearest()[word]).isEqualTo(clusters.nearest()[word % TOPICS]);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double byChance = 0;
        for (int trial = 0; trial < 20; trial++) {
            float[][] picks = new float[TOPICS][];
            Arrays.setAll(picks, i -> Points.row(space, random.nextInt(words)));
            byChance += Points.meanSquare(space, picks) / 20;
        }
        assertThat(Points.meanSquare(space, Points.rows(clusters.centres(), 16)))
                .isLessThan(0.8 * byChance);
    }

    @Test
    void threadsDoNotMatter() {
        Cooccurrences counted = texts(600, 3000);
        ObjectVectors one = space(counted, 24, 7, 1);
        ObjectVectors three = space(counted, 24, 7, 3);
        for (int word = 0; word <= 600; word++) {
            assertThat(Points.row(three, word)).isEqualTo(Points.row(one, word));
        }
    }

    /** Eigenvalues of a symmetric matrix by cyclic rotations (Jacobi 1846). */
    private static final class Jacobi {

        static double[] eigen(double[][] matrix, double[][] vectors) {
            int n = matrix.length;
            double[][] a = new double[n][];
            for (int i = 0; i < n; i++) {
                a[i] = matrix[i].clone();
                vectors[i][i] = 1;
            }
            for (int sweep = 0; sweep < 30; sweep++) {
                for (int p = 0; p < n; p++) {
                    for (int q = p + 1; q < n; q++) {
                        rotate(a, vectors, p, q);
                    }
                }
            }
            double[] values = new double[n];
            Arrays.setAll(values, i -> a[i][i]);
            return values;
        }

        private static void rotate(double[][] a, double[][] vectors, int p, int q) {
            if (Math.abs(a[p][q]) < 1e-14) {
                return;
            }
            double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            for (int i = 0; i < a.length; i++) {
                double left = a[i][p];
                double right = a[i][q];
                a[i][p] = c * left - s * right;
                a[i][q] = s * left + c * right;
                double v = vectors[i][p];
                double w = vectors[i][q];
                vectors[i][p] = c * v - s * w;
                vectors[i][q] = s * v + c * w;
            }
            for (int i = 0; i < a.length; i++) {
                double up = a[p][i];
                double down = a[q][i];
                a[p][i] = c * up - s * down;
                a[q][i] = s * up + c * down;
            }
        }
    }
}
