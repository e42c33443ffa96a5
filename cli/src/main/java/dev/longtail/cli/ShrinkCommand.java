package dev.longtail.cli;

import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.LivingModel;
import dev.longtail.metrics.PairedDifference;
import dev.longtail.model.ModelConfig;
import dev.longtail.shrink.ShrinkConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "shrink",
        description = "Makes a smaller model from a finished one: fewer bits, features or connections.",
        footer = {
            "",
            "With --bits 8 the input table and the output weights become signed bytes with a scale for each",
            "row, in the file and in memory. --features keeps the words that decide most in the bags of",
            "documents, the others are unknown to the smaller model. --fan-in keeps the largest weights of",
            "each label. The calibration is kept if only the bits change; otherwise give --validate, by",
            "which probabilities are calibrated anew. With --test both models are measured, and each",
            "difference comes with a 95 %% interval (paired bootstrap). To train a model that is in 8 bits",
            "from the start: longtail train --set storedBits=8.",
            "",
            "Examples:",
            "  longtail shrink --model my-model --to my-small-model --bits 8",
            "  longtail shrink --model my-model --to my-small-model --bits 8 --features 50%% --fan-in 64 \\",
            "      --validate validate.tsv.gz --test test.tsv.gz",
        })
final class ShrinkCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write the smaller model to; must not exist, see --overwrite.")
    private Path to;

    @Option(
            names = "--overwrite",
            description = "Replace the model in --to; any other folder, and the one in --model, is left alone.")
    private boolean overwrite;

    @Option(names = "--bits", paramLabel = "N", description = "Bits of a number of table and output weights: 8.")
    private @Nullable Integer bits;

    @Option(
            names = "--features",
            paramLabel = "N|SHARE",
            description = "Words to keep, a number or a share of them: 20000, 25%% or 0.25.")
    private Converters.@Nullable Amount features;

    @Option(names = "--fan-in", paramLabel = "K", description = "Connections that each label keeps.")
    private @Nullable Integer fanIn;

    @Option(
            names = "--validate",
            arity = "1..*",
            paramLabel = "F",
            description = "Files to calibrate the smaller model's probabilities on.")
    private List<Path> validate = List.of();

    @Option(
            names = "--test",
            arity = "1..*",
            paramLabel = "F",
            description = "Files to measure both models on, in one of the formats of train.")
    private List<Path> test = List.of();

    @Mixin
    private final RunOptions.Work work = new RunOptions.Work();

    @Option(names = "--json", description = "Write sizes and measures as one JSON object instead of tables.")
    private boolean json;

    ShrinkCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (bits == null && features == null && fanIn == null) {
            throw new UsageException("nothing to leave out; give --bits 8, --features N or --fan-in K");
        }
        if (bits != null && bits != ModelConfig.BYTE_BITS) {
            throw new UsageException("--bits must be 8, got " + bits + "; models are trained with 32");
        }
        requireAnotherFolder();
        int workers = work.threads();
        ModelTarget target = new ModelTarget("--to", to, overwrite);
        return Interruption.guard(console, target::leftBehind, () -> shrink(target, workers));
    }

    private void requireAnotherFolder() throws IOException {
        if (Files.exists(to) && Files.exists(model.path()) && Files.isSameFile(to, model.path())) {
            throw new UsageException("--to " + to + " is the model itself; name another folder");
        }
        if (to.toAbsolutePath()
                .normalize()
                .startsWith(model.path().toAbsolutePath().normalize())) {
            throw new UsageException("--to " + to + " lies inside the model; name another folder");
        }
    }

    private int shrink(ModelTarget target, int workers) throws IOException {
        LabelModelFolder.Stored stored = LivingModel.read(model.path());
        ShrinkRun.Plan plan = new ShrinkRun.Plan(
                model.path(), stored, config(stored), target, new ShrinkRun.Data(validate, test, work.format()));
        ShrinkRun.Outcome outcome;
        try (TemporaryFolder folder = TemporaryFolder.in(work.temporary())) {
            outcome = new ShrinkRun(console, workers, folder.path()).run(plan);
        }
        if (json) {
            console.out().println(Json.line(object(outcome)));
        } else {
            print(outcome);
        }
        console.flush();
        return Failures.DONE;
    }

    private ShrinkConfig config(LabelModelFolder.Stored stored) {
        int terms = features == null ? ShrinkConfig.ALL : features.of(ShrinkRun.terms(stored.model()));
        try {
            return new ShrinkConfig(
                    bits == null ? ModelConfig.TRAINED_BITS : bits, terms, fanIn == null ? ShrinkConfig.ALL : fanIn);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(ShrinkRun.Outcome outcome) {
        PrintWriter out = console.out();
        Table sizes = Table.ofNumbers("bytes", "before", "after");
        Set<String> parts = new LinkedHashSet<>(outcome.before().bytes().keySet());
        parts.addAll(outcome.after().bytes().keySet());
        for (String part : parts) {
            sizes.row(part, size(outcome.before(), part), size(outcome.after(), part));
        }
        sizes.row(
                "all",
                Texts.count(outcome.before().all()),
                Texts.count(outcome.after().all()));
        sizes.print(out);
        out.println();
        if (!outcome.differences().isEmpty()) {
            measures(outcome).print(out);
            out.println("In brackets: 95 % intervals; p: two-sided, by a paired bootstrap over examples.");
            out.println();
        }
        out.println("The model of " + Texts.bytes(outcome.after().all()) + ", "
                + Texts.percent(
                        (double) outcome.after().all() / outcome.before().all()) + " % of the first, is in " + to
                + ".");
    }

    private static String size(ModelParts model, String part) {
        Long bytes = model.bytes().get(part);
        return bytes == null ? "-" : Texts.count(bytes);
    }

    private static Table measures(ShrinkRun.Outcome outcome) {
        Table table = Table.ofNumbers("%", "before", "after", "difference", "", "p");
        for (PairedDifference difference : outcome.differences()) {
            table.row(
                    difference.name(),
                    Texts.percent(difference.second()),
                    Texts.percent(difference.first()),
                    Texts.points(difference.difference()),
                    "[" + Texts.points(difference.interval().low()) + ", "
                            + Texts.points(difference.interval().high()) + "]",
                    Texts.pValue(difference.pValue()));
        }
        return table;
    }

    private static ObjectNode object(ShrinkRun.Outcome outcome) {
        ObjectNode object = Json.object();
        object.put("modelBytesBefore", outcome.before().all());
        object.put("modelBytes", outcome.after().all());
        ObjectNode before = object.putObject("partsBefore");
        outcome.before().bytes().forEach(before::put);
        ObjectNode after = object.putObject("parts");
        outcome.after().bytes().forEach(after::put);
        object.put("calibrated", outcome.calibrated());
        ArrayNode differences = object.putArray("differences");
        for (PairedDifference difference : outcome.differences()) {
            ObjectNode entry = differences.addObject();
            entry.put("name", difference.name());
            entry.put("before", difference.second());
            entry.put("after", difference.first());
            entry.put("difference", difference.difference());
            entry.put("low", difference.interval().low());
            entry.put("high", difference.interval().high());
            entry.put("p", difference.pValue());
        }
        return object;
    }
}
