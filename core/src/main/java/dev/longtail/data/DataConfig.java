package dev.longtail.data;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.text.VocabularyBuilder;

/** How files become training examples. */
public record DataConfig(
        @Setting("training examples a label needs to be learned, at least 0; with 0 the labels that only the file of"
                + " names holds become labels too")
        int minLabelFrequency,

        @Setting("add the name of each label as a training example that carries this label alone; needs texts and a"
                + " file of names")
        boolean labelNamesAsDocuments,

        @Setting("scale numbered features of an example to Euclidean length 1")
        boolean l2NormaliseFeatures,

        @Setting("power of their inverse document frequency by which values of numbered features are multiplied, before"
                + " the scaling, in [0, 4]; 0 for the values as they are")
        float featureIdf,

        @Setting("distinct terms held at once while the vocabulary is counted, at least 16; rarer ones are dropped"
                + " beyond it, and the report says so")
        int maxVocabularyEntries,

        @Setting("share of the training examples held out when no validation file is given, at least 0, below 1")
        double validationFraction,

        @Setting("examples held out when no validation file is given, at least 0; in place of validationFraction")
        int validationExamples) {

    public static final DataConfig DEFAULT = new DataConfig(1, false, true, 0, VocabularyBuilder.DEFAULT_ENTRIES, 0, 0);

    public DataConfig {
        Require.that(minLabelFrequency >= 0, "minLabelFrequency", "at least 0", minLabelFrequency);
        Require.that(featureIdf >= 0 && featureIdf <= 4, "featureIdf", "in [0, 4]", featureIdf);
        Require.that(maxVocabularyEntries >= 16, "maxVocabularyEntries", "at least 16", maxVocabularyEntries);
        Require.that(
                validationFraction >= 0 && validationFraction < 1,
                "validationFraction",
                "at least 0 and below 1",
                validationFraction);
        Require.that(validationExamples >= 0, "validationExamples", "at least 0", validationExamples);
        Require.that(
                validationExamples == 0 || validationFraction == 0,
                "validationExamples",
                "0 when validationFraction is given",
                validationExamples);
    }

    /** This configuration with label names as training examples, or without. */
    public DataConfig withLabelNamesAsDocuments(boolean names) {
        return new DataConfig(
                minLabelFrequency,
                names,
                l2NormaliseFeatures,
                featureIdf,
                maxVocabularyEntries,
                validationFraction,
                validationExamples);
    }

    /** This configuration with another least number of examples of a label. */
    public DataConfig withMinLabelFrequency(int frequency) {
        return new DataConfig(
                frequency,
                labelNamesAsDocuments,
                l2NormaliseFeatures,
                featureIdf,
                maxVocabularyEntries,
                validationFraction,
                validationExamples);
    }

    /** This configuration with a share or a number of examples held out; one of them is 0. */
    public DataConfig withValidation(double fraction, int examples) {
        return new DataConfig(
                minLabelFrequency,
                labelNamesAsDocuments,
                l2NormaliseFeatures,
                featureIdf,
                maxVocabularyEntries,
                fraction,
                examples);
    }

    /** This configuration with another bound of the table of terms. */
    public DataConfig withMaxVocabularyEntries(int entries) {
        return new DataConfig(
                minLabelFrequency,
                labelNamesAsDocuments,
                l2NormaliseFeatures,
                featureIdf,
                entries,
                validationFraction,
                validationExamples);
    }
}
