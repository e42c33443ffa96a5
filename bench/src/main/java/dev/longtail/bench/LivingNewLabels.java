package dev.longtail.bench;

import dev.longtail.bench.LivingTexts.Labelled;
import dev.longtail.data.DataFormat;
import dev.longtail.data.LabelNames;
import dev.longtail.living.EditList;
import dev.longtail.living.Feedback;
import dev.longtail.living.LabelEdit;
import dev.longtail.living.LivingModel;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Suggestion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Question: are labels that a model has never seen found again once they are added with a few examples, and what does
 * that do to the others? Takes some labels out of the training data, trains without them, adds them with their names
 * and 0, 1, 5 and 20 examples, and looks for them in texts that no model was trained on. Beside it stand a model that
 * was trained with five examples of each of them, and one that was trained with all.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector \
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.LivingNewLabels DATA PRESET LABELS
 * </pre>
 */
public final class LivingNewLabels {

    private static final int[] EXAMPLES = {0, 1, 5, 20};
    private static final int FIVE = 5;
    private static final int LEAST = 20;
    private static final int MOST = 400;
    private static final int LEAST_TESTED = 3;
    private static final int TOP = 10;

    private final Path data;
    private final List<Labelled> train;
    private final List<Labelled> test;
    private final LabelNames names;
    /** Examples of each label that is taken out. */
    private final Map<String, List<String>> chosen = new LinkedHashMap<>();

    private LivingNewLabels(Path data, int labels) throws IOException {
        this.data = data;
        this.train = LivingTexts.read(data.resolve("train.tsv.gz"));
        this.test = LivingTexts.read(data.resolve("test.tsv.gz"));
        this.names = LabelNames.read(data.resolve("labels.tsv.gz"), DataFormat.ANNIF);
        choose(labels);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: LivingNewLabels DATA PRESET LABELS");
        }
        new LivingNewLabels(Path.of(arguments[0]), Integer.parseInt(arguments[2])).run(arguments[1]);
    }

    /** Labels with enough examples, in an order that only their ids decide. */
    private void choose(int count) {
        Map<String, Integer> trained = frequencies(train);
        Map<String, Integer> tested = frequencies(test);
        trained.entrySet().stream()
                .filter(label -> label.getValue() >= LEAST && label.getValue() <= MOST)
                .map(Map.Entry::getKey)
                .filter(label -> tested.getOrDefault(label, 0) >= LEAST_TESTED && names.name(label) != null)
                .sorted(Comparator.comparingInt((String label) -> label.hashCode() * 0x9e3779b9)
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .forEach(label -> chosen.put(label, new ArrayList<>()));
        for (Labelled text : train) {
            for (String label : text.labels()) {
                List<String> examples = chosen.get(label);
                if (examples != null && examples.size() < EXAMPLES[EXAMPLES.length - 1]) {
                    examples.add(text.text());
                }
            }
        }
    }

    private static Map<String, Integer> frequencies(List<Labelled> texts) {
        Map<String, Integer> frequencies = new HashMap<>();
        texts.forEach(text -> text.labels().forEach(label -> frequencies.merge(label, 1, Integer::sum)));
        return frequencies;
    }

    private void run(String preset) throws IOException, InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.create("longtail-new-labels-");
                Workers workers = new Workers(2)) {
            System.out.printf(Locale.ROOT, "%,d labels, %,d texts to look in%n", chosen.size(), test.size());
            System.out.println(
                    "| model | R@1 | R@5 | R@10 | right in 5 | own examples R@5 | others P@1 | others P@5 |");
            System.out.println("|---|---|---|---|---|---|---|---|");
            Path without = train(scratch.path(), preset, "without", 0);
            report("without them", LivingModel.read(without).model(), workers);
            for (int examples : EXAMPLES) {
                Path copy = LivingTexts.copy(without, scratch.path().resolve("with-" + examples));
                LivingModel living = LivingModel.open(copy, workers);
                long start = System.nanoTime();
                living.edit(EditList.of("new labels", additions(examples)));
                System.err.printf(Locale.ROOT, "added in %.1f s%n", (System.nanoTime() - start) / 1e9);
                report("added with " + examples + " examples", living.model(), workers);
            }
            accept(LivingTexts.copy(without, scratch.path().resolve("accepted")), workers);
            report(
                    "trained with 5 examples",
                    LivingModel.read(train(scratch.path(), preset, "five", FIVE))
                            .model(),
                    workers);
            report(
                    "trained with all",
                    LivingModel.read(train(scratch.path(), preset, "all", Integer.MAX_VALUE))
                            .model(),
                    workers);
        }
    }

    /** The labels by their names alone, and then the same five examples as accepted suggestions. */
    private void accept(Path model, Workers workers) throws IOException {
        LivingModel living = LivingModel.open(model, workers);
        living.edit(EditList.of("new labels", additions(0)));
        List<Feedback> feedback = new ArrayList<>();
        chosen.forEach((label, texts) ->
                texts.subList(0, FIVE).forEach(text -> feedback.add(new Feedback(text, List.of(label), List.of()))));
        living.give(feedback);
        report("added by name, 5 texts accepted", living.model(), workers);
    }

    private List<LabelEdit> additions(int examples) {
        List<LabelEdit> edits = new ArrayList<>();
        chosen.forEach((label, texts) -> edits.add(new LabelEdit.Add(
                label,
                Objects.requireNonNull(names.name(label)),
                texts.subList(0, Math.min(examples, texts.size())),
                false)));
        return edits;
    }

    /** Trains with so many examples of each label that was taken out. */
    private Path train(Path scratch, String preset, String name, int most) throws IOException, InterruptedException {
        Path file = scratch.resolve(name + ".tsv");
        Map<String, Integer> kept = new HashMap<>();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Labelled text : train) {
                List<String> labels = text.labels().stream()
                        .filter(label -> !chosen.containsKey(label) || kept.merge(label, 1, Integer::sum) <= most)
                        .toList();
                if (!labels.isEmpty()) {
                    out.write(text.text() + "\t" + String.join(" ", labels) + "\n");
                }
            }
        }
        Path model = scratch.resolve("model-" + name);
        List<String> command = List.of(
                "./longtail",
                "train",
                "--preset",
                preset,
                "--train",
                file.toString(),
                "--validate",
                data.resolve("validate.tsv.gz").toString(),
                "--labels",
                data.resolve("labels.tsv.gz").toString(),
                "--model",
                model.toString());
        int code = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + code);
        }
        return model;
    }

    private void report(String name, LabelModel model, Workers workers) {
        int[] found = new int[TOP];
        int wanted = 0;
        int suggested = 0;
        int right = 0;
        int[] others = new int[2];
        int otherTexts = 0;
        List<List<Suggestion>> all = LivingTexts.suggest(model, test, TOP, workers);
        for (int text = 0; text < test.size(); text++) {
            List<String> ids = all.get(text).stream().map(Suggestion::id).toList();
            Set<String> truth = new HashSet<>(test.get(text).labels());
            for (String label : truth) {
                if (chosen.containsKey(label)) {
                    wanted++;
                    int rank = ids.indexOf(label);
                    for (int k = Math.max(0, rank); rank >= 0 && k < TOP; k++) {
                        found[k]++;
                    }
                }
            }
            for (String id : ids.subList(0, Math.min(FIVE, ids.size()))) {
                suggested += chosen.containsKey(id) ? 1 : 0;
                right += chosen.containsKey(id) && truth.contains(id) ? 1 : 0;
            }
            truth.removeAll(chosen.keySet());
            if (!truth.isEmpty()) {
                otherTexts++;
                List<String> rest =
                        ids.stream().filter(id -> !chosen.containsKey(id)).toList();
                others[0] += rest.stream().limit(1).anyMatch(truth::contains) ? 1 : 0;
                others[1] +=
                        (int) rest.stream().limit(FIVE).filter(truth::contains).count();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f %% of %,d | %.1f | %.2f | %.2f |%n",
                name,
                100.0 * found[0] / wanted,
                100.0 * found[FIVE - 1] / wanted,
                100.0 * found[TOP - 1] / wanted,
                suggested == 0 ? 0 : 100.0 * right / suggested,
                suggested,
                100 * ownExamples(model, workers),
                100.0 * others[0] / otherTexts,
                100.0 * others[1] / otherTexts / FIVE);
    }

    /** Share of the first five examples of each label for which it is among the first five suggestions. */
    private double ownExamples(LabelModel model, Workers workers) {
        List<Labelled> own = new ArrayList<>();
        chosen.forEach((label, texts) ->
                texts.subList(0, FIVE).forEach(text -> own.add(new Labelled(text, List.of(label)))));
        List<List<Suggestion>> all = LivingTexts.suggest(model, own, FIVE, workers);
        int found = 0;
        for (int text = 0; text < own.size(); text++) {
            String label = own.get(text).labels().get(0);
            found += all.get(text).stream()
                            .anyMatch(suggestion -> suggestion.id().equals(label))
                    ? 1
                    : 0;
        }
        return (double) found / own.size();
    }
}
