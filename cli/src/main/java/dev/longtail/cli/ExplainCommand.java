package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFiles;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.ExampleReader.LabelColumn;
import dev.longtail.data.RawExample;
import dev.longtail.explain.Explainer;
import dev.longtail.explain.Explanation;
import dev.longtail.explain.LabelLookup;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.LivingModel;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "explain",
        description = "Tells why labels are suggested for a text, or why not, word by word.",
        footer = {
            "",
            "For each suggested label, or each --label, a table says what each word adds to the score. The parts add",
            "up to the score that predict shows. What belongs to no word, such as a bias, has a line of its own, in",
            "brackets. A share is of all parts for and against the label together.",
            "",
            "A line of standard input in which the model knows nothing gets an answer without labels.",
            "",
            "For a label that is not suggested it also says whether it was a candidate, which arm of the model finds",
            "the candidates, and which words would have spoken for it had they stood in the text.",
            "",
            "With --json one object for each text, on one line:",
            "  {\"text\":\"...\",\"labels\":[{\"id\":\"...\",\"name\":\"...\",\"score\":0.7,\"probability\":0.85,",
            "   \"suggested\":true,\"candidate\":true,\"rank\":1,\"words\":[{\"word\":\"Birds\",\"term\":\"birds\",",
            "   \"value\":0.5,\"share\":0.6,\"places\":[{\"start\":0,\"end\":5}],...}],\"fixed\":[...],...}]}",
            "Places count UTF-16 units, as Java and JavaScript do. Values of words and fixed add up to the score.",
            "",
            "With --examples N and the training files, it also tells which training examples the score comes from:",
            "the association arm is a sum over them, and so is the direct arm, whose label is solved for once more.",
            "What they add is exact; only what the embedding arm adds cannot be divided over examples. The files are",
            "read once more, which takes about as long as the start of training did.",
            "",
            "Examples:",
            "  longtail explain --model my-model --text 'Birds of the northern forests'",
            "  longtail explain --model my-model --text Birds --label '<http://www.yso.fi/onto/yso/p3363>'",
            "  echo 'Birds of the northern forests' | longtail explain --model my-model --top 3 --words 5",
            "  longtail explain --model my-model --json < titles.txt",
            "  longtail explain --model my-model --text 'Northern forests' --top 1 --examples 5 --train train.tsv.gz",
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int USUAL_WORDS = 10;
    private static final int USUAL_MISSING = 5;

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--text",
            paramLabel = "T",
            description = "Text to explain. Default: lines of standard input, of which labels are ignored.")
    private @Nullable String text;

    @Option(
            names = "--label",
            paramLabel = "ID",
            description =
                    "Label to explain, suggested or not; may be given several times. Default: the suggested" + " ones.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--top", paramLabel = "N", description = "Labels that are suggested. Default: 5.")
    private int top = 5;

    @Option(
            names = "--words",
            paramLabel = "N",
            description = "Words of the text to name for each label, the others are added up, and words of each arm"
                    + " that it lacks. Default: 10 and 5, with --json all and 5.")
    private @Nullable Integer words;

    @Mixin
    private final RepresenterOptions representers = new RepresenterOptions();

    @Mixin
    private final RunOptions.Format format = new RunOptions.Format();

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Option(names = "--json", description = "Write one JSON object a line.")
    private boolean json;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        requireAtLeastOne("--top", top);
        requireAtLeastOne("--words", words == null ? 1 : words);
        if (text != null && text.isBlank()) {
            throw new UsageException("--text is empty; give it a text, or leave it out to read standard input");
        }
        int count = threads.count();
        if (TaskOptions.isRate(model.path())) {
            throw new UsageException("explain takes models that tag, and " + model.path()
                    + " holds one of task rate; inspect tells what is in it");
        }
        boolean examples = representers.asked();
        LabelModelFolder.Stored stored = LivingModel.read(model.path());
        List<Integer> labels = labels(stored.model());
        return Interruption.guard(console, () -> "nothing was written", () -> {
            try (Workers workers = new Workers(count);
                    @Nullable RepresenterRun run = examples ? open(stored, workers) : null) {
                explain(stored.model(), labels, workers, run);
            }
            return Failures.DONE;
        });
    }

    private RepresenterRun open(LabelModelFolder.Stored stored, Workers workers) throws IOException {
        DataFiles files = representers.files(format.orNull(), console);
        return RepresenterRun.open(stored, representers, files, workers, console);
    }

    private void explain(LabelModel read, List<Integer> labels, Workers workers, @Nullable RepresenterRun run)
            throws IOException {
        Explainer explainer = new Explainer(read, top, words == null ? USUAL_MISSING : words, workers);
        Explained explained = new Explained(explainer, labels, run);
        if (text == null) {
            explainInput(explained, read);
            return;
        }
        RawExample example = new RawExample().setText(text);
        example.source = "--text";
        if (!explain(explained, example)) {
            throw new UsageException("--text holds nothing that the model knows and could suggest labels by");
        }
    }

    /**
     * How examples are explained.
     *
     * @param labels to explain, empty for those suggested
     * @param run training examples, null where they are not asked for
     */
    private record Explained(
            Explainer explainer,
            List<Integer> labels,
            @Nullable RepresenterRun run) {}

    private static void requireAtLeastOne(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " must be at least 1, got " + value);
        }
    }

    private List<Integer> labels(LabelModel read) {
        try {
            return ids.stream().map(id -> LabelLookup.number(read.labels(), id)).toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--label: " + e.getMessage(), e);
        }
    }

    private void explainInput(Explained explained, LabelModel read) throws IOException {
        String source = "standard input";
        try (ExampleReader reader = ExampleReader.of(console.in(), source, format.of(read), LabelColumn.OPTIONAL)) {
            RawExample example = new RawExample();
            boolean any = false;
            while (reader.next(example)) {
                any = true;
                explain(explained, example);
            }
            if (!any) {
                throw new InputException(source, 0, "holds nothing to explain; give --text, or texts, one a line");
            }
        }
    }

    /** Returns whether there was anything to explain. */
    private boolean explain(Explained explained, RawExample example) throws IOException {
        List<Explanation> explanations = explained.labels.isEmpty()
                ? explained.explainer.explain(example)
                : explained.explainer.explain(example, explained.labels);
        if (explanations.isEmpty() && text != null) {
            return false;
        }
        List<RepresenterRun.OfLabel> found = explained.run == null
                ? List.of()
                : explained.run.find(
                        example, explanations.stream().map(Explanation::label).toList(), representers.most());
        if (json) {
            int most = words == null ? Integer.MAX_VALUE : words;
            console.out().println(ExplainJson.line(example, explanations, found, most));
        } else {
            new ExplainTables(console.out(), words == null ? USUAL_WORDS : words).print(example, explanations);
            RepresenterTables tables = new RepresenterTables(console.out());
            for (int i = 0; i < found.size(); i++) {
                tables.print(explanations.get(i), found.get(i));
            }
        }
        console.flush();
        return true;
    }
}
