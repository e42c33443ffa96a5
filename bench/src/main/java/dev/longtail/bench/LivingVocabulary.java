package dev.longtail.bench;

import dev.longtail.bench.LivingTexts.Labelled;
import dev.longtail.data.DataFormat;
import dev.longtail.data.LabelNames;
import dev.longtail.living.EditList;
import dev.longtail.living.LabelEdit;
import dev.longtail.living.LabelEditor;
import dev.longtail.living.LivingModel;
import dev.longtail.living.VocabularyDifference;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Question: how long does it take to give a trained model the next edition of its vocabulary, and do the scores of the
 * labels that stay keep their bits? Copies the model, applies the difference of two editions, and compares the
 * suggestions for texts before and after.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector \
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.LivingVocabulary \
 *       MODEL BEFORE.tsv.gz AFTER.tsv.gz TEXTS.tsv.gz
 * </pre>
 */
public final class LivingVocabulary {

    private static final int TOP = 20;
    private static final int FIRST = 5;

    private LivingVocabulary() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("usage: LivingVocabulary MODEL BEFORE AFTER TEXTS");
        }
        LabelNames before = LabelNames.read(Path.of(arguments[1]), DataFormat.ANNIF);
        LabelNames after = LabelNames.read(Path.of(arguments[2]), DataFormat.ANNIF);
        List<Labelled> texts = LivingTexts.read(Path.of(arguments[3]));
        try (ScratchFolder scratch = ScratchFolder.create("longtail-living-");
                Workers workers = new Workers(2)) {
            Path folder = LivingTexts.copy(Path.of(arguments[0]), scratch.path().resolve("model"));
            long start = System.nanoTime();
            LivingModel living = LivingModel.open(folder, workers);
            double read = (System.nanoTime() - start) / 1e9;
            LabelModel old = living.model();
            VocabularyDifference difference = VocabularyDifference.of(before, after, old.labels());
            start = System.nanoTime();
            LabelEditor.EditedModel edited = living.edit(EditList.of("vocabulary", difference.edits()));
            double changed = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "labels %,d -> %,d: %,d added (%,d without a known word), %,d renamed, %,d retired;"
                            + " %,d changes are about labels that the model never had%n"
                            + "read %.1f s, changed, written and read again %.1f s%n",
                    old.labels().size(),
                    edited.model().labels().size(),
                    edited.changes().added(),
                    edited.unlearned().size(),
                    edited.changes().renamed(),
                    edited.changes().retired(),
                    difference.unknown(),
                    read,
                    changed);
            compare(old, living.model(), difference, texts, workers);
        }
    }

    private static void compare(
            LabelModel old, LabelModel fresh, VocabularyDifference difference, List<Labelled> texts, Workers workers) {
        Set<String> retired = new HashSet<>();
        difference.edits().stream().filter(LabelEdit.Retire.class::isInstance).forEach(edit -> retired.add(edit.id()));
        List<List<Suggestion>> first = LivingTexts.suggest(old, texts, TOP, workers);
        List<List<Suggestion>> second = LivingTexts.suggest(fresh, texts, TOP, workers);
        long compared = 0;
        long different = 0;
        long gone = 0;
        long added = 0;
        int[] rightFirst = new int[2];
        int[] rightFive = new int[2];
        for (int text = 0; text < texts.size(); text++) {
            Map<String, Float> scores = new HashMap<>();
            for (Suggestion suggestion : second.get(text)) {
                scores.put(suggestion.id(), suggestion.score());
                gone += retired.contains(suggestion.id()) ? 1 : 0;
            }
            for (Suggestion suggestion : first.get(text)) {
                Float score = scores.remove(suggestion.id());
                compared += score == null ? 0 : 1;
                different += score != null && Float.floatToIntBits(score) != Float.floatToIntBits(suggestion.score())
                        ? 1
                        : 0;
            }
            added += second.get(text).stream()
                    .limit(FIRST)
                    .filter(suggestion -> old.labels().indexOf(suggestion.id()) < 0)
                    .count();
            count(first.get(text), texts.get(text), 0, rightFirst, rightFive);
            count(second.get(text), texts.get(text), 1, rightFirst, rightFive);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d texts: %,d scores compared, %,d different; retired labels suggested %,d times; new labels among"
                        + " the first %d suggestions %,d times%n"
                        + "P@1 %.2f -> %.2f, P@5 %.2f -> %.2f %%%n",
                texts.size(),
                compared,
                different,
                gone,
                FIRST,
                added,
                100.0 * rightFirst[0] / texts.size(),
                100.0 * rightFirst[1] / texts.size(),
                100.0 * rightFive[0] / texts.size() / FIRST,
                100.0 * rightFive[1] / texts.size() / FIRST);
        if (different > 0 || gone > 0) {
            throw new IllegalStateException("scores have changed, or retired labels are suggested");
        }
    }

    private static void count(List<Suggestion> found, Labelled text, int model, int[] first, int[] five) {
        for (int rank = 0; rank < Math.min(FIRST, found.size()); rank++) {
            if (text.labels().contains(found.get(rank).id())) {
                five[model]++;
                first[model] += rank == 0 ? 1 : 0;
            }
        }
    }
}
