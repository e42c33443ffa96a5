package dev.longtail.bench.fuzz;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.Provenance;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.format.RatingProvenance;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.rating.SeenItems;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Models of a few kilobytes with all files that a model can have. */
final class TinyModels {

    private TinyModels() {}

    /** A model that tags, in a new folder. @param settings changes to an embedding arm alone */
    static Path tag(Path folder, String name, Map<String, String> settings) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int label = random.nextInt(6);
            lines.add("the word" + label + " of word" + random.nextInt(6) + "\t<http://x.org/" + label + ">");
        }
        Path train = Files.write(folder.resolve("train.tsv"), lines);
        Map<String, String> changes = new HashMap<>(settings);
        changes.put("train.maxEpochs", "2");
        changes.put("data.validationFraction", "0.3");
        LabelConfig config = Settings.override(LabelConfig.embedding(4, 2), changes);
        try (Workers workers = new Workers(1);
                TrainingData data = TrainingData.prepare(
                        new DataFiles(train), config.dataSettings(), folder, 1, ReadListener.NONE)) {
            LabelModel model = config.newModel(data);
            List<EpochReport> epochs = new LabelTrainer(
                            config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            Path target = folder.resolve(name);
            LabelModelFolder.write(target, model, config, Provenance.of(data, epochs), false);
            return target;
        }
    }

    /** A model that rates, in a new folder, with what users have rated. */
    static Path rate(Path folder, String name, Map<String, String> settings) throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder lines = new StringBuilder("user,item,rating\n");
        for (int i = 0; i < 150; i++) {
            lines.append('u')
                    .append(random.nextInt(9))
                    .append(",i")
                    .append(random.nextInt(7))
                    .append(',');
            lines.append(1 + random.nextInt(5)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("train.csv"), lines);
        Map<String, String> changes = new HashMap<>(settings);
        changes.put("train.maxEpochs", "2");
        changes.put("model.users.dimension", "3");
        changes.put("model.items.dimension", "3");
        RatingConfig config = Settings.override(RatingConfig.DEFAULT, changes);
        RatingData data =
                RatingData.read(new RatingFiles(List.of(file), List.of(), null), config.data(), 1, ReadListener.NONE);
        RatingModel model = config.newModel(data);
        try (Workers workers = new Workers(1)) {
            List<RatingEpochReport> epochs = new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, data.train(), data.validation());
            model.seen(Optional.of(SeenItems.of(data.train(), data.users().size())));
            Path target = folder.resolve(name);
            RatingModelFolder.write(target, model, config, RatingProvenance.of(data, epochs), false);
            return target;
        }
    }
}
