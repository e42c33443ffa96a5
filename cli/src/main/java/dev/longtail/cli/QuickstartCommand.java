package dev.longtail.cli;

import dev.longtail.data.DataFiles;
import dev.longtail.data.DataFormat;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "quickstart",
        description = "Trains on the bundled sample of 80,000 titles, measures the model and shows what it suggests.",
        footer = {"", "Takes a minute or two on two processors.", "", "Example:", "  longtail quickstart"})
final class QuickstartCommand implements Callable<Integer> {

    private static final Path DEFAULT_FOLDER = Path.of("models", "quickstart");

    private static final List<String> TEXTS = List.of(
            "Birds of the northern forests",
            "A history of women's education in Finland",
            "Climate change and the future of agriculture",
            "Learning to play the violin: exercises for children");

    private final Console console;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Folder to write the model to; must not exist. Default: models/quickstart, which is made anew.")
    private @Nullable Path model;

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    QuickstartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Sample sample = Sample.find();
        Path folder = model == null ? DEFAULT_FOLDER : model;
        boolean overwrite = model == null;
        ModelTarget target = new ModelTarget(folder, overwrite);
        DataFiles files =
                new DataFiles(List.of(sample.train()), List.of(sample.validate()), sample.labels(), DataFormat.ANNIF);
        TrainRun.Plan plan = new TrainRun.Plan(files, LabelConfig.Preset.BASE.config(), Propensity.DEFAULT, target);
        int workers = threads.count();
        return Interruption.guard(console, target::leftBehind, () -> run(sample, plan, workers));
    }

    private int run(Sample sample, TrainRun.Plan plan, int workers) throws IOException {
        Resources resources = Resources.start();
        console.message("training on " + sample.train() + " ...");
        try (TemporaryFolder folder = TemporaryFolder.in(null)) {
            TrainRun.Outcome trained = new TrainRun(console, workers, folder.path()).run(plan);
            EvaluateRun.Outcome measured = new EvaluateRun(console, workers, folder.path())
                    .run(
                            trained.model(),
                            new EvaluateRun.Plan(
                                    List.of(sample.test()),
                                    DataFormat.ANNIF,
                                    Converters.Cutoffs.DEFAULT,
                                    Propensity.DEFAULT,
                                    Optional.empty()));
            console.out().println("Measures on " + sample.test() + ":");
            EvaluateCommand.print(measured, console);
            suggest(trained.model(), workers);
        }
        next(sample, plan.target().folder(), resources.cost());
        console.flush();
        return Failures.DONE;
    }

    private void suggest(LabelModel trained, int count) {
        PrintWriter out = console.out();
        try (Workers workers = new Workers(count)) {
            Predictor predictor = new Predictor(trained, 5, workers);
            for (String text : TEXTS) {
                out.println();
                out.println(text);
                for (Suggestion suggestion : predictor.suggest(text)) {
                    out.println(String.format(Locale.ROOT, "  %7.3f  %s", suggestion.score(), suggestion.name()));
                }
            }
        }
    }

    private void next(Sample sample, Path folder, Resources.Cost cost) {
        PrintWriter out = console.out();
        String command = Texts.command();
        String model = Texts.argument(folder);
        out.println();
        out.println("All that took " + cost + ". The model is in " + folder + ". Try next:");
        out.println("  echo 'Wolves and bears in folk tales' | " + command + " predict --model " + model);
        out.println("  " + command + " evaluate --model " + model + " --test " + Texts.argument(sample.test()));
        out.println("  " + command + " inspect --model " + model);
        out.println("  " + command + " train --help      # the formats of your own data");
    }
}
