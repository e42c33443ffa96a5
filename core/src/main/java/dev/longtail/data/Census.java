package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.Vocabulary;
import dev.longtail.text.VocabularyBuilder;
import dev.longtail.text.VocabularyBuilder.Pruning;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over the training files: which labels there are, how often, and which words or numbered features.
 * Labels are numbered in the order of their ids, so the order of the lines does not matter.
 */
final class Census {

    // Numbers before names, by value: the labels of xc keep their order.
    private static final Comparator<String> BY_ID =
            Comparator.comparingInt(Census::number).thenComparing(id -> id);

    private final TrainingData.Settings settings;
    private @Nullable VocabularyBuilder words;
    private Pruning pruning = Pruning.NONE;
    private VocabularyBuilder.Size counted = VocabularyBuilder.Size.NONE;
    private final Object2IntOpenHashMap<String> frequencies = new Object2IntOpenHashMap<>();
    private final List<SourceFile> files = new ArrayList<>();
    private final @Nullable LabelNames names;
    private final LabelSet labels;
    private final FeatureSpace features;
    private int numericFeatures;
    private int[] featureFrequencies = {};
    private int numericExamples;

    static Census take(DataFiles files, TrainingData.Settings settings, ReadListener listener) throws IOException {
        return new Census(files, settings, listener);
    }

    private Census(DataFiles data, TrainingData.Settings settings, ReadListener listener) throws IOException {
        this.settings = settings;
        this.words = new VocabularyBuilder(settings.text(), settings.data().maxVocabularyEntries());
        DataFormat format = data.format() != null
                ? data.format()
                : DataFormat.recognise(data.train().get(0));
        // The names first: a mistake in them is better known before a long pass than after it.
        Path nameFile = data.labelNames();
        this.names = nameFile == null ? null : data.nameReader().read(nameFile, format);
        for (Path file : data.train()) {
            files.add(new FilePass("count", listener).run(file, data.format(), this::count));
        }
        String first = data.train().get(0).toString();
        this.labels = labelSet(first);
        FeatureSpace given = settings.features();
        this.features = given != null ? given : format.text() ? textFeatures(words, first) : numericFeatures(first);
        this.pruning = words.pruning();
        this.counted = words.size();
        this.words = null; // it holds every term that was met, far more than the vocabulary
    }

    private void count(RawExample example) {
        checkKind(example);
        example.removeRepeatedLabels();
        for (String label : example.labels) {
            frequencies.addTo(label, 1);
        }
        if (words != null && settings.features() == null && example.text != null && !example.labels.isEmpty()) {
            words.add(example.text);
        }
        if (example.text == null && settings.data().featureIdf() > 0) {
            countFeatures(example);
        }
    }

    private void countFeatures(RawExample example) {
        numericExamples++;
        if (featureFrequencies.length == 0) {
            featureFrequencies = new int[numericFeatures];
        }
        for (int i = 0; i < example.featureCount; i++) {
            featureFrequencies[example.features[i]] += example.values[i] == 0 ? 0 : 1;
        }
    }

    private void checkKind(RawExample example) {
        int declared = example.text != null ? -1 : example.declaredFeatures;
        if (numericFeatures == 0) {
            numericFeatures = declared;
        } else if (numericFeatures != declared) {
            throw new InputException(
                    example.source,
                    example.line,
                    "holds " + kind(declared) + ", earlier files " + kind(numericFeatures));
        }
        if (names != null && declared > 0 && names.ids().size() != example.declaredLabels) {
            throw new InputException(
                    names.sourceFile().name(),
                    0,
                    "holds " + names.ids().size() + " names, the header of " + example.source + " declares "
                            + example.declaredLabels + " labels; give one name a line");
        }
    }

    private static String kind(int declared) {
        return declared < 0 ? "texts" : "examples of " + declared + " numbered features";
    }

    private LabelSet labelSet(String source) {
        List<String> ids = new ArrayList<>();
        for (String id : frequencies.keySet()) {
            if (frequencies.getInt(id) >= settings.data().minLabelFrequency()) {
                ids.add(id);
            }
        }
        if (names != null && settings.data().minLabelFrequency() == 0) {
            names.ids().stream().filter(id -> !frequencies.containsKey(id)).forEach(ids::add);
        }
        if (ids.isEmpty()) {
            throw new InputException(
                    source, 0, "no label with at least " + settings.data().minLabelFrequency() + " training examples");
        }
        ids.sort(BY_ID);
        int[] counts = ids.stream().mapToInt(frequencies::getInt).toArray();
        return new LabelSet(ids, ids.stream().map(this::name).toList(), counts);
    }

    private String name(String id) {
        String name = names == null ? null : names.name(id);
        return name == null ? "" : name;
    }

    private static int number(String id) {
        int digits = 0;
        while (digits < id.length() && id.charAt(digits) >= '0' && id.charAt(digits) <= '9') {
            digits++;
        }
        return digits == id.length() && digits > 0 && digits < 10 ? Integer.parseInt(id) : Integer.MAX_VALUE;
    }

    private FeatureSpace textFeatures(VocabularyBuilder words, String source) {
        if (settings.data().labelNamesAsDocuments()) {
            for (int label = 0; label < labels.size(); label++) {
                if (!labels.name(label).isEmpty()) {
                    words.add(labels.name(label));
                }
            }
        }
        Vocabulary vocabulary = words.build();
        TextFeatures text = new TextFeatures(settings.text(), vocabulary);
        if (text.size() == 0) {
            throw new InputException(
                    source,
                    0,
                    "none of its words occurs in at least " + settings.text().minFrequency()
                            + " examples; lower minFrequency");
        }
        return new TextFeatureSpace(text);
    }

    private FeatureSpace numericFeatures(String source) {
        if (numericFeatures < 1) {
            throw new InputException(source, 1, "the header declares no features");
        }
        boolean normalise = settings.data().l2NormaliseFeatures();
        float power = settings.data().featureIdf();
        return power == 0
                ? new NumericFeatureSpace(numericFeatures, normalise)
                : NumericFeatureSpace.weighted(normalise, featureFrequencies, numericExamples, power);
    }

    /**
     * The second pass must have read what this one counted, and have kept something.
     *
     * @throws InputException when a file has changed in between, or no example could be kept
     */
    void check(EncodedExamples train) {
        List<SourceFile> again = train.report().files();
        for (int i = 0; i < files.size(); i++) {
            if (!again.get(i).equals(files.get(i))) {
                throw new InputException(files.get(i).name(), 0, "changed while it was read; start again");
            }
        }
        if (train.examples().size() == 0) {
            throw new InputException(files.get(0).name(), 0, "no example has both known features and labels");
        }
    }

    FeatureSpace features() {
        return features;
    }

    LabelSet labels() {
        return labels;
    }

    @Nullable
    LabelNames names() {
        return names;
    }

    Pruning pruning() {
        return pruning;
    }

    VocabularyBuilder.Size counted() {
        return counted;
    }

    List<SourceFile> sourceFiles(List<SourceFile> validation) {
        List<SourceFile> all = new ArrayList<>(files);
        all.addAll(validation);
        if (names != null) {
            all.add(names.sourceFile());
        }
        return all;
    }
}
