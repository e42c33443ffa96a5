package dev.longtail.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.data.RawExample;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Explanations of models of all kinds add up to the scores that prediction gives. */
class ExplainerTest {

    private static final String ARMS = "association.slots=30 train.negatives=5 direct.candidates=12";
    private static final int TEXTS = 12;
    private static final int UNSEEN = 5000;

    /** Of the sum of all parts without their signs: a float holds 24 bits, and sums add up rounding. */
    private static final double TOLERANCE = 2e-6;

    @TempDir
    Path folder;

    private LabelModel model(String settings) throws IOException {
        return TextModels.train(TextModels.config(settings.split(" ")), folder);
    }

    private static RawExample text(int number) {
        return new RawExample().setText(TextModels.text(UNSEEN + number));
    }

    private static void requireSum(Explanation explanation) {
        double sum = 0;
        double magnitude = 0;
        for (WordPart word : explanation.words()) {
            sum += word.association() + word.embedding() + word.direct();
            magnitude += Math.abs(word.value());
        }
        for (FixedPart part : explanation.fixed()) {
            sum += part.value();
            magnitude += Math.abs(part.value());
        }
        assertThat(sum).isCloseTo(explanation.score(), within(TOLERANCE * magnitude));
        assertThat(explanation.sum()).isCloseTo(sum, within(1e-12));
        assertThat(explanation.magnitude()).isCloseTo(magnitude, within(1e-12));
        for (WordPart word : explanation.words()) {
            for (AnchorPart.End end : AnchorPart.End.values()) {
                List<AnchorPart> parts = word.anchors().stream()
                        .filter(part -> part.end() == end)
                        .toList();
                if (!parts.isEmpty()) {
                    assertThat(parts.stream().mapToDouble(AnchorPart::value).sum())
                            .isCloseTo(word.embedding(), within(TOLERANCE * magnitude));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "loss=logistic",
                "model.output.kind=dense",
                "model.output.kind=bottleneck rank=6",
                "model.output.kind=anchors anchorLayer.count=20 anchorLayer.mostLinks=6",
                "output.weights=bfloat16",
                "output.group=16 output.order=clusters clusterSize=20",
                "table.kind=hashed buckets=37",
                "table.kind=anchors table.anchors.count=12 table.anchors.links=4",
                "table.kind=anchors table.anchors.count=12 table.anchors.mixing=softmax table.anchors.sets=2",
                "intermediate=24",
                "intermediate=24 activation=linear",
                "intermediate=24 body.normalisation=none",
                "intermediate=24 intermediateFanIn=6",
                "intermediate=40 intermediateFanIn=6 rewireIntermediate=true ablation=0.5 rewire.interval=10",
                "intermediate=24 table.kind=anchors table.anchors.count=12 model.output.kind=anchors",
                "storedBits=8",
                "storedBits=8 table.kind=hashed buckets=37 model.output.kind=bottleneck rank=6",
                "storedBits=8 table.kind=anchors table.anchors.count=12 model.output.kind=anchors",
                "text.wordNgrams=2 table.ngrams=false",
                "text.wordNgrams=3 intermediate=24 text.lowerCase=false text.l2Normalise=false",
                "text.characterNgramMin=3 text.characterNgramMax=4 text.characterBuckets=200",
                "direct.candidates=12",
                "direct.candidates=12 intermediate=24 storedBits=8",
                ARMS,
                ARMS + " model.embedding=false",
                ARMS + " storedBits=8 text.wordNgrams=2 table.ngrams=false text.logTermFrequency=true",
                ARMS + " model.output.kind=anchors table.kind=anchors table.anchors.count=12",
                ARMS + " intermediate=24 intermediateFanIn=6 model.output.kind=bottleneck rank=6",
            })
    void partsAddUpToTheScoresOfPrediction(String settings) throws IOException {
        requireSums(model(settings));
    }

    /** Arms that count nothing, and arms that are not there. */
    @Test
    void partsAddUpWhateverArmsCount() throws IOException {
        LabelModel model = model(ARMS + " intermediate=24");
        for (Mixture mixture : List.of(
                new Mixture(0.2f, 0.3f, 0.5f),
                Mixture.ASSOCIATION,
                Mixture.EMBEDDING,
                Mixture.DIRECT,
                new Mixture(0, 2, 7),
                new Mixture(3, 0, 1))) {
            model.mixture(mixture);
            requireSums(model);
        }
        model.direct(Optional.empty());
        model.mixture(new Mixture(0.5f, 0.5f, 0));
        requireSums(model);
    }

    private static void requireSums(LabelModel model) {
        try (Workers workers = new Workers(2)) {
            for (int top : new int[] {4, 30}) {
                Explainer explainer = new Explainer(model, top, 3, workers);
                Predictor predictor = new Predictor(model, top, workers);
                for (int number = 0; number < TEXTS; number++) {
                    RawExample text = text(number);
                    List<Suggestion> suggestions =
                            predictor.suggest(List.of(text)).get(0);
                    List<Explanation> explanations = explainer.explain(text);
                    assertThat(explanations).hasSameSizeAs(suggestions).isNotEmpty();
                    for (int rank = 0; rank < suggestions.size(); rank++) {
                        Explanation explanation = explanations.get(rank);
                        Suggestion suggestion = suggestions.get(rank);
                        assertThat(explanation.id()).isEqualTo(suggestion.id());
                        assertThat(explanation.score()).isEqualTo(suggestion.score());
                        assertThat(explanation.probability()).hasValue(suggestion.probability());
                        assertThat(explanation.standing().suggested()).isTrue();
                        assertThat(explanation.standing().rank()).isEqualTo(rank + 1);
                        requireSum(explanation);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "intermediate=24", "direct.candidates=12", ARMS, ARMS + " model.embedding=false"})
    void everyLabelCanBeAskedFor(String settings) throws IOException {
        LabelModel model = model(settings);
        List<Integer> all = IntStream.range(0, TextModels.LABELS).boxed().toList();
        try (Workers workers = new Workers(2)) {
            Explainer explainer = new Explainer(model, 3, 2, workers);
            boolean everyLabel = model.association().isEmpty() && model.direct().isEmpty();
            Predictor predictor = new Predictor(model, everyLabel ? TextModels.LABELS : 12, workers);
            for (int number = 0; number < TEXTS; number++) {
                List<Suggestion> ranked =
                        predictor.suggest(List.of(text(number))).get(0);
                List<Explanation> explanations = explainer.explain(text(number), all);
                assertThat(explanations).extracting(Explanation::label).isEqualTo(all);
                int found = 0;
                for (Explanation explanation : explanations) {
                    requireSum(explanation);
                    Standing standing = explanation.standing();
                    found += standing.candidate() ? 1 : 0;
                    assertThat(standing.candidates()).isEqualTo(ranked.size());
                    assertThat(standing.suggested()).isEqualTo(standing.rank() >= 1 && standing.rank() <= 3);
                    assertThat(standing.lastScore()).hasValue(ranked.get(2).score());
                    if (standing.candidate()) {
                        Suggestion same = ranked.get(standing.rank() - 1);
                        assertThat(explanation.id()).isEqualTo(same.id());
                        assertThat(explanation.score()).isCloseTo(same.score(), within(1e-5));
                        assertThat(explanation.probability()).isPresent();
                    } else {
                        assertThat(standing.rank()).isZero();
                        assertThat(explanation.probability()).isEmpty();
                        assertThat(standing.found())
                                .isLessThanOrEqualTo(standing.leastFound().orElseThrow() + 1e-6);
                    }
                }
                assertThat(found).isEqualTo(ranked.size());
            }
        }
    }

    @Test
    void wordsComeByTheirPartsAndAreSpelledAsInTheText() throws IOException {
        LabelModel model = model(ARMS + " text.wordNgrams=2");
        String text = "History, of FOX3 den3! fox3";
        try (Workers workers = new Workers(1)) {
            Explanation first =
                    new Explainer(model, 1, 0, workers).explain(text).get(0);
            assertThat(first.id()).isEqualTo("<http://example.org/3>");
            assertThat(first.missing()).isEmpty();
            double before = Double.POSITIVE_INFINITY;
            for (WordPart word : first.words()) {
                assertThat(Math.abs(word.value())).isLessThanOrEqualTo(before);
                before = Math.abs(word.value());
            }
            WordPart fox = word(first, "fox3");
            assertThat(fox.word()).isEqualTo("FOX3");
            assertThat(spelled(fox, text)).containsExactly("FOX3", "fox3");
            assertThat(fox.value()).isPositive();
            assertThat(spelled(word(first, "fox3 den3"), text)).containsExactly("FOX3 den3");
            assertThat(first.share(fox.value())).isEqualTo(fox.value() / first.magnitude());
        }
    }

    private static WordPart word(Explanation explanation, String term) {
        return explanation.words().stream()
                .filter(word -> word.term().equals(term))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> spelled(WordPart word, String text) {
        return word.places().stream()
                .map(place -> text.substring(place.start(), place.end()))
                .toList();
    }

    /** What the missing words promise comes true, but for the length of the text, which they change. */
    @Test
    void missingWordsWouldHaveSpokenForTheLabel() throws IOException {
        LabelModel model = model(ARMS);
        model.mixture(new Mixture(0.5f, 0.2f, 0.3f));
        int label = 7;
        try (Workers workers = new Workers(2)) {
            Explainer explainer = new Explainer(model, 1, 2, workers);
            RawExample text = new RawExample().setText("fox3 den3");
            Explanation without = explainer.explain(text, List.of(label)).get(0);
            assertThat(without.standing().suggested()).isFalse();
            assertThat(without.missing()).extracting(MissingWord::arm).contains(Arm.ASSOCIATION, Arm.EMBEDDING);
            for (Arm arm : Arm.values()) {
                List<MissingWord> ofArm = without.missing().stream()
                        .filter(word -> word.arm() == arm)
                        .toList();
                assertThat(ofArm).hasSizeLessThanOrEqualTo(2);
                List<Double> gains = ofArm.stream().map(MissingWord::gain).toList();
                assertThat(gains).allMatch(gain -> gain > 0).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            }
            MissingWord strongest = without.missing().get(0);
            assertThat(strongest.term()).isIn("fox7", "den7");
            RawExample with = new RawExample().setText("fox3 den3 " + strongest.term());
            Explanation then = explainer.explain(with, List.of(label)).get(0);
            assertThat(word(then, strongest.term()).association()).isCloseTo(strongest.gain(), within(1e-6));
            MissingWord embedded = without.missing().stream()
                    .filter(word -> word.arm() == Arm.EMBEDDING)
                    .findFirst()
                    .orElseThrow();
            RawExample other = new RawExample().setText("fox3 den3 " + embedded.term());
            assertThat(word(explainer.explain(other, List.of(label)).get(0), embedded.term())
                            .embedding())
                    .isCloseTo(embedded.gain(), within(1e-6));
        }
    }

    @Test
    void whatCannotBeExplainedIsRefused() throws IOException {
        LabelModel model = model("");
        try (Workers workers = new Workers(1)) {
            Explainer explainer = new Explainer(model, 3, 2, workers);
            for (String text : new String[] {"", "nothing known here"}) {
                assertThat(explainer.explain(text)).isEmpty();
                assertThat(explainer.explain(new RawExample().setText(text), List.of(3)))
                        .isEmpty();
            }
            assertThatThrownBy(() -> explainer.explain(new RawExample().setText("fox3"), List.of(TextModels.LABELS)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("label must be from 0 to 39, got 40");
            assertThatThrownBy(() -> new Explainer(model, 0, 2, workers)).hasMessageContaining("top must be at least");
            assertThatThrownBy(() -> new Explainer(model, 1, -1, workers)).hasMessageContaining("missing must be at");
        }
    }

    @Test
    void labelsAreFoundByIdAndNearOnesNamed() throws IOException {
        LabelModel model = model("maxEpochs=1");
        assertThat(LabelLookup.number(model.labels(), "<http://example.org/12>"))
                .isEqualTo(12);
        List<String> messages = new ArrayList<>();
        for (String asked : new String[] {"http://example.org/12", "Foxes of kind 3", "quite another"}) {
            assertThatThrownBy(() -> LabelLookup.number(model.labels(), asked))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(failure -> messages.add(failure.getMessage()));
        }
        assertThat(messages.get(0))
                .startsWith("no label of the model has the id 'http://example.org/12', did you mean"
                        + " <http://example.org/12> (foxes of kind 12) or ");
        assertThat(messages.get(1)).contains("did you mean <http://example.org/3> (foxes of kind 3) or ");
        assertThat(messages.get(2)).isEqualTo("no label of the model has the id 'quite another'");
    }
}
