package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFacts;
import dev.longtail.data.DataFiles;
import dev.longtail.data.LabelSet;
import dev.longtail.data.TrainingData;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import dev.longtail.model.LabelModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "inspect",
        description = "Shows what is in a model folder, after checking all its checksums, or in files of examples.",
        footer = {
            "",
            "Features are counted as train counts them with the same --preset, --config and --set.",
            "",
            "An anchor table makes the vectors of words, users or items from a few anchors that they share:",
            "--anchors, --clusters, --pairs and --zero-rows show what it has learned. A link is a weight of",
            "an object on an anchor that is not 0.",
            "",
            "Examples:",
            "  longtail inspect --model my-model",
            "  longtail inspect --model my-model --json",
            "  longtail inspect --model my-anchor-model --anchors 5 --zero-rows",
            "  longtail inspect --model my-rating-model --table items --clusters --pairs 20 --least 50",
            "  longtail inspect --data train.tsv.gz --test test.tsv.gz --labels labels.tsv.gz",
            "  longtail inspect --data train.tsv.gz --preset small --set text.minFrequency=5",
        })
final class InspectCommand implements Callable<Integer> {

    private static final int NAMED_LABELS = 5;
    private static final int DEGREE_RANGES = 8;

    private final Console console;

    @Option(names = "--model", paramLabel = "DIR", description = "Folder of a model.")
    private @Nullable Path model;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "F",
            description = "Files of training examples, in one of the formats of train.")
    private List<Path> data = List.of();

    @Option(
            names = "--test",
            arity = "1..*",
            paramLabel = "F",
            description = "With --data: files of examples to measure on.")
    private List<Path> test = List.of();

    @Mixin
    private final LabelNameOptions labels = new LabelNameOptions();

    @Mixin
    private final SettingOptions settings = new SettingOptions();

    @Mixin
    private final RunOptions.Format format = new RunOptions.Format();

    @Mixin
    private final AnchorOptions anchors = new AnchorOptions();

    @Option(names = "--json", description = "Write one JSON object instead of tables.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if ((model == null) == data.isEmpty()) {
            throw new UsageException("give either --model DIR or --data F...");
        }
        anchors.check();
        if (model != null) {
            checkDataOptions();
            return anchors.any() ? new AnchorInspect(console, anchors).run(model, json) : inspect(model);
        }
        if (anchors.any()) {
            throw new UsageException("--anchors, --clusters, --pairs and --zero-rows go with --model, not with --data");
        }
        TrainingData.Settings asked = settings.config().dataSettings();
        return Interruption.guard(console, () -> "nothing was written", () -> inspectData(asked));
    }

    private void checkDataOptions() {
        if (!test.isEmpty() || labels.any() || format.orNull() != null || settings.any()) {
            throw new UsageException(
                    "--test, --labels, --label-language, --format, --preset, --config and --set go with --data, not"
                            + " with --model");
        }
    }

    private int inspectData(TrainingData.Settings asked) throws IOException {
        DataFiles files = new DataFiles(data, test, labels.file(), format.orNull(), labels.reader(console));
        DataTables tables;
        try (ProgressDisplay progress = ProgressDisplay.on(console)) {
            tables = new DataTables(DataFacts.of(files, asked, progress));
        }
        if (json) {
            console.out().println(Json.line(tables.json()));
        } else {
            tables.print(console.out());
        }
        console.flush();
        return Failures.DONE;
    }

    private int inspect(Path folder) throws IOException {
        if (TaskOptions.isRate(folder)) {
            return new RateInspect(console).run(folder, json);
        }
        LabelModelFolder.Stored stored = LabelModelFolder.read(folder);
        if (json) {
            console.out().println(Json.line(InspectJson.of(folder, stored)));
        } else {
            print(folder, stored);
        }
        console.flush();
        return Failures.DONE;
    }

    private void print(Path folder, LabelModelFolder.Stored stored) throws IOException {
        PrintWriter out = console.out();
        LabelModel read = stored.model();
        out.println("A model of task " + stored.manifest().path("task").asString("") + ": "
                + Texts.count(read.labels().size()) + " labels, "
                + Texts.count(read.features().size()) + " features, "
                + Texts.count(read.trainExamples()) + " training examples; all checksums are right.");
        out.println("Layers: " + ModelFacts.layers(read) + ".");
        out.println("Numbers: " + ModelFacts.numbers(read) + ".");
        out.println("Association arm: " + ModelFacts.association(read) + ".");
        out.println("Direct arm: " + ModelFacts.direct(read) + ".");
        out.println("Score: " + read.mixture() + ".");
        out.println("Probabilities: " + ModelFacts.probabilities(read) + ".");
        out.println();
        printFiles(folder, out);
        printTensors(read, out);
        printDegrees(read, out);
        printLabels(read, out);
        out.println("Settings");
        for (Settings.Leaf leaf : Settings.leaves(stored.config())) {
            out.println("  " + leaf.path() + " = " + leaf.defaultText());
        }
        out.println();
        printOrigin(stored.manifest(), out);
    }

    private static void printOrigin(ObjectNode manifest, PrintWriter out) {
        JsonNode provenance = manifest.path("provenance");
        out.println("Origin");
        out.println("  trained " + manifest.path("created").asString("") + " by version "
                + provenance.path("libraryVersion").asString("") + " with kernels "
                + provenance.path("kernels").asString("") + ", epoch "
                + provenance.path("bestEpoch").asString("") + " of "
                + provenance.path("epochs").asString(""));
        for (JsonNode file : provenance.path("files")) {
            out.println("  from " + Texts.printable(file.path("name").asString("")) + ", "
                    + file.path("bytes").asString("") + " bytes, SHA-256 "
                    + file.path("sha256").asString(""));
        }
        String measures = Stream.of("P@1", "P@3", "P@5", "nDCG@5", "R@5", "PSP@5")
                .filter(provenance.path("validation")::has)
                .map(name -> name + " "
                        + Texts.percent(provenance.path("validation").path(name).asDouble()) + " %")
                .collect(Collectors.joining(", "));
        out.println(measures.isEmpty() ? "  not validated" : "  validation " + measures);
    }

    private static void printFiles(Path folder, PrintWriter out) throws IOException {
        Table files = Table.ofNumbers("file", "bytes");
        ModelFacts.files(folder).forEach((name, bytes) -> files.row(name, Texts.count(bytes)));
        files.row("all", Texts.count(ModelTarget.bytes(folder))).print(out);
        out.println();
    }

    private static void printTensors(LabelModel read, PrintWriter out) {
        Table tensors = Table.ofNumbers("numbers", "type", "shape", "bytes", "zeros %");
        for (ModelFacts.TensorFacts tensor : ModelFacts.tensors(read)) {
            tensors.row(
                    tensor.name(),
                    tensor.type().name(),
                    tensor.shapeText(),
                    Texts.count(tensor.bytes()),
                    Texts.percent(tensor.shareOfZeros()));
        }
        tensors.print(out);
        out.println();
    }

    private static void printDegrees(LabelModel read, PrintWriter out) {
        int[] degrees = ModelFacts.inDegrees(read);
        if (degrees.length > 0) {
            Table table = Table.ofNumbers("hidden units with so many connections", "units");
            for (ModelFacts.Range range : ModelFacts.histogram(degrees, DEGREE_RANGES)) {
                table.row(range.text(), Texts.count(range.count()));
            }
            table.print(out);
            out.println();
        }
    }

    private static void printLabels(LabelModel read, PrintWriter out) {
        LabelBands bands = LabelBands.of(read.labels().frequencies());
        List<String> names = MetricTables.bandNames(bands);
        Table frequencies = Table.ofNumbers("labels with so many training examples", "labels");
        for (ModelFacts.Range range : ModelFacts.frequencies(read)) {
            frequencies.row(range.text(), Texts.count(range.count()));
        }
        frequencies.print(out);
        out.println();
        Table thirds = Table.ofNumbers("a third of the label occurrences each", "labels");
        for (Band band : Band.values()) {
            thirds.row(names.get(band.ordinal()), Texts.count(bands.labels().getOrDefault(band, 0)));
        }
        thirds.print(out);
        out.println();
        out.println("Most frequent labels");
        LabelSet labels = read.labels();
        for (int label : ModelFacts.mostFrequent(read, NAMED_LABELS)) {
            out.println("  " + Texts.count(labels.frequency(label)) + "  "
                    + Texts.printable(labels.id(label) + " " + labels.name(label))
                            .strip());
        }
        out.println();
    }
}
