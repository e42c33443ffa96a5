package dev.longtail.living;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.InputException;
import dev.longtail.explain.TextModels;
import dev.longtail.format.LabelChanges;
import dev.longtail.format.RetiredLabel;
import dev.longtail.living.LabelEditor.EditedModel;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelEditorTest {

    private static final String ARMS = "association.slots=30 train.negatives=5 direct.candidates=12";

    @TempDir
    Path folder;

    private LabelConfig config = TextModels.config();

    private LabelModel model(String settings) throws IOException {
        config = TextModels.config(settings.split(" "));
        return TextModels.train(config, folder);
    }

    static String id(int label) {
        return "<http://example.org/" + label + ">";
    }

    private EditedModel apply(LabelModel model, LabelEdit... edits) {
        return apply(model, Map.of(), edits);
    }

    private EditedModel apply(LabelModel model, Map<String, RetiredLabel> gone, LabelEdit... edits) {
        try (Workers workers = new Workers(2)) {
            return new LabelEditor(model, config, gone, workers).apply(EditList.of("edits", List.of(edits)));
        }
    }

    private static List<String> suggested(LabelModel model, String text, int top) {
        try (Workers workers = new Workers(1)) {
            return new Predictor(model, top, workers)
                    .suggest(text).stream().map(Suggestion::id).toList();
        }
    }

    /** Texts of a label that no model was trained on: a word that many have, and one that none of the others has. */
    private static List<String> newTexts(int from, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            texts.add("fox" + i % TextModels.LABELS + " den" + (i + 7) % TextModels.LABELS + " history");
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "loss=logistic",
                "model.output.kind=dense",
                "model.output.kind=bottleneck rank=6",
                "output.weights=bfloat16",
                "output.group=16 output.order=clusters clusterSize=20",
                "sparsity.density=0.4",
                "table.kind=hashed buckets=37",
                "table.kind=anchors table.anchors.count=12 table.anchors.links=4",
                "intermediate=24 intermediateFanIn=6 sparsity.density=0.3",
                "intermediate=40 intermediateFanIn=6 rewireIntermediate=true ablation=0.5 rewire.interval=10",
                "storedBits=8",
                "storedBits=8 output.group=16 output.order=clusters clusterSize=20",
                "storedBits=8 model.output.kind=dense",
                "storedBits=8 table.kind=hashed buckets=37 model.output.kind=bottleneck rank=6",
                "text.wordNgrams=2 table.ngrams=false",
                "text.characterNgramMin=3 text.characterNgramMax=4 text.characterBuckets=200",
                "direct.candidates=12",
                ARMS,
                ARMS + " model.embedding=false",
                ARMS + " model.embedding=false labelExponent=1 featureExponent=1",
                ARMS + " storedBits=8 text.wordNgrams=2 table.ngrams=false text.logTermFrequency=true",
                ARMS + " intermediate=24 intermediateFanIn=6 model.output.kind=bottleneck rank=6",
            })
    void scoresOfOtherLabelsKeepTheirBits(String settings) throws IOException {
        LabelModel model = model(settings);
        Map<String, List<Integer>> before = ArmBits.of(model);

        EditedModel edited = apply(
                model,
                new LabelEdit.Retire(id(3)),
                new LabelEdit.Add("http://example.org/new", "foxes and dens", newTexts(0, 3), false),
                new LabelEdit.Rename(id(5), "other foxes"),
                new LabelEdit.Merge(id(7), id(8)),
                new LabelEdit.Add(id(100), "history of foxes", List.of(), false));

        Map<String, List<Integer>> after = ArmBits.of(edited.model());
        assertThat(after).doesNotContainKeys(id(3), id(7)).containsKeys("<http://example.org/new>", id(100));
        Set<String> concerned = Set.of(id(3), id(7), id(8));
        before.forEach((id, bits) -> {
            if (!concerned.contains(id)) {
                assertThat(after.get(id)).as(id).isEqualTo(bits);
            }
        });
        assertThat(after.get(id(8))).isNotEqualTo(before.get(id(8)));
        assertThat(ArmBits.of(model)).isEqualTo(before); // the first model stays
        assertThat(edited.model().labels().name(edited.model().labels().indexOf(id(5))))
                .isEqualTo("other foxes");
        assertThat(edited.changes()).isEqualTo(new LabelChanges(2, 1, 1, 1, 3, 0));
        for (int number = 0; number < TextModels.LABELS; number++) {
            assertThat(suggested(edited.model(), TextModels.text(number), 50)).doesNotContain(id(3), id(7));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "storedBits=8",
                "model.output.kind=dense",
                "model.output.kind=bottleneck rank=6",
                "direct.candidates=12",
                ARMS,
                ARMS + " storedBits=8",
                ARMS + " model.embedding=false",
            })
    void aNewLabelIsFoundAgain(String settings) throws IOException {
        LabelModel model = model(settings);
        String text = "den1 fox2 den3 fox4 den5 fox6";
        List<String> examples = List.of(text, text + " history", "The " + text, text + " people", "world: " + text);
        EditedModel edited = apply(model, new LabelEdit.Add(id(100), "dens and foxes", examples, false));

        assertThat(edited.unlearned()).isEmpty();
        assertThat(edited.model().labels().frequency(TextModels.LABELS)).isEqualTo(5);
        int first = 0;
        for (String example : examples) {
            List<String> found = suggested(edited.model(), example, 5);
            assertThat(found).contains(id(100));
            first += found.get(0).equals(id(100)) ? 1 : 0;
        }
        assertThat(first).isGreaterThanOrEqualTo(4);
        int wrong = 0;
        for (int number = 0; number < TextModels.LABELS; number++) {
            wrong += suggested(edited.model(), TextModels.text(number), 1).contains(id(100)) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(2); // of 40 texts of others, in which every one of its words occurs
    }

    /** A label that is taken out and comes back with all its examples has the associations that training counted. */
    @ParameterizedTest
    @ValueSource(strings = {"", " labelExponent=0.3 featureExponent=0.7", " text.wordNgrams=2"})
    void examplesAreCountedAsInTraining(String settings) throws IOException {
        LabelModel model =
                model("association.slots=200 train.negatives=5 direct.candidates=12 embedding=false" + settings);
        List<String> examples = new ArrayList<>();
        for (int number = 0; examples.size() < model.labels().frequency(9); number++) {
            if (TextModels.label(number) == 9) {
                examples.add(TextModels.text(number));
            }
        }
        LabelModel without = apply(model, new LabelEdit.Retire(id(9))).model();
        LabelModel with =
                apply(without, new LabelEdit.Add(id(9), "", examples, false)).model();
        AssociationArm counted = model.association().orElseThrow();
        AssociationArm again = with.association().orElseThrow();
        int label = with.labels().indexOf(id(9));
        double both = 0;
        double squares = 0;
        double squaresAgain = 0;
        for (int feature = 0; feature < counted.features(); feature++) {
            both += counted.weight(9, feature) * again.weight(label, feature);
            squares += Math.pow(counted.weight(9, feature), 2);
            squaresAgain += Math.pow(again.weight(label, feature), 2);
        }
        assertThat(both / Math.sqrt(squares * squaresAgain)).isGreaterThan(0.97);
        assertThat(Math.sqrt(squaresAgain / squares)).isBetween(0.8, 1.25);
    }

    @Test
    void anUnknownNameLearnsNothingYet() throws IOException {
        LabelModel model = model(ARMS + " model.embedding=false");
        EditedModel edited = apply(model, new LabelEdit.Add(id(100), "unheard words", List.of(), false));
        assertThat(edited.unlearned()).containsExactly(id(100));
        assertThat(edited.model().labels().size()).isEqualTo(TextModels.LABELS + 1);
        assertThat(edited.model().labels().frequency(TextModels.LABELS)).isZero();
    }

    @Test
    void examplesOfAMergedLabelCountForTheOther() throws IOException {
        LabelModel model = model(ARMS + " model.embedding=false");
        EditedModel edited = apply(model, new LabelEdit.Merge(id(7), id(20)));
        assertThat(edited.retired()).containsEntry(id(7), new RetiredLabel("foxes of kind 7", id(20)));
        int merged = edited.model().labels().indexOf(id(20));
        assertThat(edited.model().labels().frequency(merged)).isEqualTo(40);
        assertThat(suggested(edited.model(), "fox7 den7 fox7", 1)).containsExactly(id(20));
        assertThat(suggested(edited.model(), "fox20 den20 fox20", 1)).containsExactly(id(20));
    }

    @Test
    void retiredIdsAreRemembered() throws IOException {
        LabelModel model = model("");
        EditedModel without = apply(model, new LabelEdit.Retire(id(3)));
        assertThat(without.retired()).containsExactly(Map.entry(id(3), new RetiredLabel("foxes of kind 3", "")));
        LabelEdit again = new LabelEdit.Add(id(3), "foxes", List.of(), false);
        assertThatThrownBy(() -> apply(without.model(), without.retired(), again))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("was retired and its id is remembered");
        LabelEdit revived = new LabelEdit.Add(id(3), "foxes", List.of(), true);
        EditedModel with = apply(without.model(), without.retired(), revived);
        assertThat(with.retired()).isEmpty();
        assertThat(with.model().labels().indexOf(id(3))).isEqualTo(TextModels.LABELS - 1);
    }

    @Test
    void impossibleChangesAreRefused() throws IOException {
        LabelModel model = model("");
        Map<LabelEdit, String> reasons = new HashMap<>();
        reasons.put(new LabelEdit.Add(id(4), "x", List.of(), false), "is there already");
        reasons.put(new LabelEdit.Rename(id(400), "x"), "has no label");
        reasons.put(new LabelEdit.Retire(id(400)), "has no label");
        reasons.put(new LabelEdit.Merge(id(4), id(400)), "has no label");
        reasons.forEach((edit, reason) -> assertThatThrownBy(() -> apply(model, edit))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(reason));
        assertThatThrownBy(() -> apply(model, new LabelEdit.Retire(id(4)), new LabelEdit.Rename(id(4), "x")))
                .hasMessageContaining("was retired before");
        List<LabelEdit> all = new ArrayList<>();
        for (int label = 0; label < TextModels.LABELS; label++) {
            all.add(new LabelEdit.Retire(id(label)));
        }
        assertThatThrownBy(() -> apply(model, all.toArray(new LabelEdit[0]))).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new LabelEdit.Merge("a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LabelEdit.Add("a", "", List.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsThatShareAnchorsAreRefused() throws IOException {
        LabelModel model = model("model.output.kind=anchors anchorLayer.count=20");
        assertThatThrownBy(() -> apply(model, new LabelEdit.Retire(id(4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("share their anchors");
    }
}
