package dev.longtail.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a data set looks like, in the counts by which sets with many labels are compared: examples, features, labels,
 * labels an example and examples a label.
 *
 * @param train        examples to learn from
 * @param test         examples to measure on; null when there are none
 * @param features     features that the training examples have
 * @param labels       labels of the training examples with their frequencies
 * @param namedLabels  labels of these that have a name
 * @param nameFeatures features when the names are examples as well; null when no names were given or nothing is learned
 *     from them because examples are numbered features
 */
public record DataFacts(
        Part train,
        @Nullable Part test,
        int features,
        LabelSet labels,
        int namedLabels,
        @Nullable Integer nameFeatures) {

    /**
     * Some examples.
     *
     * @param examples      all of them
     * @param labelled      those with a label
     * @param occurrences   their labels, each counted once for each example that carries it
     * @param unknownLabels occurrences of labels that the label set does not hold
     */
    public record Part(long examples, long labelled, long occurrences, long unknownLabels) {

        /** Mean number of labels of an example that has any. */
        public double labelsAnExample() {
            return (double) occurrences / Math.max(1, labelled);
        }
    }

    /** Mean number of training examples of a label. */
    public double examplesALabel() {
        return (double) (train.occurrences - train.unknownLabels) / labels.size();
    }

    /** The same when the name of each label is an example that carries this label alone. */
    public double examplesALabelWithNames() {
        return examplesALabel() + (double) namedLabels / labels.size();
    }

    /** Mean number of labels of a training example when names are examples. */
    public double labelsAnExampleWithNames() {
        return (double) (train.occurrences + namedLabels) / Math.max(1, train.labelled + namedLabels);
    }

    /**
     * Reads files and counts.
     *
     * @param files    the validation files take the place of the test files
     * @param settings how texts become features and labels are chosen
     * @throws dev.longtail.config.InputException at the first malformed line
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    public static DataFacts of(DataFiles files, TrainingData.Settings settings, ReadListener listener)
            throws IOException {
        Census plain = Census.take(files, names(settings, false), listener);
        LabelSet labels = plain.labels();
        Part train = count(files.train(), files.format(), labels, listener);
        Part test = files.validation().isEmpty() ? null : count(files.validation(), files.format(), labels, listener);
        Integer nameFeatures = null;
        if (files.labelNames() != null && plain.features() instanceof TextFeatureSpace) {
            nameFeatures = Census.take(files, names(settings, true), listener)
                    .features()
                    .size();
        }
        int named = 0;
        for (int label = 0; label < labels.size(); label++) {
            named += labels.name(label).isEmpty() ? 0 : 1;
        }
        return new DataFacts(train, test, plain.features().size(), labels, named, nameFeatures);
    }

    private static TrainingData.Settings names(TrainingData.Settings settings, boolean asDocuments) {
        return new TrainingData.Settings(settings.text(), settings.data().withLabelNamesAsDocuments(asDocuments));
    }

    private static Part count(List<Path> files, @Nullable DataFormat format, LabelSet labels, ReadListener listener)
            throws IOException {
        long[] counts = new long[4];
        for (Path file : files) {
            new FilePass("count", listener).run(file, format, example -> {
                example.removeRepeatedLabels();
                counts[0]++;
                counts[1] += example.labels.isEmpty() ? 0 : 1;
                counts[2] += example.labels.size();
                for (String label : example.labels) {
                    counts[3] += labels.indexOf(label) < 0 ? 1 : 0;
                }
            });
        }
        return new Part(counts[0], counts[1], counts[2], counts[3]);
    }
}
