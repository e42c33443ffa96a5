package dev.longtail.living;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.explain.TextModels;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.ModelFormatException;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivingModelTest {

    @TempDir
    Path parent;

    private final Workers workers = new Workers(2);

    @AfterEach
    void stop() {
        workers.close();
    }

    private LivingModel open() throws IOException {
        return LivingModel.open(parent.resolve("model"), workers);
    }

    private static List<Feedback> feedback(int from, int to) {
        return IntStream.range(from, to).mapToObj(LivingFolders::feedback).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "loss=logistic",
                "output.weights=bfloat16 output.group=16 output.order=clusters clusterSize=20",
                "storedBits=8 intermediate=24 model.output.kind=bottleneck rank=6",
                "direct.candidates=12",
                LivingFolders.ARMS,
                LivingFolders.ARMS + " model.embedding=false",
            })
    void feedbackChangesTheLabelsConcernedAndCanBeUndone(String settings) throws IOException {
        LivingFolders.write(parent, settings);
        LivingModel living = open();
        Map<String, List<Integer>> before = ArmBits.of(living.model());

        Feedback given = LivingFolders.feedback(1);
        assertThat(living.give(List.of(given))).isEqualTo(1);
        Map<String, List<Integer>> first = ArmBits.of(living.model());
        Set<String> concerned = new HashSet<>(given.accepted());
        concerned.addAll(given.rejected());
        before.forEach((id, bits) -> {
            if (!concerned.contains(id)) {
                assertThat(first.get(id)).as(id).isEqualTo(bits);
            }
        });
        assertThat(first.get(given.accepted().get(0)))
                .isNotEqualTo(before.get(given.accepted().get(0)));

        assertThat(living.give(feedback(2, 6))).isEqualTo(5);
        assertThat(living.undo(List.of(2L, 3L, 4L, 5L))).isEqualTo(6);
        assertThat(ArmBits.of(living.model())).isEqualTo(first);
        assertThat(living.undoLast(1)).isEqualTo(7);
        assertThat(ArmBits.of(living.model())).isEqualTo(before);
        assertThat(living.feedback()).isEmpty();
        assertThat(ArmBits.of(open().model())).isEqualTo(before);
    }

    /** A number in the middle is undone as if it had never been given. */
    @Test
    void theOrderOfUndoneFeedbackLeavesNoTrace() throws IOException {
        LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel living = open();
        living.give(feedback(0, 1));
        living.give(feedback(40, 41)); // of the same label
        living.give(feedback(80, 81));
        living.undo(List.of(2L));
        Map<String, List<Integer>> without = ArmBits.of(living.model());
        living.undo(List.of(1L, 3L));
        living.give(List.of(LivingFolders.feedback(0), LivingFolders.feedback(80)));
        assertThat(ArmBits.of(living.model())).isEqualTo(without);
    }

    @Test
    void folderAndJournalAreTheModelAtAnyNumberOfThreads() throws IOException {
        Path folder = LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel living = open();
        for (int number = 0; number < 12; number++) {
            living.give(feedback(number, number + 1));
        }
        Map<String, List<Integer>> bits = ArmBits.of(living.model());
        assertThat(living.sequence()).isEqualTo(12);
        for (int threads : new int[] {1, 3}) {
            try (Workers some = new Workers(threads)) {
                LivingModel again = LivingModel.open(folder, some);
                assertThat(again.sequence()).isEqualTo(12);
                assertThat(ArmBits.of(again.model())).isEqualTo(bits);
            }
        }
        assertThat(ArmBits.of(LivingModel.read(folder).model())).isEqualTo(bits);
        assertThat(ArmBits.of(LabelModelFolder.read(folder).model())).isNotEqualTo(bits);

        assertThat(living.fold()).isEqualTo(12);
        assertThat(folder.resolveSibling("model.feedback")).doesNotExist();
        assertThat(ArmBits.of(LabelModelFolder.read(folder).model())).isEqualTo(bits);
        assertThat(living.sequence()).isEqualTo(12);
        assertThat(living.feedback()).isEmpty();
        assertThat(living.give(feedback(3, 4))).isEqualTo(13);
        assertThatThrownBy(() -> living.undo(List.of(12L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no feedback of number 12");
    }

    /** Feedback on one text over and over brings its label to the front and takes the wrong one away. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "direct.candidates=12", LivingFolders.ARMS, LivingFolders.ARMS + " model.embedding=false"})
    void feedbackIsLearned(String settings) throws IOException {
        LivingFolders.write(parent, settings);
        LivingModel living = open();
        String text = "fox11 den12 history";
        Feedback given = new Feedback(text, List.of(LivingFolders.id(30)), List.of(LivingFolders.id(11)));
        for (int i = 0; i < 12; i++) {
            living.give(List.of(given));
        }
        Predictor predictor = new Predictor(living.model(), 2, workers);
        assertThat(predictor.suggest(text).get(0).id()).isEqualTo(LivingFolders.id(30));
        assertThat(predictor.suggest("fox5 den5 world").get(0).id()).isEqualTo(LivingFolders.id(5));
    }

    @Test
    void aNewLabelLearnsFromFeedback() throws IOException {
        LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel living = open();
        living.give(feedback(0, 3));
        living.edit(EditList.of(
                "edits", List.of(new LabelEdit.Add("http://example.org/new", "unheard", List.of(), false))));
        assertThat(living.sequence()).isEqualTo(3);
        String text = "den1 fox2 den3 fox4 den5 fox6";
        for (int i = 0; i < 5; i++) {
            living.give(List.of(new Feedback(text + " history", List.of("http://example.org/new"), List.of())));
        }
        assertThat(living.model().labels().frequency(TextModels.LABELS)).isEqualTo(5);
        assertThat(new Predictor(living.model(), 1, workers)
                        .suggest(text)
                        .get(0)
                        .id())
                .isEqualTo("<http://example.org/new>");
    }

    @Test
    void changesOfLabelsAreInTheFolderWithTheFeedback() throws IOException {
        Path folder = LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel living = open();
        living.give(feedback(0, 4));
        Map<String, List<Integer>> bits = ArmBits.of(living.model());
        living.edit(EditList.of("edits", List.of(new LabelEdit.Retire(LivingFolders.id(39)))));
        Map<String, List<Integer>> after =
                ArmBits.of(LabelModelFolder.read(folder).model());
        bits.remove(LivingFolders.id(39));
        assertThat(after).isEqualTo(bits);
        assertThat(living.retired()).containsOnlyKeys(LivingFolders.id(39));
        assertThat(open().retired()).containsOnlyKeys(LivingFolders.id(39));
        assertThat(living.stored()
                        .manifest()
                        .at("/provenance/living/edits/0/feedback")
                        .asInt())
                .isEqualTo(4);
        assertThat(living.stored()
                        .manifest()
                        .at("/provenance/living/edits/0/retired")
                        .asInt())
                .isEqualTo(1);
        assertThatThrownBy(() -> living.edit(EditList.of("edits", List.of(new LabelEdit.Retire(LivingFolders.id(39))))))
                .hasMessageContaining("was retired before");
    }

    /** As a kill between the two steps leaves it. */
    @Test
    void aJournalThatIsInTheFolderAlreadyDoesNotCountAgain() throws IOException {
        Path folder = LivingFolders.write(parent, LivingFolders.ARMS);
        Path journal = folder.resolveSibling("model.feedback");
        LivingModel living = open();
        living.give(feedback(0, 4));
        byte[] stale = Files.readAllBytes(journal);
        living.fold();
        Map<String, List<Integer>> bits = ArmBits.of(living.model());
        Files.write(journal, stale);
        LivingModel again = open();
        assertThat(ArmBits.of(again.model())).isEqualTo(bits);
        assertThat(again.sequence()).isEqualTo(4);
        again.edit(EditList.of("edits", List.of(new LabelEdit.Rename(LivingFolders.id(1), "x"))));
        assertThat(journal).doesNotExist();
        Files.write(journal, stale);
        assertThat(again.give(feedback(5, 6))).isEqualTo(5);
        assertThat(open().feedback()).hasSize(1);
    }

    @Test
    void aJournalOfAnotherModelIsRefused() throws IOException {
        Path folder = LivingFolders.write(parent, LivingFolders.ARMS);
        JournalFile.create(folder.resolveSibling("model.feedback"), "0".repeat(64), 0);
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("holds feedback on another model");
    }

    @Test
    void whoeverHasTheFolderOpenSeesWhatOthersChange() throws IOException {
        LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel one = open();
        LivingModel other = open();
        assertThat(one.give(feedback(0, 1))).isEqualTo(1);
        assertThat(other.give(feedback(1, 2))).isEqualTo(2);
        other.edit(EditList.of("edits", List.of(new LabelEdit.Retire(LivingFolders.id(39)))));
        assertThat(one.give(feedback(2, 3))).isEqualTo(3);
        assertThat(one.model().labels().size()).isEqualTo(TextModels.LABELS - 1);
        assertThat(ArmBits.of(one.model())).isEqualTo(ArmBits.of(open().model()));
    }

    @Test
    void wrongFeedbackIsRefusedAndNotWritten() throws IOException {
        Path folder = LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel living = open();
        Feedback wrong = new Feedback("text", List.of("unknown"), List.of());
        assertThatThrownBy(() -> living.give(List.of(LivingFolders.feedback(0), wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no label unknown");
        assertThat(folder.resolveSibling("model.feedback")).doesNotExist();
        assertThatThrownBy(() -> living.undoLast(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Feedback("text", List.of("a"), List.of("a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Feedback("text", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Feedback(" ", List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsKeepTheirScoresInWhatIsServedMeanwhile() throws IOException {
        LivingFolders.write(parent, LivingFolders.ARMS);
        LivingModel living = open();
        LabelModel served = living.model();
        Map<String, List<Integer>> bits = ArmBits.of(served);
        living.give(feedback(0, 20));
        living.edit(EditList.of("edits", List.of(new LabelEdit.Retire(LivingFolders.id(39)))));
        assertThat(ArmBits.of(served)).isEqualTo(bits);
    }
}
