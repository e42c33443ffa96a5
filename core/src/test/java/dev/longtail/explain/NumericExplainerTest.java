package dev.longtail.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.InputException;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.RawExample;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbered features, and numbers that are known by hand. */
class NumericExplainerTest {

    private static final int FEATURES = 4;

    private static RawExample example(float... values) {
        RawExample example = new RawExample();
        example.declaredFeatures = FEATURES;
        example.featureCount = values.length;
        for (int i = 0; i < values.length; i++) {
            example.features[i] = i;
            example.values[i] = values[i];
        }
        return example;
    }

    private static LabelModel model(String... settings) {
        LabelModel model = new LabelModel(
                TextModels.config(settings).model(),
                new NumericFeatureSpace(FEATURES, false),
                LabelSet.numbered(new int[] {1, 1, 1}),
                10);
        model.initialise(Optional.empty(), 1);
        return model;
    }

    private static void fill(LabelModel model, String tensor, float... values) {
        for (Tensor each : model.tensors()) {
            if (each.name().equals(tensor)) {
                int next = 0;
                for (float[] page : ((Tensor.Floats) each).pages()) {
                    int count = Math.min(page.length, values.length - next);
                    System.arraycopy(values, next, page, 0, count);
                    next += count;
                }
                assertThat(next).isEqualTo(values.length);
                return;
            }
        }
        throw new AssertionError(tensor + " is not among the tensors");
    }

    /** Two hidden units, one of them shut: score = 0.5 + 3 relu(2 x0 - x1 + 1) + 4 relu(-x0 - 1). */
    @Test
    void aShutUnitPassesNothingOn() {
        LabelModel model = model(
                "dimension=2",
                "intermediate=2",
                "body.normalisation=none",
                "model.output.kind=dense",
                "output.order=numbers");
        fill(model, "table.rows", 1, 0, 0, 1, 0, 0, 0, 0);
        fill(model, "body.intermediate.weights", 2, -1, -1, 0);
        fill(model, "body.intermediate.bias", 1, -1);
        fill(model, "output.weights", 3, 4);
        fill(model, "output.bias", 0.5f);
        try (Workers workers = new Workers(1)) {
            Explanation explanation = new Explainer(model, 3, 0, workers)
                    .explain(example(2, 1), List.of(0))
                    .get(0);
            assertThat(explanation.score()).isEqualTo(12.5);
            assertThat(explanation.words()).extracting(WordPart::word).containsExactly("0", "1");
            assertThat(explanation.words()).extracting(WordPart::value).containsExactly(12.0, -3.0);
            assertThat(explanation.words()).extracting(WordPart::weight).containsExactly(2.0, 1.0);
            assertThat(explanation.words()).allMatch(word -> word.places().isEmpty());
            assertThat(explanation.fixed())
                    .containsExactly(
                            new FixedPart("bias of the output layer", 0.5),
                            new FixedPart("biases of the intermediate layer", 3));
        }
    }

    /** A number added to all values of a word's vector is taken away by the normalisation, so it says nothing. */
    @Test
    void whatTheNormalisationTakesAwayHasNoPart() {
        String[] settings = {"dimension=2", "intermediate=2", "activation=linear", "model.output.kind=dense"};
        LabelModel plain = model(settings);
        LabelModel moved = model(settings);
        fill(plain, "table.rows", 1, 0, 0, 1, 0, 0, 0, 0);
        fill(moved, "table.rows", 6, 5, 3, 4, 7, 7, 0, 0);
        try (Workers workers = new Workers(1)) {
            for (LabelModel model : List.of(plain, moved)) {
                fill(model, "output.weights", 3, 4, -1, 2, 5, 5);
            }
            RawExample example = example(2, 1, 1);
            List<Explanation> first = new Explainer(plain, 3, 0, workers).explain(example);
            List<Explanation> second = new Explainer(moved, 3, 0, workers).explain(example);
            for (int i = 0; i < 3; i++) {
                for (WordPart word : first.get(i).words()) {
                    WordPart same = second.get(i).words().stream()
                            .filter(other -> other.feature() == word.feature())
                            .findFirst()
                            .orElseThrow();
                    assertThat(same.value()).isCloseTo(word.value(), within(1e-5));
                }
            }
        }
    }

    @Test
    void randomNumbersAddUp() {
        LabelModel model = model("dimension=8", "intermediate=12", "model.output.kind=dense");
        SplittableRandom random = new SplittableRandom(5);
        for (Tensor tensor : model.tensors()) {
            for (float[] page : ((Tensor.Floats) tensor).pages()) {
                for (int i = 0; i < page.length; i++) {
                    page[i] = (float) (2 * random.nextDouble() - 1);
                }
            }
        }
        try (Workers workers = new Workers(1)) {
            Explainer explainer = new Explainer(model, 3, 2, workers);
            for (int i = 0; i < 50; i++) {
                float a = (float) random.nextDouble();
                float b = (float) -random.nextDouble();
                for (Explanation explanation : explainer.explain(example(a, b, 0.3f))) {
                    assertThat(explanation.sum())
                            .isCloseTo(explanation.score(), within(2e-6 * explanation.magnitude()));
                }
            }
        }
    }

    @Test
    void examplesOfTheOtherKindAreRefused() {
        LabelModel model = model();
        try (Workers workers = new Workers(1)) {
            Explainer explainer = new Explainer(model, 3, 2, workers);
            assertThatThrownBy(() -> explainer.explain("a text"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("the model was trained on numbered features");
            assertThat(explainer.explain(example())).isEmpty();
        }
    }
}
