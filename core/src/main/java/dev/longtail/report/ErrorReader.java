package dev.longtail.report;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFormat;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.LabelSet;
import dev.longtail.data.RawExample;
import dev.longtail.metrics.PerLabel;
import dev.longtail.model.LabelModel;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.report.ErrorGroup.ErrorExample;
import dev.longtail.report.ErrorGroup.Judged;
import dev.longtail.report.ErrorGroup.TrueLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the examples that an {@link ErrorFinder} chose once more, for their texts, and asks the model about them. */
public final class ErrorReader {

    /** Characters of a text that are shown. */
    static final int TEXT = 600;

    /** Features of an example without text that are shown. */
    static final int FEATURES = 40;

    private final List<Path> files;
    private final @Nullable DataFormat format;
    private final LabelModel model;
    private final Predictor predictor;

    /**
     * @param files     of the test set, in the order they were ranked
     * @param format    of the files, null to recognise it
     * @param predictor of the same model; its number of suggestions is shown for each example
     */
    public ErrorReader(List<Path> files, @Nullable DataFormat format, LabelModel model, Predictor predictor) {
        this.files = List.copyOf(files);
        this.format = format;
        this.model = model;
        this.predictor = predictor;
    }

    /**
     * The examples in groups; a group without examples is left out.
     *
     * @param labels what the labels got, at the number of suggestions that counted as such for the finder
     * @throws InputException when a file has fewer examples than before
     */
    public List<ErrorGroup> read(ErrorFinder finder, PerLabel labels) throws IOException {
        List<Integer> wrong = finder.confidentlyWrong();
        List<ErrorFinder.Missed> missed = finder.missed();
        TreeSet<Integer> numbers = new TreeSet<>(wrong);
        missed.forEach(each -> numbers.addAll(each.examples()));
        Map<Integer, ErrorExample> examples = examples(numbers);
        List<ErrorGroup> groups = new ArrayList<>();
        if (!wrong.isEmpty()) {
            groups.add(new ErrorGroup(
                    "Surest first suggestions that are wrong",
                    "Of all examples whose first suggestion is not a true label, those where it has the highest score."
                            + " Some may be right and missing in the data.",
                    chosen(wrong, examples)));
        }
        for (ErrorFinder.Missed each : missed) {
            int label = each.label();
            groups.add(new ErrorGroup(
                    "Missed: " + title(label),
                    "A label of the head, " + Numbers.count(model.labels().frequency(label))
                            + " training examples. Not among the first " + labels.k() + " suggestions for "
                            + Numbers.count(each.misses()) + " of the " + Numbers.count(labels.truths(label))
                            + " examples it is true of; the first of these.",
                    chosen(each.examples(), examples)));
        }
        return groups;
    }

    private String title(int label) {
        String name = model.labels().name(label);
        return name.isEmpty() ? model.labels().id(label) : name;
    }

    private static List<ErrorExample> chosen(List<Integer> numbers, Map<Integer, ErrorExample> examples) {
        List<ErrorExample> chosen = new ArrayList<>();
        for (int number : numbers) {
            ErrorExample example = examples.get(number);
            if (example != null) {
                chosen.add(example);
            }
        }
        return chosen;
    }

    private Map<Integer, ErrorExample> examples(NavigableSet<Integer> numbers) throws IOException {
        List<RawExample> raw = raw(numbers);
        List<List<Suggestion>> suggestions = predictor.suggest(raw);
        Map<Integer, ErrorExample> examples = new HashMap<>();
        int next = 0;
        for (int number : numbers) {
            examples.put(number, example(raw.get(next), suggestions.get(next)));
            next++;
        }
        return examples;
    }

    /** The examples of these numbers, counted from 0 over all files. */
    private List<RawExample> raw(NavigableSet<Integer> numbers) throws IOException {
        List<RawExample> found = new ArrayList<>();
        int number = 0;
        for (Path file : files) {
            try (ExampleReader reader = ExampleReader.open(file, format, ExampleReader.LabelColumn.REQUIRED)) {
                RawExample example = new RawExample();
                while (found.size() < numbers.size() && reader.next(example)) {
                    if (numbers.contains(number++)) {
                        found.add(example);
                        example = new RawExample();
                    }
                }
            }
        }
        if (found.size() < numbers.size()) {
            throw new InputException(
                    files.get(files.size() - 1).toString(), 0, "has fewer examples than a moment ago; run it again");
        }
        return found;
    }

    private ErrorExample example(RawExample raw, List<Suggestion> suggestions) {
        LinkedHashSet<String> ids = new LinkedHashSet<>(raw.labels);
        List<Judged> judged = new ArrayList<>();
        Map<String, Integer> ranks = new HashMap<>();
        for (Suggestion suggestion : suggestions) {
            judged.add(new Judged(suggestion, ids.contains(suggestion.id())));
            ranks.put(suggestion.id(), judged.size());
        }
        LabelSet labels = model.labels();
        List<TrueLabel> truth = new ArrayList<>();
        for (String id : ids) {
            int label = labels.indexOf(id);
            truth.add(new TrueLabel(
                    id,
                    label < 0 ? "" : labels.name(label),
                    label < 0 ? -1 : labels.frequency(label),
                    ranks.getOrDefault(id, 0)));
        }
        return new ErrorExample(raw.source + ", line " + raw.line, text(raw), truth, judged);
    }

    private static String text(RawExample raw) {
        if (raw.text != null) {
            int end = raw.text.offsetByCodePoints(0, Math.min(TEXT, raw.text.codePointCount(0, raw.text.length())));
            return end < raw.text.length() ? raw.text.substring(0, end) + " ..." : raw.text;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(FEATURES, raw.featureCount); i++) {
            text.append(raw.features[i]).append(':').append(raw.values[i]).append(' ');
        }
        String rest = raw.featureCount > FEATURES ? "and " + (raw.featureCount - FEATURES) + " more" : "";
        return text.append(rest).toString().strip();
    }
}
