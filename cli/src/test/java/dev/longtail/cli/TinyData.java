package dev.longtail.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Examples that are easy to learn: each label has a word of its own, which stands between common words. */
final class TinyData {

    static final int LABELS = 20;

    /** Arguments that make a run on such data short. */
    static final List<String> SMALL = List.of(
            "--preset",
            "small",
            "--set",
            "dimension=32",
            "--set",
            "fanIn=16",
            "--set",
            "direct.candidates=0",
            "--set",
            "storedBits=32",
            "--set",
            "group=1",
            "--set",
            "output.order=numbers",
            "--max-epochs",
            "4",
            "--threads",
            "2");

    private static final String[] COMMON = {"the", "of", "and", "history", "modern", "world"};

    private TinyData() {}

    /** Files of one format. */
    enum Format {
        ANNIF,
        XC,
        FASTTEXT,
        JSONL
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

    /** Runs train with these arguments and {@link #SMALL}. */
    static Ran train(String... arguments) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(SMALL);
        return Ran.of(all.toArray(String[]::new));
    }
}
