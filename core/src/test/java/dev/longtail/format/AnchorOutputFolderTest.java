package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.output.AnchorLayer;
import dev.longtail.output.AnchorLayerConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Models whose labels are mixes of anchors, in folders. */
class AnchorOutputFolderTest {

    private static final Provenance PROVENANCE =
            new Provenance("test", "scalar", List.of(), 2, 1, Map.of("P@1", 0.5), List.of());

    @TempDir
    Path folder;

    private static LabelConfig config(String... settings) {
        return FruitModels.config(
                Map.of(
                        "dimension", "16",
                        "model.output.kind", "anchors",
                        "output.anchorLayer.count", "12",
                        "output.anchorLayer.mostLinks", "5",
                        "maxEpochs", "6"),
                settings);
    }

    private LabelModel train(LabelConfig config) throws IOException {
        return FruitModels.train(config, folder, FruitModels.EXAMPLES, 2);
    }

    private Path write(LabelModel model, LabelConfig config) throws IOException {
        Path path = folder.resolve("model");
        LabelModelFolder.write(path, model, config, PROVENANCE, true);
        return path;
    }

    private static List<Suggestion> suggest(LabelModel model, String text) {
        try (Workers workers = new Workers(1)) {
            return new Predictor(model, 3, workers).suggest(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storedBits=32",
                "storedBits=8",
                "intermediate=20",
                "output.anchorLayer.mostLinks=0",
                "table.kind=anchors",
                "output.anchorLayer.count=300"
            })
    void aModelReadBackGivesTheSameAnswers(String setting) throws IOException {
        LabelConfig config = config(setting);
        LabelModel model = train(config);
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(model, config));
        assertThat(stored.config()).isEqualTo(config);
        for (String text : List.of("apples", "the blue sea", "", "red apples and sky")) {
            assertThat(suggest(stored.model(), text)).isEqualTo(suggest(model, text));
        }
        assertThat(((AnchorLayer) stored.model().output()).table().transform().nnz())
                .isPositive()
                .isEqualTo(((AnchorLayer) model.output()).table().transform().nnz());
        AnchorFacts facts = AnchorFacts.read(folder.resolve("model"));
        assertThat(facts.tables()).extracting(AnchorFacts.Table::name).containsExactly("table", "output");
        assertThat(facts.tables().get(1).anchors())
                .isEqualTo(config.model().output().anchorLayer().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"storedBits=32", "storedBits=8"})
    void everyFlippedBitIsRefused(String setting) throws IOException {
        LabelConfig config = config(setting, "dimension=4", "output.anchorLayer.count=3");
        Path model = write(train(config), config);
        Path file = model.resolve(LabelModelFolder.TENSORS);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = Math.max(0, bytes.length - 400); at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> LabelModelFolder.read(model))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("SHA-256");
        }
    }

    /** Numbers and settings that do not fit each other, in a folder whose checksums are right. */
    @ParameterizedTest
    @CsvSource({
        "output.anchorLayer.count, 13, 'anchors of the output layer must be those of its settings, 13'",
        "dimension, 17, table.rows",
        "intermediate, 9, body.intermediate",
        "model.output.kind, dense, output.weights",
        "table.kind, anchors, table.anchors is missing"
    })
    void settingsThatDoNotFitAreRefused(String setting, String value, String named) throws IOException {
        LabelConfig config = config();
        LabelModel model = train(config);
        Path path = write(model, Settings.override(config, Map.of(setting, value)));
        assertThatThrownBy(() -> LabelModelFolder.read(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aLayerOfAnotherKindIsNoAnchorLayer() throws IOException {
        LabelConfig config = config("model.output.kind=dense");
        LabelModel model = train(config);
        Path path = write(model, Settings.override(config, Map.of("model.output.kind", "anchors")));
        assertThatThrownBy(() -> LabelModelFolder.read(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("output.anchors is missing");
    }

    @Test
    void anAnchorThatIsNoNumberIsRefused() throws IOException {
        LabelConfig config = config();
        LabelModel model = train(config);
        float[] infinite = new float[16];
        infinite[5] = Float.POSITIVE_INFINITY;
        ((AnchorLayer) model.output()).table().setAnchor(2, infinite);
        Path path = write(model, config);
        assertThatThrownBy(() -> LabelModelFolder.read(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("every number of output.anchors must be finite");
    }

    /** A release before these settings wrote none of them. */
    @Test
    void olderSettingsAreCompleted() {
        LabelConfig config = LabelConfig.embedding(128, 32);
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        ObjectNode settings = Settings.toJson(config);
        ((ObjectNode) settings.path("model").path("output")).remove("anchorLayer");
        manifest.set("settings", settings);
        LabelConfig completed = Settings.fromJson(LabelConfig.class, OlderSettings.completed(manifest));
        assertThat(completed).isEqualTo(config);
        assertThat(completed.model().output().anchorLayer()).isEqualTo(AnchorLayerConfig.DEFAULT);
        assertThat(List.of(settings.path("model").path("output").has("anchorLayer")))
                .containsExactly(false);
    }

    @Test
    void tensorsHaveTheNamesOfTheFormat() throws IOException {
        LabelModel model = train(config());
        assertThat(model.tensors())
                .extracting(Tensor::name)
                .contains("output.bias", "output.anchors", "output.lengths", "output.columns", "output.values")
                .doesNotContain("output.weights");
    }
}
