package dev.longtail.server;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.Provenance;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Models that are soon trained: each of 20 labels has a word of its own. Trained once for all tests. */
final class TinyModels {

    static final int LABELS = 20;

    private static final String[] COMMON = {"the", "of", "and", "history", "modern", "world"};

    /** Calibrated, with labels {@code <http://first.example/0>} and so on, named "first 0". */
    static final Path FIRST = train("first", "<http://first.example/", true);

    /** Calibrated, with labels {@code <http://second.example/0>} and so on. */
    static final Path SECOND = train("second", "<http://second.example/", true);

    /** Not calibrated. */
    static final Path PLAIN = train("plain", "<http://plain.example/", false);

    /** Not calibrated, its input table of eight anchors. */
    static final Path ANCHORS = train(
            "anchored",
            "<http://anchored.example/",
            false,
            Map.of("model.table.kind", "anchors", "model.table.anchors.count", "8", "model.table.anchors.links", "3"));

    private TinyModels() {}

    static String text(int label) {
        return "the word" + label + " of history";
    }

    private static Path train(String name, String prefix, boolean calibrated) {
        return train(name, prefix, calibrated, Map.of());
    }

    private static Path train(String name, String prefix, boolean calibrated, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("maxEpochs", "4");
        all.put("validationFraction", calibrated ? "0.25" : "0");
        try {
            Path folder = Files.createTempDirectory("longtail-" + name);
            folder.toFile().deleteOnExit();
            return train(folder, name, prefix, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path train(Path folder, String name, String prefix, Map<String, String> settings)
            throws IOException {
        LabelConfig config = Settings.override(LabelConfig.embedding(32, 16), settings);
        DataFiles files =
                new DataFiles(List.of(examples(folder, prefix)), List.of(), names(folder, name, prefix), null);
        long seed = config.train().seed();
        try (Workers workers = new Workers(2);
                TrainingData data =
                        TrainingData.prepare(files, config.dataSettings(), folder, seed, ReadListener.NONE)) {
            LabelModel model = config.newModel(data);
            List<EpochReport> epochs = new LabelTrainer(
                            config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            LabelModelFolder.write(folder.resolve(name), model, config, Provenance.of(data, epochs), false);
        }
        return folder.resolve(name);
    }

    private static Path examples(Path folder, String prefix) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int label = i % LABELS;
            String common = COMMON[random.nextInt(COMMON.length)];
            lines.add(common + " word" + label + " history\t" + prefix + label + ">");
        }
        return Files.write(folder.resolve("train.tsv"), lines);
    }

    private static Path names(Path folder, String name, String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int label = 0; label < LABELS; label++) {
            lines.add(prefix + label + ">\t" + name + " " + label);
        }
        return Files.write(folder.resolve("labels.tsv"), lines);
    }
}
