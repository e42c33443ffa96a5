package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.format.ModelComparison;
import dev.longtail.format.ModelFolder;
import dev.longtail.kernel.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "verify",
        description = "Trains a model again from the settings, seed and files that it records, into a temporary folder,"
                + " and tells whether the same model came out.",
        footer = {
            "",
            "The same seed gives the same bits at any number of threads, on one version of the program and one",
            "kernel variant (info shows it). Where something differs it is told what: data that has changed or",
            "is missing, version, kernels, files, the first tensor and number, settings and measures.",
            "",
            "Exit codes: 0 the same, 1 not the same, or data has changed or is missing, 3 a damaged model or one",
            "that does not tell how it was trained.",
            "",
            "Examples:",
            "  longtail verify my-model",
            "  longtail verify my-model --data-from /archive/2026",
            "  longtail verify my-model --checksums",
            "  longtail verify my-model --json",
        })
final class VerifyCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Folder of the model.")
    private @Nullable Path folder;

    @Option(names = "--model", paramLabel = "DIR", description = "The same as MODEL.")
    private @Nullable Path model;

    @Option(
            names = "--checksums",
            description = "Do not train: only check sizes and sums of all files against model.json.")
    private boolean checksums;

    @Option(
            names = "--data-from",
            paramLabel = "DIR",
            description = "Folder that holds the files of the training now, under their names or the ends of their"
                    + " paths. Default: they are where they were.")
    private @Nullable Path dataFrom;

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Mixin
    private final RunOptions.Temporary temporary = new RunOptions.Temporary();

    @Option(names = "--json", description = "Write one JSON object instead of lines.")
    private boolean json;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if ((folder == null) == (model == null)) {
            throw new UsageException("give one model, as MODEL or as --model DIR");
        }
        if (checksums && dataFrom != null) {
            throw new UsageException("--data-from has no effect with --checksums, which reads no data");
        }
        if (dataFrom != null && !Files.isDirectory(dataFrom)) {
            throw new UsageException("--data-from " + dataFrom + " is not a folder");
        }
        int workers = threads.count();
        Path place = Objects.requireNonNull(folder == null ? model : folder);
        ModelFolder opened = ModelFolder.open(place);
        if (checksums) {
            return report(VerifyReport.ofSums(place, opened));
        }
        return Interruption.guard(
                console, () -> place + " was only read", () -> report(verify(place, opened, workers)));
    }

    private int report(VerifyReport report) throws IOException {
        if (json) {
            console.out().println(Json.line(report.json()));
        } else {
            report.print(console.out());
        }
        console.flush();
        return report.same() ? Failures.DONE : Failures.FAILED;
    }

    private VerifyReport verify(Path place, ModelFolder opened, int workers) throws IOException {
        ObjectNode manifest = opened.manifest();
        RunOrigin origin = origin(place, manifest);
        RecordedFiles files = new RecordedFiles(dataFrom);
        List<RecordedFiles.State> states = files.states(manifest);
        if (states.stream().anyMatch(state -> state.standing() != RecordedFiles.Standing.SAME)) {
            return new VerifyReport(place, opened, states, Optional.empty());
        }
        String kernels = manifest.path("provenance").path("kernels").asString("");
        if (!kernels.equals(Vectors.name())) {
            console.message("the model was trained with kernels " + Texts.printable(kernels) + ", here are "
                    + Vectors.name() + ": the last bits of all numbers will differ");
        }
        try (TemporaryFolder scratch = TemporaryFolder.in(temporary.orNull())) {
            Path again = scratch.path().resolve("model");
            new Retraining(console, workers, files).run(manifest, origin, scratch.path(), again);
            ModelComparison comparison = ModelComparison.of(opened, ModelFolder.open(again));
            return new VerifyReport(place, opened, states, Optional.of(comparison));
        }
    }

    private static RunOrigin origin(Path place, ObjectNode manifest) {
        JsonNode shrunk = manifest.path("provenance").path("shrunk");
        if (!shrunk.isEmpty()) {
            throw new InputException(
                    place.toString(),
                    0,
                    "was made by shrink from the model whose model.json has the SHA-256 "
                            + shrunk.path(shrunk.size() - 1).path("from").asString("")
                            + "; verify that one, or check the sums of this one with --checksums");
        }
        return RunOrigin.read(manifest)
                .orElseThrow(() -> new InputException(
                        place.toString(),
                        0,
                        "does not tell which file was for what, since it was not trained by the command train of this"
                                + " version; --checksums checks its sums"));
    }
}
