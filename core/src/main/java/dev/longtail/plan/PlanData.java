package dev.longtail.plan;

import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.LabelSet;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.data.TrainingData;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.text.TextConfig;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.Vocabulary;
import dev.longtail.text.VocabularyBuilder;
import java.util.Arrays;

/**
 * Prepared data as planning needs them: their counts, and all examples in memory, or every so many-th where all would
 * take too much.
 */
public final class PlanData {

    private final DataShape shape;
    private final FeatureSpace features;
    private final LabelSet labels;
    private final SparseRows rows;
    private final IdLists carried;
    private final int every;

    /** Examples in memory, one for so many. */
    private record Held(SparseRows rows, IdLists carried, int every) {}

    private PlanData(DataShape shape, FeatureSpace features, LabelSet labels, Held held) {
        this.shape = shape;
        this.features = features;
        this.labels = labels;
        this.rows = held.rows;
        this.carried = held.carried;
        this.every = held.every;
    }

    /**
     * Reads the training examples once more.
     *
     * @param mostEntries features that may be held, 8 bytes each, at least 1
     */
    public static PlanData of(TrainingData data, long mostEntries) {
        Require.that(mostEntries >= 1, "mostEntries", "at least 1", mostEntries);
        Examples train = data.train();
        long expected = Math.max(1, data.storedBytes() / 8);
        int every = (int) Math.max(1, (expected + mostEntries - 1) / mostEntries);
        int held = (train.size() + every - 1) / every;
        SparseRows rows = new SparseRows(held, (int) Math.min(Integer.MAX_VALUE - 8L, expected / every));
        IdLists carried = new IdLists(held, 3);
        Example example = new Example();
        for (int i = 0; i < train.size(); i += every) {
            train.read(i, example);
            rows.add(example.features, example.weights, example.featureCount);
            carried.add(example.labels, example.labelCount);
        }
        double scale = (double) train.size() / held;
        DataShape shape =
                DataShape.of(data, Math.round(scale * rows.start(held)), Math.round(scale * carried.start(held)));
        return new PlanData(shape, data.features(), data.labels(), new Held(rows, carried, every));
    }

    /** The counts. */
    public DataShape shape() {
        return shape;
    }

    FeatureSpace features() {
        return features;
    }

    LabelSet labels() {
        return labels;
    }

    /** Features of the examples that are held. */
    SparseRows rows() {
        return rows;
    }

    /** Labels of the examples that are held. */
    IdLists carried() {
        return carried;
    }

    /** One example is held for so many. */
    int every() {
        return every;
    }

    /**
     * The counts as they would be with terms that occur in more documents only; frequencies below those that the
     * vocabulary was made with change nothing.
     */
    DataShape shape(TextConfig config) {
        if (!(features instanceof TextFeatureSpace texts)) {
            return shape;
        }
        Vocabulary vocabulary = texts.features().vocabulary();
        long all = 0;
        long left = 0;
        int terms = 0;
        int words = 0;
        for (int term = 0; term < vocabulary.size(); term++) {
            int frequency = vocabulary.documentFrequency(term);
            all += frequency;
            if (stays(vocabulary, term, config)) {
                left += frequency;
                terms++;
                words += term < vocabulary.words() ? 1 : 0;
            }
        }
        long characters = vocabulary.tableSize().characters() * terms / Math.max(1, vocabulary.size());
        int buckets = features.size() - vocabulary.size();
        return less(
                (double) left / Math.max(1, all),
                Math.max(1, terms + buckets),
                words,
                new VocabularyBuilder.Size(terms, characters));
    }

    private static boolean stays(Vocabulary vocabulary, int term, TextConfig config) {
        int ngrams = config.minNgramFrequency() == 0 ? config.minFrequency() : config.minNgramFrequency();
        int least = term < vocabulary.words() ? config.minFrequency() : ngrams;
        return vocabulary.documentFrequency(term) >= least;
    }

    /** @param share of the entries that are left */
    private DataShape less(double share, int size, int words, VocabularyBuilder.Size vocabulary) {
        return new DataShape(
                shape.examples(),
                shape.validation(),
                Math.round(share * shape.entries()),
                shape.occurrences(),
                size,
                words,
                vocabulary,
                shape.counted(),
                shape.labels(),
                shape.storedBytes() - Math.round(8 * (1 - share) * shape.entries()));
    }

    /** These data with the counts of {@link #shape(TextConfig)}: examples without the terms that are too rare. */
    PlanData withVocabulary(TextConfig config) {
        if (!(features instanceof TextFeatureSpace texts)) {
            return this;
        }
        Vocabulary vocabulary = texts.features().vocabulary();
        int[] number = new int[features.size()];
        int[] kept = new int[vocabulary.size()];
        int count = 0;
        for (int term = 0; term < vocabulary.size(); term++) {
            boolean stays = stays(vocabulary, term, config);
            number[term] = stays ? count : -1;
            if (stays) {
                kept[count++] = term;
            }
        }
        if (count == vocabulary.size()) {
            return this;
        }
        for (int bucket = vocabulary.size(); bucket < number.length; bucket++) {
            number[bucket] = count + bucket - vocabulary.size();
        }
        Vocabulary fewer = vocabulary.select(Arrays.copyOf(kept, count));
        return renumbered(new TextFeatureSpace(new TextFeatures(config, fewer)), fewer, number);
    }

    private PlanData renumbered(TextFeatureSpace space, Vocabulary vocabulary, int[] number) {
        SparseRows fewer = new SparseRows(rows.rows(), rows.start(rows.rows()));
        Example example = new Example();
        for (int row = 0; row < rows.rows(); row++) {
            example.ensureFeatures(rows.start(row + 1) - rows.start(row));
            int count = 0;
            for (int at = rows.start(row); at < rows.start(row + 1); at++) {
                int feature = number[rows.columns()[at]];
                if (feature >= 0) {
                    example.features[count] = feature;
                    example.weights[count++] = rows.values()[at];
                }
            }
            fewer.add(example.features, example.weights, count);
        }
        double share = (double) fewer.start(rows.rows()) / Math.max(1, rows.start(rows.rows()));
        DataShape less = less(share, space.size(), space.words(), vocabulary.tableSize());
        return new PlanData(less, space, labels, new Held(fewer, carried, every));
    }

    /** Some of the examples that are held, evenly spread, as training reads them. */
    Examples some(int most) {
        int size = Math.min(most, rows.rows());
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void read(int example, Example into) {
                PlanData.this.read((int) ((long) example * rows.rows() / size), into);
            }
        };
    }

    private void read(int row, Example into) {
        int first = rows.start(row);
        into.featureCount = rows.start(row + 1) - first;
        into.ensureFeatures(into.featureCount);
        System.arraycopy(rows.columns(), first, into.features, 0, into.featureCount);
        System.arraycopy(rows.values(), first, into.weights, 0, into.featureCount);
        into.labelCount = carried.start(row + 1) - carried.start(row);
        into.ensureLabels(into.labelCount);
        System.arraycopy(carried.ids(), carried.start(row), into.labels, 0, into.labelCount);
        into.unknownLabels = 0;
    }
}
