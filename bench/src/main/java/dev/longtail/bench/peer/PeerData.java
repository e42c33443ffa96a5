package dev.longtail.bench.peer;

import dev.longtail.data.DataEncoder;
import dev.longtail.data.DataFiles;
import dev.longtail.data.EncodedExamples;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.data.TrainingData;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.text.TextConfig;
import dev.longtail.train.LabelConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A data set as Longtail's own text pipeline prepares it: the same features, examples and labels for all systems. */
final class PeerData implements Closeable {

    /** Labels that a system suggests for an example. */
    static final int RANKS = 5;

    private final PeerFiles files;
    private final TextConfig text;
    private final TrainingData training;
    private final Path temporary;

    private PeerData(PeerFiles files, TextConfig text, TrainingData training, Path temporary) {
        this.files = files;
        this.text = text;
        this.training = training;
        this.temporary = temporary;
    }

    /**
     * Reads the training examples with the settings of the base preset. Nothing is held out, since no system here
     * stops early; where the preset makes training examples of the labels' names, all systems get these too.
     *
     * @param ngrams longest run of words that is a feature, 0 for the preset's
     */
    static PeerData open(PeerFiles files, int ngrams, Path temporary) throws IOException {
        LabelConfig config = LabelConfig.Preset.BASE.config();
        TextConfig text = ngrams == 0 ? config.text() : config.text().withWordNgrams(ngrams);
        DataFiles training = new DataFiles(List.of(files.train()), List.of(), files.labels(), null);
        TrainingData.Settings settings =
                new TrainingData.Settings(text, config.data().withValidation(0, 0));
        return new PeerData(
                files, text, TrainingData.prepare(training, settings, temporary, 1, ReadListener.NONE), temporary);
    }

    PeerFiles files() {
        return files;
    }

    TextConfig text() {
        return text;
    }

    /** Whether features are words of texts; otherwise they are numbers. */
    boolean texts() {
        return training.features() instanceof TextFeatureSpace;
    }

    Examples train() {
        return training.train();
    }

    /** Names of labels at the end of {@link #train}. */
    int nameExamples() {
        return training.nameExamples();
    }

    LabelSet labels() {
        return training.labels();
    }

    /** Number of features. */
    int features() {
        return training.features().size();
    }

    /** Features of all training examples together. */
    long trainFeatures() {
        long sum = 0;
        Example example = new Example();
        for (int i = 0; i < train().size(); i++) {
            train().read(i, example);
            sum += example.featureCount;
        }
        return sum;
    }

    /** Reads the test examples. */
    EncodedExamples encodeTest() throws IOException {
        return new DataEncoder(training.features(), training.labels(), temporary, ReadListener.NONE)
                .encode(List.of(files.test()), null, DataEncoder.Purpose.EVALUATE);
    }

    /**
     * Measures suggestions.
     *
     * @param best labels for each test example, best first
     */
    Metrics measure(Examples test, List<int[]> best) {
        RankingEvaluation evaluation = new RankingEvaluation(
                labels().frequencies(), training.labelledExamples(), Propensity.DEFAULT, 1, 3, RANKS);
        Example example = new Example();
        for (int i = 0; i < test.size(); i++) {
            test.read(i, example);
            int[] suggested = best.get(i);
            evaluation.add(suggested, suggested.length, example.labels, example.labelCount, example.unknownLabels);
        }
        return evaluation.metrics();
    }

    @Override
    public void close() throws IOException {
        training.close();
    }
}
