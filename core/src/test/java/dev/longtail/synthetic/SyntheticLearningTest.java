package dev.longtail.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.synthetic.SyntheticExamples.Part;
import dev.longtail.train.Evaluation;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticLearningTest {

    private static final int LABELS = 1000;
    private static final int TEST = 1000;

    @TempDir
    private Path folder;

    @Test
    void whatWasPlantedCanBeLearnedAndRareLabelsAreHarder() throws IOException {
        SyntheticConfig config = SyntheticConfig.DEFAULT.withSize(LABELS, 5000, 10_000);
        SyntheticExamples train = config.train();
        int[] frequencies = train.labelFrequencies();
        LabelConfig settings = Settings.override(
                LabelConfig.embedding(128, 32), Map.of("dimension", "64", "maxEpochs", "3", "interval", "50"));
        LabelModel model = new LabelModel(
                settings.model(),
                new NumericFeatureSpace(config.features(), false),
                LabelSet.numbered(frequencies),
                train.size());
        SyntheticExamples test = config.part(Part.TEST, TEST);
        RankingEvaluation found;
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(settings.train(), settings.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, train, Optional.empty());
            found = new Evaluation(model, 64, workers, 1, 3, 5).rank(test, Propensity.DEFAULT);
        }
        double precision = found.metrics().at(1).precision();
        assertThat(precision).isBetween(0.3, 0.8);
        assertThat(precision).isGreaterThan(4 * alwaysMostFrequent(test, frequencies));
        Map<String, Number> measures = found.metrics().toMap();
        assertThat(measures.get("head.R@5").doubleValue())
                .isGreaterThan(measures.get("middle.R@5").doubleValue() + 0.1);
        assertThat(measures.get("middle.R@5").doubleValue())
                .isGreaterThan(measures.get("tail.R@5").doubleValue() + 0.1);
    }

    /** Precision at 1 of the answer that is the most frequent label whatever the question. */
    private static double alwaysMostFrequent(Examples examples, int[] frequencies) {
        int top = 0;
        for (int label = 0; label < frequencies.length; label++) {
            top = frequencies[label] > frequencies[top] ? label : top;
        }
        Example example = new Example();
        int hits = 0;
        for (int number = 0; number < examples.size(); number++) {
            examples.read(number, example);
            for (int i = 0; i < example.labelCount; i++) {
                hits += example.labels[i] == top ? 1 : 0;
            }
        }
        return hits / (double) examples.size();
    }
}
