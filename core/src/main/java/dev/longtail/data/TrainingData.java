package dev.longtail.data;

import dev.longtail.config.Require;
import dev.longtail.text.TextConfig;
import dev.longtail.text.VocabularyBuilder;
import dev.longtail.text.VocabularyBuilder.Pruning;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a training run reads, prepared: the frozen feature space and label set, and the encoded examples.
 *
 * <p>Held-out examples have been counted in the vocabulary and in the label frequencies before they were held out.
 */
public final class TrainingData implements Closeable {

    private final Census census;
    private final EncodedExamples train;
    private final @Nullable EncodedExamples validation;
    private final @Nullable Split split;
    private final int nameExamples;

    private TrainingData(
            Census census,
            EncodedExamples train,
            @Nullable EncodedExamples validation,
            @Nullable Split split,
            int nameExamples) {
        this.census = census;
        this.train = train;
        this.validation = validation;
        this.split = split;
        this.nameExamples = nameExamples;
    }

    /**
     * Reads the training files twice: a first pass counts words and labels, a second one encodes the examples; then
     * the validation files are encoded.
     *
     * @param temporaryFolder where the encoded examples are kept until {@link #close}
     * @param seed            decides which examples are held out
     * @throws dev.longtail.config.InputException at the first malformed line, or when nothing is left to learn from
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    public static TrainingData prepare(
            DataFiles files, Settings settings, Path temporaryFolder, long seed, ReadListener listener)
            throws IOException {
        Census census = Census.take(files, settings, listener);
        DataEncoder encoder = new DataEncoder(census.features(), census.labels(), temporaryFolder, listener);
        boolean names = settings.data.labelNamesAsDocuments() && census.features() instanceof TextFeatureSpace;
        EncodedExamples train = encoder.encode(files.train(), files.format(), DataEncoder.Purpose.TRAIN, names);
        EncodedExamples validation = null;
        try {
            census.check(train);
            if (!files.validation().isEmpty()) {
                validation = encoder.encode(files.validation(), files.format(), DataEncoder.Purpose.EVALUATE);
            }
            int fromFiles = (int) train.report().kept();
            Split split = validation == null ? holdOut(train.examples(), fromFiles, settings.data, seed) : null;
            return new TrainingData(
                    census, train, validation, split, train.examples().size() - fromFiles);
        } catch (IOException | RuntimeException e) {
            train.close();
            if (validation != null) {
                validation.close();
            }
            throw e;
        }
    }

    /**
     * How texts and files become examples.
     *
     * @param features of a model whose encoder will be taken over, its text settings being {@code text}: words that it
     *     does not know are left out; null for the features of the training files
     */
    public record Settings(
            TextConfig text, DataConfig data, @Nullable FeatureSpace features) {
        public static final Settings DEFAULT = new Settings(TextConfig.DEFAULT, DataConfig.DEFAULT);

        /** With the features of the training files. */
        public Settings(TextConfig text, DataConfig data) {
            this(text, data, null);
        }
    }

    private static @Nullable Split holdOut(Examples examples, int eligible, DataConfig config, long seed) {
        Split split;
        if (config.validationExamples() > 0) {
            split = Split.byCount(examples, eligible, config.validationExamples(), seed);
        } else if (config.validationFraction() > 0) {
            split = Split.byFraction(examples, eligible, config.validationFraction(), seed);
        } else {
            return null;
        }
        if (split.train().size() == 0 || split.heldOut().size() == 0) {
            throw new IllegalArgumentException("holding out " + split.heldOut().size() + " of " + examples.size()
                    + " examples leaves nothing to learn from or nothing to validate on; change validationFraction or"
                    + " validationExamples, or give a validation file");
        }
        return split;
    }

    /** How examples become features. */
    public FeatureSpace features() {
        return census.features();
    }

    public LabelSet labels() {
        return census.labels();
    }

    /** Examples to learn from. */
    public Examples train() {
        return split == null ? train.examples() : split.train();
    }

    /** Examples to validate on: of the validation files or held out; null when there are none. */
    public @Nullable Examples validation() {
        if (split != null) {
            return split.heldOut();
        }
        return validation == null ? null : validation.examples();
    }

    /**
     * Where an example of {@link #train} comes from: its number among the examples of the files that are kept, in the
     * order of the files; those behind them are names of labels.
     */
    public int origin(int trainExample) {
        return split == null ? trainExample : split.numberOf(trainExample);
    }

    /**
     * The label whose name an example of {@link #train} is.
     *
     * @throws IllegalArgumentException when it is no name but stands in a file
     */
    public int nameLabel(int trainExample) {
        Require.that(
                origin(trainExample) >= trainReport().kept(), "example", "a label's name", "one of a training file");
        Example example = new Example();
        train().read(trainExample, example);
        return example.labels[0];
    }

    /** What became of the training examples, those held out included; label names are not counted. */
    public ReadReport<ExampleIssue> trainReport() {
        return train.report();
    }

    /** What became of the examples of the validation files; null when there are none. */
    public @Nullable ReadReport<ExampleIssue> validationReport() {
        return validation == null ? null : validation.report();
    }

    /**
     * Training examples with a label, which the frequencies of {@link #labels} are parts of. Those that were left out
     * for having no known feature are among them, names of labels are not.
     */
    public int labelledExamples() {
        return Math.toIntExact(trainReport().read() - trainReport().count(ExampleIssue.NO_LABELS));
    }

    /** Label names that were added as training examples, at the end of {@link #train}. */
    public int nameExamples() {
        return nameExamples;
    }

    /** What the bound on the vocabulary's table cost; {@link Pruning#NONE} when counts are exact. */
    public Pruning pruning() {
        return census.pruning();
    }

    /** Terms that were met while the vocabulary was counted, also those that are no features. */
    public VocabularyBuilder.Size counted() {
        return census.counted();
    }

    /** Size of the temporary files of the encoded examples. */
    public long storedBytes() {
        return train.examples().bytes()
                + (validation == null ? 0 : validation.examples().bytes());
    }

    /** The names that were given, null when there were none. */
    public @Nullable LabelNames labelNames() {
        return census.names();
    }

    /** All files that were read, for the provenance of a model. */
    public List<SourceFile> sourceFiles() {
        return census.sourceFiles(
                validation == null ? List.of() : validation.report().files());
    }

    /** Deletes the encoded examples. */
    @Override
    public void close() throws IOException {
        try {
            train.close();
        } finally {
            if (validation != null) {
                validation.close();
            }
        }
    }
}
