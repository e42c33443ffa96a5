package dev.longtail.cli;

import dev.longtail.calibration.Thresholds;
import dev.longtail.data.DataFormat;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.ExampleReader.LabelColumn;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.RawExample;
import dev.longtail.data.RowFormat;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.LivingModel;
import dev.longtail.model.LabelModel;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "predict",
        description = "Suggests labels, one line for each line of the input, in the same order.",
        footer = {
            "",
            "A line of the answer holds the suggestions, best first, separated by tabs, each as score,",
            "identifier and name. An example in which the model knows nothing gets an empty answer. Labels in",
            "the input are ignored. With --json:",
            "  {\"labels\":[{\"id\":\"...\",\"name\":\"...\",\"score\":0.7,\"probability\":0.85}]}",
            "Where an object of jsonl has an \"id\", the answer begins with it. With --output NAME.parquet, the",
            "answers are rows of the columns id and labels, which is a list of the same four values.",
            "The probability is calibrated if the model is: of the suggestions with probability 0.85, about 85 %% are",
            "right. A model is calibrated when it was trained with a validation part, unless calibration.kind is none.",
            "",
            "For a model of task rate a line of the input holds user and item, between comma, tab or ::, or its first",
            "line names the columns. The answer is user, item and predicted rating between tabs, or with --json",
            "  {\"user\":\"...\",\"item\":\"...\",\"name\":\"...\",\"rating\":3.9,\"score\":3.9,",
            "   \"userKnown\":true,\"itemKnown\":true}",
            "on one line. Of a user or an item that the model does not know bias and vector count as 0.",
            "",
            "With --input DIR every file of the folder that ends in .txt is one text. Its answer is written",
            "beside it, complete or not at all, as Annif's index does: lines of identifier, name and probability",
            "between tabs. Texts that have an answer are left alone: a run that was stopped can be started again.",
            "",
            "Examples:",
            "  echo 'Birds of the northern forests' | longtail predict --model my-model",
            "  longtail predict --model my-model --input test.tsv.gz --top 10 --json",
            "  longtail predict --model my-model --input works.jsonl --json --output subjects.jsonl.gz",
            "  longtail predict --model my-model --input works.parquet --output subjects.parquet",
            "  longtail predict --model my-model --input texts/ --suffix .annif",
            "  longtail predict --model my-model --search pruned --confidence 0.5",
            "  longtail predict --model my-model --top 20 --min-probability 0.5",
            "  longtail predict --model my-model --threshold-for f1",
            "  longtail predict --model my-model --threshold-for label-precision=0.8",
            "  echo '196,242' | longtail predict --model my-rating-model --json",
        })
final class PredictCommand implements Callable<Integer> {

    private static final int USUAL_TOP = 5;
    private static final String[] TAG_OPTIONS = {
        "--top",
        "--threshold",
        "--min-probability",
        "--threshold-for",
        "--search",
        "--confidence",
        "--block-size",
        "--format",
        "--output",
        "--suffix",
        "--overwrite"
    };

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--input",
            paramLabel = "F",
            description = "File to read, or folder of texts, - for standard input. Default: standard input.")
    private String input = "-";

    @Option(
            names = "--output",
            paramLabel = "F",
            description = "File for the answers, there when it is complete; gzip if it ends in .gz, a table if in"
                    + " .parquet. Default: standard output.")
    private @Nullable Path output;

    @Option(
            names = "--suffix",
            paramLabel = "S",
            description = "For a folder: what an answer's name ends in, in place of .txt. Default: .annif, with --json"
                    + " .json.")
    private @Nullable String suffix;

    @Option(names = "--overwrite", description = "Replace answers that exist.")
    private boolean overwrite;

    @Option(names = "--top", paramLabel = "N", description = "Suggestions for each example. Default: 5.")
    private @Nullable Integer top;

    @Option(names = "--threshold", paramLabel = "S", description = "Leave out suggestions with a lower score.")
    private float threshold = Float.NEGATIVE_INFINITY;

    @Mixin
    private final ThresholdOptions thresholds = new ThresholdOptions();

    @Mixin
    private final RunOptions.Search search = new RunOptions.Search();

    @Mixin
    private final RunOptions.Format format = new RunOptions.Format();

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Option(names = "--json", description = "Write one JSON object a line.")
    private boolean json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (top != null && top < 1) {
            throw new UsageException("--top must be at least 1, got " + top);
        }
        int count = threads.count();
        boolean folder = !input.equals("-") && Files.isDirectory(Path.of(input));
        checkOutput(folder);
        SearchConfig config = search.config();
        if (TaskOptions.isRate(model.path())) {
            TaskOptions.refuse(spec, "rate", TAG_OPTIONS);
            return new RatePredict(console, count, json).run(model.path(), input);
        }
        LabelModelFolder.Stored stored = LivingModel.read(model.path());
        LabelModel read = stored.model();
        Optional<Thresholds> least = thresholds.of(stored, console);
        try (Workers workers = new Workers(count)) {
            SearchIndex index = Searched.index(read, config, workers);
            Predictor predictor = new Predictor(read, index, thresholds.top(top, USUAL_TOP, stored), workers);
            least.ifPresent(predictor::keeping);
            int code = folder
                    ? Interruption.guard(
                            console, () -> "answers that are written are complete", () -> answerFolder(predictor, read))
                    : answerLines(predictor, read);
            if (config.mode() == SearchConfig.Mode.PRUNED) {
                console.message(Searched.text(predictor.report(), index));
            }
            return code;
        }
    }

    private int answerLines(Predictor predictor, LabelModel read) throws IOException {
        if (output == null) {
            answer(predictor, read, console);
        } else {
            OutputFile.writeRows(output, RowFormat.Rows.SUGGESTIONS, out -> answer(predictor, read, console.to(out)));
        }
        return Failures.DONE;
    }

    private void checkOutput(boolean folder) {
        if (output != null) {
            if (folder) {
                throw new UsageException("--output has no effect on a folder, whose answers go beside its texts");
            }
            OutputFile.check("--output", output, overwrite);
        } else if (overwrite && !folder) {
            throw new UsageException("--overwrite goes with --output, or with a folder in --input");
        }
        if (suffix != null && !folder) {
            throw new UsageException("--suffix goes with a folder in --input; " + input + " is none");
        }
        if (folder && format.orNull() != null) {
            throw new UsageException("--format has no effect on a folder, whose files are texts");
        }
    }

    private int answerFolder(Predictor predictor, LabelModel read) throws IOException {
        if (read.features() instanceof NumericFeatureSpace) {
            throw new UsageException(
                    "--input " + input + " is a folder of texts, but the model takes numbered features");
        }
        String end = suffix != null ? suffix : json ? ".json" : ".annif";
        FolderAnswers.Form form = new FolderAnswers.Form(end, overwrite, json, threshold);
        new FolderAnswers(predictor, console, form).run(Path.of(input));
        return Failures.DONE;
    }

    private void answer(Predictor predictor, LabelModel read, Console to) throws IOException {
        boolean objects = json || (output != null && RowFormat.isNeeded(output));
        Answers answers = new Answers(predictor, to, objects, threshold);
        try (ExampleReader reader = open(read, answers)) {
            answerAll(reader, answers);
        }
    }

    private ExampleReader open(LabelModel read, Answers answers) throws IOException {
        DataFormat known = format.of(read);
        return input.equals("-")
                ? ExampleReader.of(
                        new EagerInput(console.in(), answers::flush), "standard input", known, LabelColumn.OPTIONAL)
                : ExampleReader.open(Path.of(input), known, LabelColumn.OPTIONAL);
    }

    /** Answers what came before a malformed line as well, so that the error says how far the answers go. */
    private static void answerAll(ExampleReader reader, Answers answers) throws IOException {
        try {
            RawExample example = answers.blank();
            while (reader.next(example)) {
                answers.add(example);
                example = answers.blank();
            }
        } finally {
            answers.flush();
        }
    }
}
