package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table and body: sparse intermediate layers, parts that keep their values, encoders of other models. */
class EncoderTest {

    private static final int LABELS = 300;

    @TempDir
    Path folder;

    private static LabelConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "dimension", "24",
                "fanIn", "8",
                "maxEpochs", "3",
                "patience", "3",
                "interval", "5",
                "train.seed", "3"));
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(LabelConfig.embedding(128, 32), values);
    }

    private LabelModel train(LabelConfig config, int threads, Optional<LabelModel> encoder) throws IOException {
        LabelModel model = Planted.model(config.model(), LABELS);
        try (Workers workers = new Workers(threads)) {
            LabelTrainer trainer =
                    new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder);
            encoder.ifPresent(trainer::startingFrom);
            trainer.train(model, Planted.examples(1200, LABELS, 1), Optional.of(Planted.examples(300, LABELS, 2)));
        }
        return model;
    }

    /** Hash of each tensor's numbers. */
    private static Map<String, Integer> bits(LabelModel model) {
        Map<String, Integer> bits = new HashMap<>();
        for (Tensor tensor : model.tensors()) {
            List<Integer> pages;
            if (tensor instanceof Tensor.Floats floats) {
                pages = floats.pages().stream().map(Arrays::hashCode).toList();
            } else if (tensor instanceof Tensor.Chars chars) {
                pages = chars.pages().stream().map(Arrays::hashCode).toList();
            } else {
                pages = ((Tensor.Ints) tensor)
                        .pages().stream().map(Arrays::hashCode).toList();
            }
            bits.put(tensor.name(), pages.hashCode());
        }
        return bits;
    }

    @ParameterizedTest
    @CsvSource({"relu, layer, false, 0", "linear, none, true, 0", "relu, layer, true, 0.55"})
    void aSparseIntermediateLayerLearnsTheSameBitsForAnyNumberOfThreads(
            String activation, String normalisation, String moves, String ablation) throws IOException {
        LabelConfig config = config(
                "intermediate=600",
                "intermediateFanIn=6",
                "activation=" + activation,
                "model.body.normalisation=" + normalisation,
                "rewireIntermediate=" + moves,
                "ablation=" + ablation,
                "train.bodyOptimizer.kind=adagrad");
        LabelModel one = train(config, 1, Optional.empty());
        LabelModel two = train(config, 2, Optional.empty());
        assertThat(bits(two)).isEqualTo(bits(one));

        LabelModel start = Planted.model(config.model(), LABELS);
        start.initialise(Optional.empty(), 3);
        boolean moved =
                !bits(one).get("body.intermediate.indices").equals(bits(start).get("body.intermediate.indices"));
        assertThat(moved).isEqualTo(moves.equals("true"));
        assertThat(bits(one).get("body.intermediate.weights"))
                .isNotEqualTo(bits(start).get("body.intermediate.weights"));
        if (!ablation.equals("0")) {
            assertThat(bits(one).get("body.intermediate.starts"))
                    .as("units were given up")
                    .isNotEqualTo(bits(start).get("body.intermediate.starts"));
        }
        try (Workers workers = new Workers(1)) {
            double precision = new Evaluation(one, 64, workers, 1)
                    .rank(Planted.examples(300, LABELS, 2), Propensity.DEFAULT)
                    .metrics()
                    .at(1)
                    .precision();
            assertThat(precision).isGreaterThan(0.5);
        }
    }

    /** 60,000 units and 64 examples are 3.8 million gradients: the six shards of 1,300 labels share four sums. */
    @Test
    void aVeryWideLayerLearnsTheSameBitsForAnyNumberOfThreads() throws IOException {
        LabelConfig config = config("intermediate=60000", "intermediateFanIn=2", "fanIn=4", "maxEpochs=1");
        Map<String, Integer> one = bits(train(config, 1, 1300));
        assertThat(bits(train(config, 2, 1300))).isEqualTo(one);
    }

    private LabelModel train(LabelConfig config, int threads, int labels) throws IOException {
        LabelModel model = Planted.model(config.model(), labels);
        try (Workers workers = new Workers(threads)) {
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, Planted.examples(192, labels, 1), Optional.empty());
        }
        return model;
    }

    @ParameterizedTest
    @CsvSource({"none, 0", "table, 1", "encoder, 4"})
    void frozenPartsKeepTheirBits(String frozen, int kept) throws IOException {
        LabelConfig config =
                config("intermediate=40", "intermediateFanIn=6", "rewireIntermediate=true", "frozen=" + frozen);
        LabelModel start = Planted.model(config.model(), LABELS);
        start.initialise(Optional.empty(), 3);
        Map<String, Integer> before = bits(start);
        Map<String, Integer> after = bits(train(config, 2, Optional.empty()));
        List<String> same = before.keySet().stream()
                .filter(name -> before.get(name).equals(after.get(name)))
                .sorted()
                .toList();
        List<String> encoder = List.of(
                "table.rows", "body.intermediate.weights", "body.intermediate.indices", "body.intermediate.bias");
        assertThat(same.stream().filter(encoder::contains))
                .containsExactlyInAnyOrderElementsOf(encoder.subList(0, kept));
        assertThat(same).doesNotContain("output.weights", "output.indices");
    }

    @Test
    void anEncoderIsTakenOverAndKept() throws IOException {
        LabelModel encoder = train(config("intermediate=40", "output.kind=dense"), 1, Optional.empty());
        LabelModel model = train(config("intermediate=40", "frozen=encoder"), 1, Optional.of(encoder));
        for (String name : List.of("table.rows", "body.intermediate.weights", "body.intermediate.bias")) {
            assertThat(bits(model).get(name)).isEqualTo(bits(encoder).get(name));
        }
        assertThat(bits(model)).containsKey("output.indices");
    }

    @Test
    void aNewIntermediateLayerStandsOnATableThatIsTakenOver() throws IOException {
        LabelModel encoder = train(config(), 1, Optional.empty());
        LabelModel model = train(config("intermediate=40", "frozen=table"), 1, Optional.of(encoder));
        assertThat(bits(model).get("table.rows")).isEqualTo(bits(encoder).get("table.rows"));
    }

    @Test
    void encodersOfOtherShapesAreRefused() throws IOException {
        LabelModel encoder = Planted.model(config("intermediate=40").model(), LABELS);
        assertThatThrownBy(() -> train(config("intermediate=40", "dimension=25"), 1, Optional.of(encoder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table.rows [950, 24]")
                .hasMessageContaining("table.rows [950, 25]");
        assertThatThrownBy(() -> train(config("intermediate=41"), 1, Optional.of(encoder)))
                .hasMessageContaining("body.intermediate.weights [40, 24]");
        assertThatThrownBy(() -> train(config(), 1, Optional.of(encoder)))
                .hasMessageContaining("give both the same table and intermediate layer");
        LabelModel others = Planted.model(config().model(), LABELS + 1);
        assertThatThrownBy(() -> train(config(), 1, Optional.of(others)))
                .hasMessageContaining("the feature space must be that of the model whose encoder is taken over");
    }

    @Test
    void aDensityIsSharedOutBeforeTheLayersAreMade() {
        LabelConfig config = config("intermediate=100", "intermediateFanIn=1", "density=0.25");
        LabelModel model = Planted.model(config.model(), LABELS);
        assertThat(model.config().body().intermediateFanIn()).isEqualTo(6);
        assertThat(model.config().output().fanIn()).isEqualTo(25);
        assertThatThrownBy(() -> config("output.kind=dense", "density=0.25"))
                .hasMessageContaining("density must be 0 when no layer is sparse");
    }
}
