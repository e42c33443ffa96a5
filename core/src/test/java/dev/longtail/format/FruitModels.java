package dev.longtail.format;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.TrainingData;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Models that are trained on four lines. */
public final class FruitModels {

    /** Three labels. */
    public static final String EXAMPLES =
            "red apples and pears\t<fruit> <colour>\nblue sky\t<colour>\napples\t<fruit>\nsky over sea\t<nature>\n";

    private FruitModels() {}

    /** Settings with every word and without validation. @param changed each {@code name=value} */
    public static LabelConfig config(Map<String, String> usual, String... changed) {
        Map<String, String> values = new HashMap<>(usual);
        values.put("validationFraction", "0");
        values.put("minFrequency", "1");
        for (String setting : changed) {
            int equals = setting.indexOf('=');
            values.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return Settings.override(LabelConfig.embedding(128, 32), values);
    }

    /** Trains a model on lines of examples. @param folder for them and for temporary files */
    public static LabelModel train(LabelConfig config, Path folder, String examples, int threads) throws IOException {
        Path file = Files.writeString(folder.resolve("train.tsv"), examples, StandardCharsets.UTF_8);
        try (TrainingData data =
                        TrainingData.prepare(new DataFiles(file), config.dataSettings(), folder, 1, progress -> {});
                Workers workers = new Workers(threads)) {
            LabelModel model = config.newModel(data);
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.empty());
            return model;
        }
    }
}
