package dev.longtail.plan;

import dev.longtail.config.Require;
import dev.longtail.data.Examples;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.LabelNames;
import dev.longtail.data.LabelSet;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.data.TrainingData;
import dev.longtail.text.VocabularyBuilder;

/**
 * The counts of a data set that the sizes of a run follow from.
 *
 * @param examples to learn from, at least 1
 * @param validation examples to validate on
 * @param entries features of all examples to learn from
 * @param occurrences labels of all examples to learn from
 * @param features number of features
 * @param words those of them that are single words, or all where they are no texts
 * @param vocabulary table of the features that are terms
 * @param counted table of all terms that were met while reading
 * @param labels the labels and their names
 * @param storedBytes of the temporary files of encoded examples
 */
public record DataShape(
        int examples,
        int validation,
        long entries,
        long occurrences,
        int features,
        int words,
        VocabularyBuilder.Size vocabulary,
        VocabularyBuilder.Size counted,
        LabelTexts labels,
        long storedBytes) {

    public DataShape {
        Require.that(examples >= 1, "examples", "at least 1", examples);
        Require.that(features >= 1 && words <= features, "features", "at least 1 and the words", features);
        Require.that(labels.count >= 1, "labels", "at least 1", labels.count);
    }

    /**
     * Labels, and the texts that are held for them.
     *
     * @param count number of labels
     * @param idCharacters of all ids
     * @param nameCharacters of all names
     * @param names read from a file, also those of other labels
     */
    public record LabelTexts(int count, long idCharacters, long nameCharacters, int names) {

        static LabelTexts of(TrainingData data) {
            LabelSet labels = data.labels();
            long ids = 0;
            long names = 0;
            for (int label = 0; label < labels.size(); label++) {
                ids += labels.id(label).length();
                names += labels.name(label).length();
            }
            LabelNames read = data.labelNames();
            return new LabelTexts(
                    labels.size(), ids, names, read == null ? 0 : read.ids().size());
        }
    }

    /**
     * The counts of prepared data.
     *
     * @param entries features of all examples to learn from
     * @param occurrences labels of all examples to learn from
     */
    static DataShape of(TrainingData data, long entries, long occurrences) {
        FeatureSpace features = data.features();
        Examples validation = data.validation();
        VocabularyBuilder.Size vocabulary = features instanceof TextFeatureSpace texts
                ? texts.features().vocabulary().tableSize()
                : VocabularyBuilder.Size.NONE;
        return new DataShape(
                data.train().size(),
                validation == null ? 0 : validation.size(),
                entries,
                occurrences,
                features.size(),
                features.words(),
                vocabulary,
                data.counted(),
                LabelTexts.of(data),
                data.storedBytes());
    }

    /** Features that have a row in the input table. */
    public int read(boolean ngrams) {
        return ngrams ? features : words;
    }
}
