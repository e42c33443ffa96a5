package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingModelConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingTrainerTest {

    private static final int USERS = 120;
    private static final int ITEMS = 90;

    @TempDir
    Path folder;

    private static RatingConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "model.users.dimension", "3",
                "model.items.dimension", "3",
                "batch", "50",
                "maxEpochs", "3"));
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    private static RatingModel model(RatingModelConfig config, int users, int items) {
        return new RatingModel(config, Ids.numbered(new int[users]), new Items(Ids.numbered(new int[items])));
    }

    /** Ratings of a rank-2 model with biases and little noise. */
    private static RatingSet planted(int size, long seed) {
        Random truth = new Random(9);
        double[][] u = new double[USERS][3];
        double[][] v = new double[ITEMS][3];
        for (double[][] side : List.of(u, v)) {
            for (double[] vector : side) {
                for (int k = 0; k < 3; k++) {
                    vector[k] = truth.nextGaussian();
                }
            }
        }
        Random random = new Random(seed);
        int[] users = random.ints(size, 0, USERS).toArray();
        int[] items = random.ints(size, 0, ITEMS).toArray();
        float[] ratings = new float[size];
        for (int i = 0; i < size; i++) {
            double[] a = u[users[i]];
            double[] b = v[items[i]];
            ratings[i] =
                    (float) (3 + 0.5 * a[2] + 0.5 * b[2] + a[0] * b[0] + a[1] * b[1] + 0.1 * random.nextGaussian());
        }
        return RatingSet.of(users, items, ratings);
    }

    private List<RatingEpochReport> train(
            RatingModel model, RatingConfig config, int threads, RatingSet train, Optional<RatingSet> validation)
            throws IOException {
        try (Workers workers = new Workers(threads)) {
            return new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, train, validation);
        }
    }

    private static List<String> bits(RatingModel model) {
        List<String> bits = new ArrayList<>();
        for (Tensor tensor : model.all()) {
            for (float[] page : ((Tensor.Floats) tensor).pages()) {
                for (float value : page) {
                    bits.add(tensor.name() + Float.floatToRawIntBits(value));
                }
            }
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adagrad", "yogi", "factored-adamw"})
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads(String kind) throws IOException {
        RatingConfig config = config("optimizer.kind=" + kind, "model.items.kind=hashed", "model.items.buckets=40");
        RatingSet train = planted(2000, 1);
        List<List<String>> all = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3}) {
            RatingModel model = model(config.model(), USERS, ITEMS);
            losses.add(train(model, config, threads, train, Optional.of(planted(300, 2)))
                    .get(2)
                    .loss());
            all.add(bits(model));
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(losses).containsOnly(losses.get(0));
        RatingModel other = model(config.model(), USERS, ITEMS);
        RatingConfig seeded = Settings.override(config, Map.of("seed", "2"));
        train(other, seeded, 1, train, Optional.of(planted(300, 2)));
        assertThat(bits(other)).isNotEqualTo(all.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adagrad", "adamw", "yogi"})
    void plantedVectorsAreFoundWithEveryRule(String kind) throws IOException {
        String rate = kind.equals("sgd") ? "0.05" : kind.equals("adagrad") ? "0.1" : "0.02";
        RatingConfig config = config(
                "optimizer.kind=" + kind,
                "optimizer.learningRate=" + rate,
                "maxEpochs=40",
                "patience=40",
                "l2=0.01",
                "model.users.initialScale=0.3",
                "model.items.initialScale=0.3",
                "schedule.curve=linear");
        RatingModel model = model(config.model(), USERS, ITEMS);
        RatingSet validation = planted(1000, 2);
        List<RatingEpochReport> reports = train(model, config, 2, planted(6000, 1), Optional.of(validation));
        double best =
                RatingEpochReport.bestOf(reports).validation().orElseThrow().mse();
        // the variance of a rating is 2.5, that of the noise 0.01
        assertThat(best).isLessThan(0.06);
        try (Workers workers = new Workers(1)) {
            assertThat(new RatingEvaluation(model, workers).measure(validation).mse())
                    .as("the best parameters are put back")
                    .isEqualTo(best);
        }
        double mean = 0;
        for (int i = 0; i < validation.size(); i++) {
            double error = model.rating(model.score(validation.user(i), validation.item(i))) - validation.rating(i);
            mean += error * error / validation.size();
        }
        assertThat(mean).as("scores of single pairs").isCloseTo(best, within(1e-6));
    }

    /** One step of plain gradient descent against the derivative of the objective by differences. */
    @ParameterizedTest
    @ValueSource(strings = {"sum", "mean"})
    void aStepFollowsTheGradientOfTheObjective(String normalisation) throws IOException {
        RatingConfig config = config(
                "optimizer.kind=sgd",
                "optimizer.learningRate=0.001",
                "normalisation=" + normalisation,
                "batch=100",
                "maxEpochs=1",
                "l2=0.3",
                "model.biases=false");
        RatingSet train = planted(80, 1);
        RatingModel before = model(config.model(), USERS, ITEMS);
        before.initialise(train, config.train().seed());
        RatingModel after = model(config.model(), USERS, ITEMS);
        train(after, config, 1, train, Optional.empty());
        for (int tensor = 1; tensor < 3; tensor++) {
            float[] start = page(before, tensor);
            float[] end = page(after, tensor);
            for (int i = 0; i < start.length; i += 7) {
                float kept = start[i];
                start[i] = kept + 1e-2f;
                double above = objective(before, train, 0.3);
                start[i] = kept - 1e-2f;
                double below = objective(before, train, 0.3);
                start[i] = kept;
                double gradient = (above - below) / 2e-2 / (normalisation.equals("mean") ? 80 : 1);
                assertThat((double) (kept - end[i])).isCloseTo(0.001 * gradient, within(2e-6));
            }
        }
    }

    private static float[] page(RatingModel model, int tensor) {
        return ((Tensor.Floats) model.all().get(tensor)).pages().get(0);
    }

    /** In double precision, from the arrays alone. */
    private static double objective(RatingModel model, RatingSet train, double l2) {
        double sum = 0;
        float[] users = page(model, 1);
        float[] items = page(model, 2);
        for (int i = 0; i < train.size(); i++) {
            double score = model.mean();
            double squares = 0;
            for (int k = 0; k < 3; k++) {
                double u = users[3 * train.user(i) + k];
                double v = items[3 * train.item(i) + k];
                score += u * v;
                squares += u * u + v * v;
            }
            sum += 0.5 * Math.pow(score - train.rating(i), 2) + 0.5 * l2 * squares;
        }
        return sum;
    }

    /** AdaGrad of the biases by hand: two ratings of one user and two items, one step. */
    @Test
    void biasesTakeAdaGradSteps() throws IOException {
        RatingConfig config = config("biasRate=0.1", "biasL2=0", "batch=2", "maxEpochs=1", "l2=0");
        RatingModelConfig flat = Settings.override(
                config.model(), Map.of("users.initialScale", "0", "items.initialScale", "0", "clip", "false"));
        RatingModel model = model(flat, 1, 2);
        RatingSet train = RatingSet.of(new int[] {0, 0}, new int[] {0, 1}, new float[] {5, 2});
        List<RatingEpochReport> reports = train(model, config, 1, train, Optional.empty());
        // mean 3.5, errors -1.5 and 1.5: the user's gradients cancel, those of the items make steps of the rate
        assertThat(reports.get(0).loss()).isCloseTo(1.125, within(1e-6));
        assertThat(model.userBias()[0]).isZero();
        assertThat(model.itemBias()).containsExactly(new float[] {0.1f, -0.1f}, within(1e-6f));
        assertThat(model.score(0, 1)).isCloseTo(3.4f, within(1e-6f));
        assertThat(model.score(Ids.UNKNOWN, 1)).isCloseTo(3.4f, within(1e-6f));
        assertThat(model.score(0, Ids.UNKNOWN)).isEqualTo(3.5f);
    }

    @Test
    void unknownUsersAndItemsScoreByWhatIsKnown() throws IOException {
        RatingConfig config = config("maxEpochs=5", "model.clip=true");
        RatingModel model = model(config.model(), USERS, ITEMS);
        train(model, config, 1, planted(3000, 1), Optional.empty());
        assertThat(model.score(Ids.UNKNOWN, Ids.UNKNOWN)).isEqualTo(model.mean());
        assertThat(model.score(4, Ids.UNKNOWN)).isEqualTo(model.mean() + model.userBias()[4]);
        assertThat(model.score(Ids.UNKNOWN, 5)).isEqualTo(model.mean() + model.itemBias()[5]);
        assertThat(model.rating(99)).isEqualTo(model.highest());
        assertThat(model.rating(-99)).isEqualTo(model.lowest());
        assertThat(model.tableParameters()).isEqualTo(3 * (USERS + ITEMS));
        assertThat(model.parameters()).isEqualTo(4 * (USERS + ITEMS));
    }

    @Test
    void trainingStopsWhenTheValidationErrorRises() throws IOException {
        RatingConfig config = config("maxEpochs=60", "patience=2", "l2=0", "optimizer.learningRate=0.05");
        RatingModel model = model(config.model(), USERS, ITEMS);
        List<RatingEpochReport> reports = train(model, config, 1, planted(900, 1), Optional.of(planted(300, 2)));
        int best = RatingEpochReport.bestOf(reports).epoch();
        assertThat(reports).hasSize(best + 2).hasSizeLessThan(60);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theModelMayBeChangedBetweenEpochs() throws IOException {
        RatingConfig config = config("maxEpochs=4");
        List<Integer> epochs = new ArrayList<>();
        RatingModel model = model(config.model(), USERS, ITEMS);
        try (Workers workers = new Workers(1)) {
            new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .adapting((report, changed) -> {
                        epochs.add(report.epoch());
                        changed.userBias()[0] = 42;
                    })
                    .train(model, RatingSet.of(new int[] {1}, new int[] {1}, new float[] {3}), Optional.empty());
        }
        assertThat(epochs).containsExactly(1, 2, 3, 4);
        assertThat(model.userBias()[0]).isEqualTo(42);
    }

    @Test
    void divergenceInterruptionAndStrangersAreTold() {
        RatingConfig wild = config("optimizer.kind=sgd", "optimizer.learningRate=1000", "maxEpochs=9");
        assertThatThrownBy(() -> train(model(wild.model(), USERS, ITEMS), wild, 1, planted(2000, 1), Optional.empty()))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("lower the learning rates, now 1000.0 of the tables and 0.1 of the biases");
        RatingConfig config = config();
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> train(model(config.model(), USERS, ITEMS), config, 2, planted(99, 1), Optional.empty()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        RatingSet strange = RatingSet.of(new int[] {0, 7}, new int[] {0, Ids.UNKNOWN}, new float[2]);
        assertThatThrownBy(() -> train(model(config.model(), USERS, ITEMS), config, 1, strange, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user and item of a training rating must be known to the model, got 1");
        assertThatThrownBy(() -> config("model.users.dimension=4"))
                .hasMessage("items.dimension must be that of the users, 4, got 3");
    }
}
