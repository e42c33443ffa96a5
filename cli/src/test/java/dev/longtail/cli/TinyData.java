package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Examples that are easy to learn: each label has a word of its own, which stands between common words. */
final class TinyData {

    static final int LABELS = 20;

    /**
     * Arguments for a plain model that is soon trained, whatever the presets are: 32 hidden units, fan-in 16, at most 4
     * epochs. They come from a file, which --set and --max-epochs may change.
     */
    static final List<String> SETTINGS =
            List.of("--preset", "small", "--config", plainSettings().toString());

    private static final String[] COMMON = {"the", "of", "and", "history", "modern", "world"};

    private TinyData() {}

    /** Files of one format. */
    enum Format {
        ANNIF,
        XC,
        FASTTEXT,
        JSONL
    }

    private static Path plainSettings() {
        LabelConfig plain = Settings.override(LabelConfig.embedding(32, 16), Map.of("maxEpochs", "4"));
        Set<Settings.Leaf> preset = Set.copyOf(Settings.leaves(LabelConfig.Preset.SMALL.config()));
        // only what differs, because a run may remark on a setting that it was given
        List<String> lines = Settings.leaves(plain).stream()
                .filter(leaf -> !preset.contains(leaf))
                .map(leaf -> leaf.path() + " = " + leaf.defaultText())
                .toList();
        try {
            Path file = Files.createTempFile("plain", ".properties");
            file.toFile().deleteOnExit();
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes 400 examples. */
    static Path write(Path folder, String name, Format format, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        if (format == Format.XC) {
            lines.add("400 " + (LABELS + COMMON.length) + " " + LABELS);
        }
        for (int i = 0; i < 400; i++) {
            int label = random.nextInt(LABELS);
            int common = random.nextInt(COMMON.length);
            lines.add(
                    switch (format) {
                        case ANNIF -> text(label, common) + "\t<" + id(label) + ">";
                        case FASTTEXT -> "__label__L" + label + " " + text(label, common);
                        case JSONL -> "{\"text\":\"" + text(label, common) + "\",\"labels\":[\"L" + label + "\"]}";
                        case XC -> label + " " + label + ":1 " + (LABELS + common) + ":0.5";
                    });
        }
        return Files.write(folder.resolve(name), lines);
    }

    static Path labelNames(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int label = 0; label < LABELS; label++) {
            lines.add("<" + id(label) + ">\tName of word" + label);
        }
        return Files.write(folder.resolve("labels.tsv"), lines);
    }

    static String id(int label) {
        return "http://example.org/" + label;
    }

    static String text(int label, int common) {
        return COMMON[common] + " word" + label + " " + COMMON[(common + 1) % COMMON.length];
    }

    /** Trains on annif data with names and returns the model's folder. */
    static Path model(Path folder) throws IOException {
        Path model = folder.resolve("model");
        Ran ran = train(
                "--train", write(folder, "train.tsv", Format.ANNIF, 1).toString(),
                "--labels", labelNames(folder).toString(),
                "--model", model.toString());
        if (ran.code() != 0) {
            throw new AssertionError(ran.err());
        }
        return model;
    }

    /** Runs train with these arguments and {@link #SETTINGS}, on two threads. */
    static Ran train(String... arguments) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(SETTINGS);
        all.addAll(List.of("--threads", "2"));
        return Ran.of(all.toArray(String[]::new));
    }
}
