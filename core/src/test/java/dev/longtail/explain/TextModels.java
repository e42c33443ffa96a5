package dev.longtail.explain;

import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.FeatureEncoder;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.LabelSet;
import dev.longtail.data.RawExample;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.VocabularyBuilder;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Models of all kinds, trained on texts in which every label has words of its own between words that say nothing. */
public final class TextModels {

    public static final int LABELS = 40;

    private static final int TRAIN = 800;
    private static final String[] COMMON = {"The", "history", "of", "modern", "world", "and", "its", "people"};

    private TextModels() {}

    /** A text with words of a label and of the next one. */
    public static String text(int number) {
        SplittableRandom random = new SplittableRandom(7919 + number);
        int label = label(number);
        String noise = COMMON[random.nextInt(COMMON.length)];
        String own = "Fox" + label;
        return noise + " " + own + ", den" + label + (random.nextInt(3) == 0 ? "; " + own.toLowerCase(Locale.ROOT) : "")
                + " - " + COMMON[random.nextInt(COMMON.length)] + " den" + (label + 1) % LABELS + " unheard" + number;
    }

    public static int label(int number) {
        return number * 31 % LABELS;
    }

    /** The plain settings with some changed, each {@code name=value}. */
    public static LabelConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(
                Map.of("maxEpochs", "2", "text.minFrequency", "2", "initialScale", "0.5", "train.batch", "16"));
        for (String setting : settings) {
            if (!setting.isEmpty()) {
                values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        return Settings.override(LabelConfig.embedding(16, 8), values);
    }

    /** Trains a model with these settings. @param folder for temporary files */
    public static LabelModel train(LabelConfig config, Path folder) throws IOException {
        VocabularyBuilder vocabulary = new VocabularyBuilder(config.text(), 100_000);
        for (int number = 0; number < TRAIN; number++) {
            vocabulary.add(text(number));
        }
        FeatureSpace space = new TextFeatureSpace(new TextFeatures(config.text(), vocabulary.build()));
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int[] frequencies = new int[LABELS];
        for (int label = 0; label < LABELS; label++) {
            ids.add("<http://example.org/" + label + ">");
            names.add("foxes of kind " + label);
            frequencies[label] = TRAIN / LABELS;
        }
        LabelModel model = new LabelModel(config.model(), space, new LabelSet(ids, names, frequencies), TRAIN);
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, examples(space), Optional.empty());
        }
        return model;
    }

    /** The texts that models were trained on, in their order. */
    static Examples examples(FeatureSpace space) {
        FeatureEncoder encoder = space.newEncoder();
        return new Examples() {
            @Override
            public int size() {
                return TRAIN;
            }

            @Override
            public synchronized void read(int number, Example into) {
                encoder.encode(new RawExample().setText(text(number)), into);
                into.ensureLabels(1);
                into.labels[0] = label(number);
                into.labelCount = 1;
            }
        };
    }
}
