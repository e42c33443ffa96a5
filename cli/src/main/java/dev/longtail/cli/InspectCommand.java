package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.data.LabelSet;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import dev.longtail.model.LabelModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        description = "Shows what is in a model folder, after checking all its checksums.",
        footer = {
            "",
            "Examples:",
            "  longtail inspect --model my-model",
            "  longtail inspect --model my-model --json",
        })
final class InspectCommand implements Callable<Integer> {

    private static final int NAMED_LABELS = 5;

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(names = "--json", description = "Write one JSON object instead of tables.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LabelModelFolder.Stored stored = LabelModelFolder.read(model.path());
        if (json) {
            console.out().println(Json.line(InspectJson.of(model.path(), stored)));
        } else {
            print(stored);
        }
        console.flush();
        return Failures.DONE;
    }

    private void print(LabelModelFolder.Stored stored) throws IOException {
        PrintWriter out = console.out();
        LabelModel read = stored.model();
        out.println(Texts.count(read.labels().size()) + " labels, "
                + Texts.count(read.features().size()) + " features, "
                + Texts.count(read.trainExamples()) + " training examples; all checksums are right.");
        out.println();
        printFiles(out);
        printTensors(read, out);
        printDegrees(read, out);
        printLabels(read, out);
        out.println("Settings");
        for (Settings.Leaf leaf : Settings.leaves(stored.config())) {
            out.println("  " + leaf.path() + " = " + leaf.defaultText());
        }
        out.println();
        out.println("Provenance");
        InspectJson.withoutSettings(stored.manifest())
                .properties()
                .forEach(field -> out.println("  " + field.getKey() + " = " + field.getValue()));
    }

    private void printFiles(PrintWriter out) throws IOException {
        Table files = Table.ofNumbers("file", "bytes");
        ModelFacts.files(model.path()).forEach((name, bytes) -> files.row(name, Texts.count(bytes)));
        files.row("all", Texts.count(ModelTarget.bytes(model.path()))).print(out);
        out.println();
    }

    private static void printTensors(LabelModel read, PrintWriter out) {
        Table tensors = Table.ofNumbers("numbers", "shape", "bytes", "zeros %");
        for (ModelFacts.TensorFacts tensor : ModelFacts.tensors(read)) {
            tensors.row(
                    tensor.name(),
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
            int last = degrees.length - 1;
            out.println("Connections of a hidden unit: fewest " + Texts.count(degrees[0]) + ", quarter "
                    + Texts.count(degrees[last / 4]) + ", half " + Texts.count(degrees[last / 2]) + ", three quarters "
                    + Texts.count(degrees[3 * last / 4]) + ", most " + Texts.count(degrees[last]));
            out.println();
        }
    }

    private static void printLabels(LabelModel read, PrintWriter out) {
        LabelBands bands = LabelBands.of(read.labels().frequencies());
        List<String> names = MetricTables.bandNames(bands);
        Table frequencies = Table.ofNumbers("labels with so many training examples", "labels");
        for (ModelFacts.FrequencyRange range : ModelFacts.frequencies(read)) {
            frequencies.row(range.text(), Texts.count(range.labels()));
        }
        for (Band band : Band.values()) {
            frequencies.row(
                    names.get(band.ordinal()), Texts.count(bands.labels().getOrDefault(band, 0)));
        }
        frequencies.print(out);
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
