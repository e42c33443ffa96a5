package dev.longtail.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.FruitModels;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.text.Vocabulary;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelShrinkerTest {

    @TempDir
    Path folder;

    private static LabelConfig config(String... settings) {
        return FruitModels.config(
                Map.of(
                        "dimension", "12",
                        "fanIn", "6",
                        "rank", "3",
                        "maxEpochs", "2"),
                settings);
    }

    private LabelModel train(LabelConfig config) throws IOException {
        return FruitModels.train(
                config,
                folder,
                "apple pear\t<fruit> <colour>\napple sky\t<colour>\napple apple\t<fruit>\nsky sea\t<nature>\n",
                1);
    }

    private static Vocabulary vocabulary(LabelModel model) {
        return ((TextFeatureSpace) model.features()).features().vocabulary();
    }

    private static List<String> terms(LabelModel model) {
        return IntStream.range(0, vocabulary(model).size())
                .mapToObj(vocabulary(model)::term)
                .toList();
    }

    private static Object page(LabelModel model, String name) {
        return model.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .map(tensor -> TensorPages.of(tensor).get(0))
                .findFirst()
                .orElseThrow();
    }

    private static List<Suggestion> suggest(LabelModel model, String text) {
        try (Workers workers = new Workers(1)) {
            return new Predictor(model, 3, workers).suggest(text);
        }
    }

    /** Four documents; df: apple 3, sky 2, pear and sea 1. idf = ln(5 / (1 + df)) + 1: 1.22, 1.51, 1.92, 1.92. */
    @Test
    void termsThatMoveBagsMostAreKept() throws IOException {
        LabelConfig config = config();
        LabelModel model = train(config);
        assertThat(terms(model)).containsExactly("apple", "sky", "pear", "sea");
        float[] rows = (float[]) page(model, "table.rows");
        Arrays.fill(rows, 0);
        // |e|^4 = 1, 0.0625, 81, 1 times df idf^4 = 6.71, 10.4, 13.5, 13.5: 6.71, 0.65, 1092, 13.5
        rows[0] = 1;
        rows[12] = 0.5f;
        rows[24] = 3;
        rows[36] = 1;
        assertThat(terms(shrunk(model, config, 3))).containsExactly("apple", "pear", "sea");
        assertThat(terms(shrunk(model, config, 2))).containsExactly("pear", "sea");
        assertThat(terms(shrunk(model, config, 1))).containsExactly("pear");
        rows[36] = 0.8f; // 13.5 * 0.41 = 5.5
        assertThat(terms(shrunk(model, config, 2))).containsExactly("apple", "pear");
    }

    private static LabelModel shrunk(LabelModel model, LabelConfig config, int terms) {
        return new ModelShrinker(model, config)
                .shrink(new ShrinkConfig(32, terms, ShrinkConfig.ALL))
                .model();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.embedding=true", "model.embedding=false"})
    void otherArmsKeepTheWeightsOfTheTermsThatStay(String embedding) throws IOException {
        LabelConfig config = config(embedding, "association.slots=9", "direct.candidates=3");
        LabelModel model = train(config);
        LabelModel smaller = shrunk(model, config, 2);

        assertThat(smaller.mixture()).isEqualTo(model.mixture());
        assertThat(terms(smaller)).hasSize(2);
        for (int label = 0; label < 3; label++) {
            for (int term = 0; term < 2; term++) {
                int before = terms(model).indexOf(terms(smaller).get(term));
                assertThat(smaller.association().orElseThrow().weight(label, term))
                        .isEqualTo(model.association().orElseThrow().weight(label, before));
                assertThat(smaller.direct().orElseThrow().weight(label, term))
                        .isEqualTo(model.direct().orElseThrow().weight(label, before));
            }
        }
        assertThat(smaller.association().orElseThrow().size()).isPositive();
        assertThat(suggest(smaller, String.join(" ", terms(smaller)))).isNotEmpty();
    }

    @Test
    void leftOutTermsAreUnknownWords() throws IOException {
        LabelConfig config = config();
        LabelModel model = train(config);
        float[] rows = (float[]) page(model, "table.rows");
        for (int i = 12; i < 24; i++) {
            rows[i] = 1e-6f; // sky goes
        }
        LabelModel smaller = shrunk(model, config, 3);
        assertThat(terms(smaller)).containsExactly("apple", "pear", "sea");
        assertThat(vocabulary(smaller).documents()).isEqualTo(4);
        assertThat(vocabulary(smaller).documentFrequency(1)).isEqualTo(1);
        assertThat(((float[]) page(smaller, "table.rows")).length).isEqualTo(36);
        assertThat(suggest(smaller, "sky")).isEmpty();
        assertThat(suggest(smaller, "sea sky")).isEqualTo(suggest(model, "sea"));
        assertThat(suggest(smaller, "pear and apple")).isEqualTo(suggest(model, "pear and apple"));
    }

    @Test
    void bucketsOfCharacterNgramsStayWhereTheirHashIs() throws IOException {
        LabelConfig config = config("characterNgramMin=2", "characterNgramMax=3", "characterBuckets=32");
        LabelModel model = train(config);
        LabelModel smaller = shrunk(model, config, 1);
        assertThat(smaller.features().size()).isEqualTo(33);
        float[] before = (float[]) page(model, "table.rows");
        float[] after = (float[]) page(smaller, "table.rows");
        assertThat(Arrays.copyOfRange(after, 12, 33 * 12)).isEqualTo(Arrays.copyOfRange(before, 4 * 12, 36 * 12));
        assertThat(suggest(smaller, "seaside")).isEqualTo(suggest(model, "seaside"));
    }

    @Test
    void whatAModelLacksCannotBeLeftOut() throws IOException {
        LabelConfig hashed = config("table.kind=hashed");
        LabelModel shared = train(hashed);
        assertThatThrownBy(() -> shrunk(shared, hashed, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hashed");
        LabelConfig dense = config("model.output.kind=dense");
        LabelModel full = train(dense);
        assertThatThrownBy(() -> new ModelShrinker(full, dense).shrink(new ShrinkConfig(8, ShrinkConfig.ALL, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fixed fan-in");
        assertThatThrownBy(() -> shrunk(full, dense, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most the 4 terms");
        LabelConfig arms = config("model.embedding=false", "association.slots=9", "direct.candidates=3");
        LabelModel counted = train(arms);
        assertThatThrownBy(() -> new ModelShrinker(counted, arms).shrink(new ShrinkConfig(8, ShrinkConfig.ALL, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no embedding arm (model.embedding is false), so there is no fan-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"output.weights=float32", "output.weights=bfloat16", "storedBits=8", "density=0.5"})
    void aSmallerFanInIsASettingOfTheSmallerModel(String setting) throws IOException {
        LabelConfig config = config(setting);
        LabelModel model = train(config);
        ModelShrinker.Shrunk shrunk =
                new ModelShrinker(model, config).shrink(new ShrinkConfig(32, ShrinkConfig.ALL, 2));
        assertThat(shrunk.model().config().output().fanIn()).isEqualTo(2);
        assertThat(shrunk.config().model().output().fanIn()).isEqualTo(2);
        assertThat(shrunk.config().model().sparsity().isGiven()).isFalse();
        assertThat(shrunk.config().model().storedBits())
                .isEqualTo(config.model().storedBits());
        assertThat(((char[]) page(shrunk.model(), "output.indices"))).hasSize(3 * 2);
        for (Tensor tensor : shrunk.model().tensors()) {
            TensorPages.checkedBytes(tensor);
        }
        shrunk.model().check();
        assertThat(suggest(shrunk.model(), "apple")).hasSize(3);
        assertThat(page(model, "output.indices")).isNotSameAs(page(shrunk.model(), "output.indices"));
    }

    @Test
    void bitsLeaveEverythingElse() throws IOException {
        LabelConfig config = config();
        LabelModel model = train(config);
        float[] before = ((float[]) page(model, "table.rows")).clone();
        ModelShrinker.Shrunk shrunk = new ModelShrinker(model, config).shrink(ShrinkConfig.BYTES);
        assertThat(page(shrunk.model(), "table.rows")).isInstanceOf(byte[].class);
        assertThat(shrunk.config()).isEqualTo(config("storedBits=8"));
        assertThat((float[]) page(model, "table.rows")).isEqualTo(before);
        assertThat(shrunk.model().features()).isSameAs(model.features());
    }
}
