package dev.longtail.bench.fuzz;

import dev.longtail.data.SourceFile;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.ModelFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.format.Safetensors;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingScorer;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Model folders of which one file has been changed. By accident: its sums are no longer right, so nothing but the old
 * bytes may be read. On purpose: the sums have been put right, so that only the content can give it away; what is read
 * all the same is a model of the shape that the manifest tells, and gives suggestions.
 */
final class ModelTargets {

    private static final String MANIFEST = "model.json";
    private static final String SUM = "model.json.sha256";

    private final Path folder;

    /** @param folder for models */
    ModelTargets(Path folder) {
        this.folder = folder;
    }

    List<Target> all() throws IOException {
        List<Target> targets = new ArrayList<>();
        Map<String, String> arms = Map.of(
                "train.association.slots", "8",
                "train.direct.candidates", "4",
                "text.wordNgrams", "2",
                "model.table.ngrams", "false",
                "model.storedBits", "8");
        Map<String, String> layers = Map.of(
                "model.table.kind", "anchors",
                "model.table.anchors.count", "3",
                "model.body.intermediate", "5",
                "model.body.intermediateFanIn", "2",
                "model.output.order", "clusters",
                "model.output.clusterSize", "3");
        addTag(targets, "tag", TinyModels.tag(folder, "tag", arms));
        addTag(targets, "layers", TinyModels.tag(folder, "layers", layers));
        Path rate = TinyModels.rate(
                folder, "rate", Map.of("model.items.kind", "anchors", "model.items.anchors.count", "3"));
        for (String file : files(rate)) {
            targets.add(new Changed("rate/" + file, rate, file, true, ModelTargets::readRating));
        }
        targets.add(tensors(folder.resolve("tag").resolve("parameters.safetensors")));
        return targets;
    }

    private void addTag(List<Target> targets, String name, Path model) throws IOException {
        for (String file : files(model)) {
            targets.add(new Changed(name + "/" + file, model, file, true, ModelTargets::readTag));
        }
        for (String file : List.of("parameters.safetensors", "labels.tsv", MANIFEST, SUM)) {
            targets.add(new Changed(name + "/" + file + " by accident", model, file, false, ModelTargets::readTag));
        }
    }

    private static List<String> files(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(SUM))
                    .sorted()
                    .toList();
        }
    }

    private Target tensors(Path file) throws IOException {
        return new ParserTargets.Parser("safetensors", List.of(Files.readAllBytes(file)), input -> {
            Path copy = Files.write(folder.resolve("input.safetensors"), input);
            try (Safetensors tensors = Safetensors.open(copy)) {
                long bytes = 0;
                for (String name : tensors.names()) {
                    long elements = tensors.shape(name).stream().reduce(1L, Math::multiplyExact);
                    bytes += elements * tensors.type(name).bytes();
                }
                ParserTargets.check(bytes <= input.length, "tensors are larger than their file");
            }
        });
    }

    private static void readTag(Path model) throws IOException {
        LabelModelFolder.Stored stored = LabelModelFolder.read(model);
        LabelModel read = stored.model();
        int labels = stored.manifest().path("labels").asInt(-1);
        ParserTargets.check(labels == -1 || read.labels().size() > 0, "a model without labels");
        try (Workers one = new Workers(1)) {
            new Predictor(read, 3, one).suggest("the word1 of word2 and word3");
        }
    }

    private static void readRating(Path model) throws IOException {
        RatingModel read = RatingModelFolder.read(model).model();
        int[] users = {-1, 0, read.users().size() - 1, -1};
        int[] items = {0, -1, read.items().size() - 1, -1};
        float[] scores = new float[users.length];
        try (Workers one = new Workers(1)) {
            new RatingScorer(read, users.length).scores(users, items, users.length, scores, one);
        }
    }

    /** Reads a folder. */
    @FunctionalInterface
    interface FolderReading {
        void read(Path folder) throws IOException;
    }

    /**
     * A file of a model.
     *
     * @param mended whether the sums are made those of the changed file
     */
    private record Changed(String name, Path model, String file, boolean mended, FolderReading reading)
            implements Target {

        @Override
        public List<byte[]> seeds() {
            try {
                return List.of(Files.readAllBytes(model.resolve(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void read(byte[] input) throws IOException {
            Path copy = model.resolveSibling("changed");
            Files.createDirectories(copy);
            for (String each : inFolder(copy)) {
                Files.delete(copy.resolve(each));
            }
            for (String each : inFolder(model)) {
                Files.copy(model.resolve(each), copy.resolve(each));
            }
            Files.write(copy.resolve(file), input);
            if (mended) {
                mend(copy, input);
            }
            reading.read(copy);
            if (mended) {
                for (String name : ModelFolder.open(copy).files()) {
                    ParserTargets.check(name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), "a name leads out of the folder");
                }
            } else {
                ParserTargets.check(
                        Arrays.equals(input, Files.readAllBytes(model.resolve(file))), "a changed file passed its sum");
            }
        }

        private void mend(Path copy, byte[] input) throws IOException {
            Path manifest = copy.resolve(MANIFEST);
            if (!file.equals(MANIFEST)) {
                String text = Files.readString(manifest);
                Pattern entry = Pattern.compile("(\"name\"\\s*:\\s*\"" + Pattern.quote(file)
                        + "\",\\s*\"bytes\"\\s*:\\s*)[0-9]+(,\\s*\"sha256\"\\s*:\\s*\")[0-9a-f]{64}");
                Matcher found = entry.matcher(text);
                ParserTargets.check(found.find(), "the manifest does not list " + file);
                Files.writeString(
                        manifest, found.replaceFirst("$1" + input.length + "$2" + sha256(copy.resolve(file))));
            }
            Files.writeString(copy.resolve(SUM), sha256(manifest) + "  " + MANIFEST + "\n");
        }

        private static String sha256(Path file) throws IOException {
            return SourceFile.of(file).sha256();
        }

        private static List<String> inFolder(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(each -> each.getFileName().toString()).toList();
            }
        }
    }
}
