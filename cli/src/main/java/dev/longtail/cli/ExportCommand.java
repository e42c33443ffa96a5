package dev.longtail.cli;

import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import dev.longtail.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Writes a model as a graph of ONNX that gives the same scores, for programs that have no Java.",
        footer = {
            "",
            "The graph begins behind the text: its inputs are numbers of features and their weights, see",
            "docs/interchange.md. Models whose scores no such graph gives are refused; these are the ones with an",
            "association or a direct arm, so all presets. An exportable model:",
            "  longtail train ... --set train.association.slots=0 --set train.direct.candidates=0",
            "",
            "Example:",
            "  longtail export --model my-model --onnx my-model.onnx",
        })
final class ExportCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--onnx",
            required = true,
            paramLabel = "F",
            description = "File to write; must not exist, see --overwrite.")
    private Path onnx;

    @Option(names = "--overwrite", description = "Replace the file in --onnx.")
    private boolean overwrite;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        OutputFile.check("--onnx", onnx, overwrite);
        return Interruption.guard(console, () -> "nothing was written", this::export);
    }

    private int export() throws IOException {
        boolean rate = TaskOptions.isRate(model.path());
        byte[] file;
        String described;
        try {
            if (rate) {
                RatingModel read = RatingModelFolder.read(model.path()).model();
                file = OnnxExport.of(read, properties("rate"));
                described = "Inputs: users and items, int64 [batch], line numbers from 0 in users.tsv and items.tsv, -1"
                        + " for one that is not known. Output: ratings, float [batch].";
            } else {
                LabelModel read = LabelModelFolder.read(model.path()).model();
                file = OnnxExport.of(read, properties("tag"));
                described =
                        "Inputs: features, int64 [batch][entries], and values, float [batch][entries], 0 where a row"
                                + " has fewer. Output: scores, float [batch]["
                                + read.labels().size()
                                + "], in the order of labels.tsv.";
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(model.path() + ": " + e.getMessage(), e);
        }
        OutputFile.writeBytes(onnx, file);
        console.out().println(onnx + ": " + Texts.bytes(Files.size(onnx)) + ".");
        console.out().println(described);
        console.flush();
        return Failures.DONE;
    }

    private static Map<String, String> properties(String task) {
        return new TreeMap<>(Map.of("task", task));
    }
}
