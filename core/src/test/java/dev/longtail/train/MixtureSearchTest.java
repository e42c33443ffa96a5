package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.matrix.Tensor;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureSearchTest {

    private static final int LABELS = 80;
    private static final int FEATURES = 200;
    private static final Examples HELD_OUT = examples(400, 2);

    @TempDir
    Path folder;

    private LabelModel model;

    /** Up to four labels an example, frequent ones more often; each of them is said by one of three features or not. */
    private static Examples examples(int size, long seed) {
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void read(int example, Example into) {
                SplittableRandom random = new SplittableRandom(seed * 1_000_003 + example);
                into.labels = IntStream.range(0, random.nextInt(1, 5))
                        .map(i -> (int) (LABELS * random.nextDouble() * random.nextDouble()))
                        .distinct()
                        .sorted()
                        .toArray();
                into.labelCount = into.labels.length;
                IntStream said = Arrays.stream(into.labels)
                        .filter(label -> random.nextInt(5) > 0)
                        .map(label -> (label * 7 + 31 * random.nextInt(3)) % FEATURES);
                into.features = IntStream.concat(said, random.ints(3, 0, FEATURES))
                        .distinct()
                        .sorted()
                        .toArray();
                into.featureCount = into.features.length;
                into.weights = new float[into.featureCount];
                Arrays.fill(into.weights, (float) (1 / Math.sqrt(into.featureCount)));
            }
        };
    }

    @BeforeEach
    void train() throws IOException {
        LabelConfig config = Settings.override(
                LabelConfig.embedding(12, 6),
                Map.of("maxEpochs", "3", "association.slots", "40", "direct.candidates", "25", "negatives", "10"));
        Examples train = examples(1200, 1);
        int[] frequencies = new int[LABELS];
        Arrays.fill(frequencies, 30);
        model = new LabelModel(
                config.model(), new NumericFeatureSpace(FEATURES, false), LabelSet.numbered(frequencies), train.size());
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, train, Optional.empty());
        }
    }

    private Mixture search(Mixture start, int threads) {
        try (Workers workers = new Workers(threads)) {
            return new MixtureSearch(model, workers).best(HELD_OUT, start);
        }
    }

    /** nDCG@5 by the code that evaluates models. */
    private double quality(Mixture mixture) {
        model.mixture(mixture);
        try (Workers workers = new Workers(2)) {
            return new Evaluation(model, 64, workers, 1, 5)
                    .rank(HELD_OUT, Propensity.DEFAULT)
                    .metrics()
                    .at(5)
                    .ndcg();
        }
    }

    private void assertNoWorseThanEachArm(Mixture found) {
        // weights are rounded when they are made to add up to 1
        double quality = quality(found) + 1e-6;
        assertThat(quality).isGreaterThanOrEqualTo(quality(new Mixture(1, 0, 0)));
        assertThat(quality).isGreaterThanOrEqualTo(quality(new Mixture(0, 1, 0)));
        assertThat(quality).isGreaterThanOrEqualTo(quality(new Mixture(0, 0, 1)));
    }

    @ParameterizedTest
    @CsvSource({"0.6, 0.2, 0.2", "0.01, 0.01, 0.98", "0.98, 0.01, 0.01", "0.01, 0.98, 0.01"})
    void theMixtureIsNoWorseThanTheStartAndEachArm(float association, float embedding, float direct) {
        Mixture start = new Mixture(association, embedding, direct);
        Mixture found = search(start, 2);

        assertThat(found.association() + found.embedding() + found.direct()).isCloseTo(1, within(1e-5f));
        assertThat(quality(found) + 1e-6).isGreaterThanOrEqualTo(quality(start));
        assertNoWorseThanEachArm(found);
        assertThat(quality(found)).isGreaterThan(quality(new Mixture(1, 0, 0)) + 0.005);
    }

    @Test
    void itDoesNotDependOnThreads() {
        Mixture start = new Mixture(0.6f, 0.2f, 0.2f);
        assertThat(search(start, 3)).isEqualTo(search(start, 1));
    }

    @Test
    void anArmOfWeightZeroIsLeftOut() {
        Mixture found = search(new Mixture(0.5f, 0, 0.5f), 2);
        assertThat(found.embedding()).isZero();
        assertThat(quality(found)).isGreaterThan(quality(new Mixture(1, 0, 0)) + 0.005);
        assertThat(search(new Mixture(0, 0.5f, 0.5f), 2).association()).isZero();
    }

    /** A direct arm that says nothing, the louder the further the weights of the others have to go. */
    @ParameterizedTest
    @ValueSource(floats = {0.01f, 1, 30, 1000, 1e4f})
    void noiseIsTurnedDown(float loudness) {
        SplittableRandom random = new SplittableRandom(8);
        for (Tensor tensor : model.direct().orElseThrow().tensors()) {
            if (tensor instanceof Tensor.Floats floats) { // live arrays
                float[] numbers = floats.pages().get(0);
                boolean bias = floats.name().equals("direct.bias");
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = bias ? loudness * (float) random.nextDouble() : 0;
                }
            }
        }
        assertNoWorseThanEachArm(search(new Mixture(0.6f, 0.2f, 0.2f), 2));
    }
}
