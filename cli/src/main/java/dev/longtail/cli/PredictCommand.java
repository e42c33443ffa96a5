package dev.longtail.cli;

import dev.longtail.calibration.Thresholds;
import dev.longtail.data.DataFormat;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.ExampleReader.LabelColumn;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.RawExample;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import java.io.IOException;
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
            "The probability is calibrated if the model is: of the suggestions with probability 0.85, about 85 %% are",
            "right. A model is calibrated when it was trained with a validation part, unless calibration.kind is none.",
            "",
            "For a model of task rate a line of the input holds user and item, between comma, tab or ::, or its first",
            "line names the columns. The answer is user, item and predicted rating between tabs, or with --json",
            "  {\"user\":\"...\",\"item\":\"...\",\"name\":\"...\",\"rating\":3.9,\"score\":3.9,",
            "   \"userKnown\":true,\"itemKnown\":true}",
            "on one line. Of a user or an item that the model does not know bias and vector count as 0.",
            "",
            "Examples:",
            "  echo 'Birds of the northern forests' | longtail predict --model my-model",
            "  longtail predict --model my-model --input test.tsv.gz --top 10 --json",
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
        "--format"
    };

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--input",
            paramLabel = "F",
            description = "File to read, - for standard input. Default: standard input.")
    private String input = "-";

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
    public Integer call() throws IOException {
        if (top != null && top < 1) {
            throw new UsageException("--top must be at least 1, got " + top);
        }
        int count = threads.count();
        SearchConfig config = search.config();
        if (TaskOptions.isRate(model.path())) {
            TaskOptions.refuse(spec, "rate", TAG_OPTIONS);
            return new RatePredict(console, count, json).run(model.path(), input);
        }
        LabelModelFolder.Stored stored = LabelModelFolder.read(model.path());
        LabelModel read = stored.model();
        Optional<Thresholds> least = thresholds.of(stored, console);
        try (Workers workers = new Workers(count)) {
            SearchIndex index = Searched.index(read, config, workers);
            Predictor predictor = new Predictor(read, index, thresholds.top(top, USUAL_TOP, stored), workers);
            least.ifPresent(predictor::keeping);
            Answers answers = new Answers(predictor, console, json, threshold);
            try (ExampleReader reader = open(read, answers)) {
                answerAll(reader, answers);
            }
            if (config.mode() == SearchConfig.Mode.PRUNED) {
                console.message(Searched.text(predictor.report(), index));
            }
        }
        return Failures.DONE;
    }

    private ExampleReader open(LabelModel read, Answers answers) throws IOException {
        DataFormat known = formatFor(read);
        return input.equals("-")
                ? ExampleReader.of(
                        new EagerInput(console.in(), answers::flush), "standard input", known, LabelColumn.OPTIONAL)
                : ExampleReader.open(Path.of(input), known, LabelColumn.OPTIONAL);
    }

    // Numbered features stand in one format only; no need to guess.
    private @Nullable DataFormat formatFor(LabelModel read) {
        DataFormat given = format.orNull();
        return given == null && read.features() instanceof NumericFeatureSpace ? DataFormat.XC : given;
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
