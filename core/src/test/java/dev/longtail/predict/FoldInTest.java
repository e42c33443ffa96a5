package dev.longtail.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.matrix.NormalEquations;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldInTest {

    private static final int DIMENSION = 3;
    private static final int ITEMS = 40;
    private static final Workers WORKERS = new Workers(1);

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static RatingConfig config(boolean biases) {
        return Settings.override(
                RatingConfig.DEFAULT,
                Map.of(
                        "model.users.dimension", "3",
                        "model.items.dimension", "3",
                        "biases", String.valueOf(biases),
                        "maxEpochs", "200",
                        "optimizer.kind", "sgd",
                        "optimizer.learningRate", "0.02",
                        "schedule.curve", "linear",
                        "l2", "0.05"));
    }

    /** A model with item vectors and biases drawn at random. */
    private static RatingModel random(boolean biases) {
        RatingModel model = new RatingModel(
                config(biases).model(), Ids.numbered(new int[] {1, 1}), new Items(Ids.numbered(new int[ITEMS])));
        Random random = new Random(4);
        for (Tensor tensor : model.all()) {
            for (float[] page : ((Tensor.Floats) tensor).pages()) {
                for (int i = 0; i < page.length; i++) {
                    page[i] = (float) random.nextGaussian();
                }
            }
        }
        float[] range = ((Tensor.Floats) model.all().get(0)).pages().get(0);
        range[0] = 3;
        range[1] = 1;
        range[2] = 5;
        return model;
    }

    private static float[] itemVectors(RatingModel model) {
        return model.all().stream()
                .filter(tensor -> tensor.name().equals("items.rows"))
                .map(tensor -> ((Tensor.Floats) tensor).pages().get(0))
                .findFirst()
                .orElseThrow();
    }

    private static List<FoldIn.Rated> ratings(int count) {
        Random random = new Random(8);
        List<FoldIn.Rated> rated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rated.add(new FoldIn.Rated(random.nextInt(ITEMS), 1 + random.nextInt(5)));
        }
        return rated;
    }

    /** The objective in plain arithmetic. */
    private static double objective(RatingModel model, List<FoldIn.Rated> ratings, float[] x, double b) {
        double sum = 0;
        float[] items = itemVectors(model);
        for (FoldIn.Rated rated : ratings) {
            double score = model.mean() + b;
            score += model.config().biases() ? model.itemBias()[rated.item()] : 0;
            double squares = 0;
            for (int k = 0; k < DIMENSION; k++) {
                score += x[k] * (double) items[DIMENSION * rated.item() + k];
                squares += x[k] * (double) x[k];
            }
            sum += Math.pow(rated.rating() - score, 2) / 2 + 0.1 * squares / 2 + 0.02 * b * b / 2;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noOtherVectorIsBetter(boolean biases) {
        RatingModel model = random(biases);
        for (int count : new int[] {1, 2, 30}) {
            List<FoldIn.Rated> ratings = ratings(count);
            FoldedUser user = new FoldIn(model, UserSpace.whole(DIMENSION), 0.1, 0.02, WORKERS).fold(ratings);
            double least = objective(model, ratings, user.vector(), user.bias());
            for (int k = 0; k <= DIMENSION; k++) {
                for (float move : new float[] {-0.01f, 0.01f}) {
                    float[] other = user.vector().clone();
                    double bias = user.bias();
                    if (k < DIMENSION) {
                        other[k] += move;
                    } else if (biases) {
                        bias += move;
                    } else {
                        continue;
                    }
                    assertThat(objective(model, ratings, other, bias)).isGreaterThan(least);
                }
            }
        }
    }

    @Test
    void coordinatesOfAnchorsAreNotNegative() {
        RatingModel model = random(true);
        float[][] anchors = {{1, 0.5f, 0}, {0, 1, 1}, {-1, 0, 0.5f}, {0.3f, -1, 0.2f}};
        List<FoldIn.Rated> ratings = ratings(30);
        UserSpace space = new UserSpace(anchors, true);
        FoldedUser user = new FoldIn(model, space, 0.1, 0.02, WORKERS).fold(ratings);
        double found = objective(model, ratings, user.vector(), user.bias());
        // every choice of anchors that are used, each solved freely: the best one without negative coordinates
        double best = Double.POSITIVE_INFINITY;
        for (int used = 1; used < 16; used++) {
            int chosen = used;
            float[][] rows = IntStream.range(0, 4)
                    .filter(j -> (chosen >> j & 1) == 1)
                    .mapToObj(j -> anchors[j])
                    .toArray(float[][]::new);
            FoldedUser free = new FoldIn(model, new UserSpace(rows, false), 0.1, 0.02, WORKERS).fold(ratings);
            if (isMixed(rows, free.vector())) {
                best = Math.min(best, objective(model, ratings, free.vector(), free.bias()));
            }
        }
        assertThat(found).isCloseTo(best, within(1e-4));
    }

    /** Whether a vector is a sum of rows with weights of at least 0: least squares leaves nothing. */
    private static boolean isMixed(float[][] rows, float[] vector) {
        double[][] h = new double[rows.length][rows.length];
        double[] g = new double[rows.length];
        double length = 0;
        for (int k = 0; k < vector.length; k++) {
            length += vector[k] * vector[k];
        }
        for (int j = 0; j < rows.length; j++) {
            for (int k = 0; k < vector.length; k++) {
                g[j] += rows[j][k] * vector[k];
                for (int i = 0; i < rows.length; i++) {
                    h[j][i] += rows[j][k] * rows[i][k];
                }
            }
            h[j][j] += 1e-9;
        }
        double[] z = NormalEquations.solveNonNegative(h, g.clone(), rows.length);
        double residual = length;
        for (int j = 0; j < z.length; j++) {
            residual -= z[j] * g[j];
        }
        return residual < 1e-4 * Math.max(1, length);
    }

    /** Vectors that training has found for users come out of fold-in from the same ratings. */
    @Test
    void aFoldedUserIsNearATrainedOne() throws IOException {
        RatingConfig config = config(true);
        Random random = new Random(2);
        int size = 30 * 400;
        int[] users = new int[size];
        int[] items = new int[size];
        float[] values = new float[size];
        double[][] u = new double[400][2];
        double[][] v = new double[ITEMS][2];
        for (double[][] side : List.of(u, v)) {
            for (double[] vector : side) {
                vector[0] = random.nextGaussian();
                vector[1] = random.nextGaussian();
            }
        }
        for (int i = 0; i < size; i++) {
            users[i] = i / 30;
            items[i] = random.nextInt(ITEMS);
            double[] a = u[users[i]];
            double[] b = v[items[i]];
            values[i] = (float) (3 + a[0] * b[0] + a[1] * b[1]);
        }
        RatingModel model =
                new RatingModel(config.model(), Ids.numbered(new int[400]), new Items(Ids.numbered(new int[ITEMS])));
        new RatingTrainer(config.train(), WORKERS, RatingListener.SILENT, folder)
                .train(model, RatingSet.of(users, items, values), Optional.empty());
        FoldIn foldIn = new FoldIn(
                model, UserSpace.whole(3), config.train().l2(), config.train().biasL2(), WORKERS);
        double difference = 0;
        for (int user = 0; user < 20; user++) {
            List<FoldIn.Rated> rated = new ArrayList<>();
            for (int i = 30 * user; i < 30 * user + 30; i++) {
                rated.add(new FoldIn.Rated(items[i], values[i]));
            }
            FoldedUser folded = foldIn.fold(rated);
            float[] vectors = itemVectors(model);
            for (int item = 0; item < ITEMS; item++) {
                double score = model.mean() + folded.bias() + model.itemBias()[item];
                for (int k = 0; k < 3; k++) {
                    score += folded.vector()[k] * (double) vectors[3 * item + k];
                }
                difference += Math.abs(score - model.score(user, item)) / 20 / ITEMS;
            }
        }
        assertThat(difference)
                .as("mean difference of scores whose deviation is about 2")
                .isLessThan(0.05);
    }

    @Test
    void ratingsOfUnknownItemsTellNothing() {
        RatingModel model = random(true);
        FoldIn foldIn = new FoldIn(model, UserSpace.whole(DIMENSION), 0.1, 0.02, WORKERS);
        FoldedUser nobody = foldIn.fold(List.of(new FoldIn.Rated(Ids.UNKNOWN, 5)));
        assertThat(nobody.vector()).containsOnly(0);
        assertThat(nobody.bias()).isZero();
        List<FoldIn.Rated> some = new ArrayList<>(ratings(5));
        float[] without = foldIn.fold(some).vector();
        some.add(new FoldIn.Rated(Ids.UNKNOWN, 1));
        assertThat(foldIn.fold(some).vector()).containsExactly(without);
        assertThatThrownBy(() -> new FoldIn.Rated(1, Float.NaN)).hasMessage("a rating must be finite, got NaN");
    }

    @Test
    void theBestItemsComeFirst() {
        RatingModel model = random(true);
        Recommender recommender = new Recommender(model, 7, WORKERS);
        int[] without = {3, 17, 5, 0};
        List<Recommendation> found = recommender.forUser(1, without);
        List<Integer> expected = IntStream.range(0, ITEMS)
                .boxed()
                .filter(item -> Arrays.stream(without).noneMatch(left -> left == item))
                .sorted(Comparator.comparingDouble(item -> -model.score(1, item)))
                .limit(7)
                .toList();
        assertThat(found)
                .extracting(Recommendation::id)
                .containsExactlyElementsOf(
                        expected.stream().map(String::valueOf).toList());
        for (Recommendation one : found) {
            float score = model.score(1, Integer.parseInt(one.id()));
            assertThat(one.score()).isCloseTo(score, within(1e-5f));
            assertThat(one.rating()).isEqualTo(Math.max(1, Math.min(5, one.score())));
        }
        assertThat(new Recommender(model, 1000, WORKERS).forUser(0, new int[0])).hasSize(ITEMS);
        Arrays.fill(itemVectors(model), 0);
        Arrays.fill(model.itemBias(), 0);
        assertThat(recommender.forUser(1, new int[] {1}))
                .as("equal scores in the order of the numbers")
                .extracting(Recommendation::id)
                .containsExactly("0", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void equationsWithoutASolutionAreTold() {
        assertThatThrownBy(() -> NormalEquations.solve(new double[2][2], new double[2]))
                .hasMessageContaining("no single solution");
    }
}
