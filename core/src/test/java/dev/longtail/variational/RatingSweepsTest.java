package dev.longtail.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingRows;
import dev.longtail.rating.RatingSet;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;
import dev.longtail.train.RatingConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatingSweepsTest {

    private static final int USERS = 150;
    private static final int ITEMS = 100;
    private static final double NOISE = 0.3;

    private static RatingModel model(String kind, double l1, boolean biases) {
        return model(kind, l1, biases, "auto");
    }

    private static RatingModel model(String kind, double l1, boolean biases, String layout) {
        Map<String, String> values =
                new HashMap<>(Map.of("solver", "variational", "biases", String.valueOf(biases), "clip", "false"));
        for (String side : List.of("users", "items")) {
            values.put("model." + side + ".kind", kind);
            values.put("model." + side + ".dimension", "4");
            values.put("model." + side + ".initialScale", "1");
            values.put("model." + side + ".anchors.count", "6");
            values.put("model." + side + ".anchors.links", "0");
            values.put("model." + side + ".anchors.layout", layout);
            values.put("model." + side + ".anchors.penalty.l1", String.valueOf(l1));
        }
        RatingConfig config = Settings.override(RatingConfig.DEFAULT, values);
        return new RatingModel(config.model(), Ids.numbered(new int[USERS]), new Items(Ids.numbered(new int[ITEMS])));
    }

    /** Ratings of a rank-2 model with biases and noise of a known variance. */
    private static RatingSet planted(int size, long seed) {
        Random truth = new Random(9);
        double[][] u = vectors(truth, USERS);
        double[][] v = vectors(truth, ITEMS);
        Random random = new Random(seed);
        int[] users = random.ints(size, 0, USERS).toArray();
        int[] items = random.ints(size, 0, ITEMS).toArray();
        float[] ratings = new float[size];
        for (int i = 0; i < size; i++) {
            double[] a = u[users[i]];
            double[] b = v[items[i]];
            double score = 3 + 0.5 * a[2] + 0.5 * b[2] + a[0] * b[0] + a[1] * b[1];
            ratings[i] = (float) (score + NOISE * random.nextGaussian());
        }
        return RatingSet.of(users, items, ratings);
    }

    private static double[][] vectors(Random random, int rows) {
        double[][] vectors = new double[rows][3];
        for (double[] vector : vectors) {
            for (int k = 0; k < 3; k++) {
                vector[k] = random.nextGaussian();
            }
        }
        return vectors;
    }

    private static double mse(RatingModel model, RatingSet set) {
        double sum = 0;
        for (int i = 0; i < set.size(); i++) {
            double error = set.rating(i) - model.score(set.user(i), set.item(i));
            sum += error * error;
        }
        return sum / set.size();
    }

    /** What was planted is found, and how noisy ratings are is learned, with no rate or pull chosen. */
    @ParameterizedTest
    @ValueSource(strings = {"dense", "anchors"})
    void plantedVectorsAndNoiseAreFound(String kind) {
        RatingSet train = planted(6000, 1);
        RatingModel model = model(kind, 0.01, true);
        model.initialise(train, 1);
        try (Workers workers = new Workers(2)) {
            RatingSweeps sweeps = new RatingSweeps(model, train, workers);
            for (int i = 0; i < 60; i++) {
                sweeps.run();
            }
            assertThat(sweeps.noise()).isCloseTo(NOISE * NOISE, within(0.25 * NOISE * NOISE));
        }
        assertThat(mse(model, planted(500, 2))).isBetween(NOISE * NOISE * 0.8, NOISE * NOISE * 1.5);
    }

    /** Of noise alone nothing is learned: vectors vanish, though each could explain its own ratings. */
    @Test
    void noiseTeachesNothing() {
        Random random = new Random(3);
        int[] users = random.ints(3000, 0, USERS).toArray();
        int[] items = random.ints(3000, 0, ITEMS).toArray();
        float[] ratings = new float[3000];
        for (int i = 0; i < ratings.length; i++) {
            ratings[i] = (float) (3 + random.nextGaussian());
        }
        RatingSet train = RatingSet.of(users, items, ratings);
        RatingModel model = model("dense", 0, true);
        model.initialise(train, 1);
        try (Workers workers = new Workers(1)) {
            RatingSweeps sweeps = new RatingSweeps(model, train, workers);
            for (int i = 0; i < 100; i++) {
                sweeps.run();
            }
            assertThat(sweeps.noise()).isCloseTo(1, within(0.08));
        }
        for (int user = 0; user < USERS; user++) {
            assertThat(model.userTable().squaredNorm(user)).isLessThan(0.02);
        }
    }

    /** A row's weights meet the conditions of a lasso without negative weights, by sums over the ratings themselves. */
    @ParameterizedTest
    @CsvSource({"true, full", "false, full", "true, sparse"})
    void weightsAreTheBestOnes(boolean biases, String layout) {
        double l1 = 0.5;
        RatingSet train = planted(4000, 1);
        RatingModel model = model("anchors", l1, biases, layout);
        model.initialise(train, 1);
        try (Workers workers = new Workers(1)) {
            RatingSweeps sweeps = new RatingSweeps(model, train, workers);
            sweeps.run();
            sweeps.run();
            double noise = sweeps.noise();
            sweeps.run();
            Side users = sweeps.users();
            Side items = sweeps.items();
            // the items learned last: their rows are the best for the users as they are believed now
            int zeros = 0;
            for (int item = 0; item < ITEMS; item++) {
                zeros += checkRow(model, train.byItem(ITEMS), item, items, users, noise, l1);
            }
            assertThat(zeros).isBetween(ITEMS / 2, ITEMS * 5);
        }
    }

    private static int checkRow(
            RatingModel model, RatingRows rows, int item, Side own, Side other, double noise, double l1) {
        AnchorTable table = (AnchorTable) model.itemTable();
        float[] weights = new float[6];
        table.transform().addRow(table.row(item), 1, weights, 0);
        double[] byVector = gradient(model, rows, item, own, other, noise);
        int zeros = 0;
        for (int k = 0; k < 6; k++) {
            float[] anchor = new float[4];
            table.anchor(k, anchor);
            double gradient = l1;
            double squared = 0;
            for (int j = 0; j < 4; j++) {
                gradient += anchor[j] * byVector[j];
                squared += anchor[j] * (double) anchor[j];
            }
            assertThat(squared).isCloseTo(1, within(1e-5));
            assertThat(weights[k]).isGreaterThanOrEqualTo(0);
            if (weights[k] > 0) {
                assertThat(gradient).isCloseTo(0, within(0.02));
            } else {
                assertThat(gradient).isGreaterThan(-0.02);
                zeros++;
            }
        }
        return zeros;
    }

    /** Gradient of half the expected sum of squares and the prior's pull by an item's vector. */
    private static double[] gradient(RatingModel model, RatingRows rows, int item, Side own, Side other, double noise) {
        double[] x = new double[4];
        for (int j = 0; j < 4; j++) {
            x[j] = own.posterior().means()[item * 4 + j];
        }
        double[] gradient = new double[4];
        for (int at = rows.start(item); at < rows.start(item + 1); at++) {
            int user = rows.other(at);
            double rest = rows.rating(at) - model.mean() - other.bias(user) - own.bias(item);
            for (int j = 0; j < 4; j++) {
                gradient[j] -= rest * other.posterior().means()[user * 4 + j];
                for (int k = 0; k < 4; k++) {
                    int packed = Math.max(j, k) * (Math.max(j, k) + 1) / 2 + Math.min(j, k);
                    gradient[j] += other.posterior().moments()[user * 10 + packed] * x[k];
                }
            }
        }
        for (int j = 0; j < 4; j++) {
            gradient[j] += noise * own.posterior().precision()[j][j] * x[j];
        }
        return gradient;
    }

    /** E (e - b - x.v)^2 = (e - b - m.n)^2 + m' D m + n' C n + tr C D for independent x ~ (m, C), v ~ (n, D). */
    @Test
    void theExpectedErrorIsThatOfIndependentNormalVectors() {
        Random random = new Random(4);
        RatingSet set = RatingSet.of(new int[] {0, 1, 1}, new int[] {0, 0, 1}, new float[] {4, 1, 2});
        Side items = new Side(set.byItem(2), new FreeRows(table("items")), 2, new float[] {0.1f, -0.2f}, 1);
        Side users = new Side(set.byUser(2), new FreeRows(table("users")), 2, new float[2], 1);
        double[][] means = new double[2][2];
        double[][][] covariances = new double[2][2][2];
        for (int item = 0; item < 2; item++) {
            means[item] = new double[] {random.nextGaussian(), random.nextGaussian()};
            covariances[item] = new double[][] {{0.7, 0.2}, {0.2, 0.5 + item}};
            items.posterior().set(item, means[item], covariances[item], 1);
        }
        double[] own = {0.4, -1.1};
        double[][] c = {{0.3, -0.1}, {-0.1, 0.6}};
        users.posterior().set(1, own, c, 1);
        RowSystem system = new RowSystem(2);
        system.collect(users.ratings(), 1, items, 3);
        double expected = 0;
        double bias = 0.25;
        double[] rests = {1 - 3 - 0.1f, 2 - 3 + 0.2f};
        for (int item = 0; item < 2; item++) {
            double[] n = means[item];
            double[][] d = covariances[item];
            double error = rests[item] - bias - own[0] * n[0] - own[1] * n[1];
            expected += error * error;
            for (int j = 0; j < 2; j++) {
                for (int k = 0; k < 2; k++) {
                    expected += own[j] * own[k] * d[j][k] + n[j] * n[k] * c[j][k] + c[j][k] * d[j][k];
                }
            }
        }
        assertThat(system.expected(own, bias, users.posterior().moments(), 3)).isCloseTo(expected, within(1e-5));
        assertThat(system.count()).isEqualTo(2);
    }

    private static InputTable table(String name) {
        return model("dense", 0, true).config().users().newTable(new int[2], name);
    }

    /** The learned prior is the mean of the second moments. */
    @Test
    void thePriorIsWhatBeliefsShow() {
        Posterior posterior = new Posterior(2, 2, 0.25);
        assertThat(posterior.precision()).isDeepEqualTo(new double[][] {{4, 0}, {0, 4}});
        posterior.set(0, new double[] {1, 0}, new double[][] {{1, 0}, {0, 1}}, 0.5);
        posterior.set(1, new double[] {0, 2}, new double[][] {{1, 0}, {0.5, 1}}, 2);
        try (Workers workers = new Workers(2)) {
            posterior.learnPrior(workers);
        }
        // mean of [[1.5, 0], [0, 0.5]] and [[2, 1], [1, 6]] is [[1.75, 0.5], [0.5, 3.25]], of determinant 5.4375
        assertThat(posterior.precision()[0][0]).isCloseTo(3.25 / 5.4375, within(1e-9));
        assertThat(posterior.precision()[1][0]).isCloseTo(-0.5 / 5.4375, within(1e-9));
        assertThat(posterior.precision()[1][1]).isCloseTo(1.75 / 5.4375, within(1e-9));
    }

    /** A strong penalty leaves no links, and biases are then shrunk means. */
    @Test
    void withoutLinksBiasesAreShrunkMeans() {
        RatingSet train = planted(4000, 1);
        RatingModel model = model("anchors", 1e6, true);
        model.initialise(train, 1);
        try (Workers workers = new Workers(1)) {
            RatingSweeps sweeps = new RatingSweeps(model, train, workers);
            for (int i = 0; i < 30; i++) {
                sweeps.run();
            }
            assertThat(((AnchorTable) model.userTable()).transform().nnz()).isZero();
            RatingRows rows = train.byItem(ITEMS);
            for (int item = 0; item < ITEMS; item++) {
                double sum = 0;
                int count = rows.start(item + 1) - rows.start(item);
                for (int at = rows.start(item); at < rows.start(item + 1); at++) {
                    sum += rows.rating(at) - model.mean() - model.userBias()[rows.other(at)];
                }
                double pull = sweeps.items().biasPull();
                assertThat((double) model.itemBias()[item]).isCloseTo(sum / (count + pull), within(1e-3));
            }
        }
    }
}
