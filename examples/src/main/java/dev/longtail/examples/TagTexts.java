package dev.longtail.examples;

import dev.longtail.data.DataFiles;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.Provenance;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Longtail as a library: trains on labelled texts, writes the model, reads it back and suggests labels for a sentence.
 * The lines between the markers are those of README.md, and a test keeps them the same.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp ... dev.longtail.examples.TagTexts MODEL [TRAIN LABELS]
 * </pre>
 */
public final class TagTexts {

    private static final String SAMPLE = "examples/data/finna-yso-sample/";

    private TagTexts() {}

    /** Arguments: a new folder for the model; a training file and a file of label names, or none for the sample. */
    public static void main(String[] arguments) throws IOException {
        boolean sample = arguments.length < 3;
        Path train = Path.of(sample ? SAMPLE + "train.tsv.gz" : arguments[1]);
        Path labels = Path.of(sample ? SAMPLE + "labels.tsv.gz" : arguments[2]);
        run(train, labels, Path.of(arguments[0]));
    }

    static void run(Path train, Path labels, Path folder) throws IOException {
        // example:start
        LabelConfig config = LabelConfig.Preset.SMALL.config();
        DataFiles files = new DataFiles(List.of(train), List.of(), labels, null);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long seed = config.train().seed();
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                TrainingData data =
                        TrainingData.prepare(files, config.dataSettings(), temporary, seed, ReadListener.NONE)) {
            LabelModel model = config.newModel(data);
            List<EpochReport> epochs = new LabelTrainer(
                            config.train(), config.rewire(), workers, TrainListener.SILENT, temporary)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            LabelModelFolder.write(folder, model, config, Provenance.of(data, epochs), false);

            LabelModel read = LabelModelFolder.read(folder).model();
            for (Suggestion suggestion : new Predictor(read, 5, workers).suggest("Birds of the northern forests")) {
                System.out.println(suggestion.score() + " " + suggestion.id() + " " + suggestion.name());
            }
        }
        // example:end
    }
}
