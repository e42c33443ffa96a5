package dev.longtail.cli;

import dev.longtail.data.SourceFile;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.format.RatingProvenance;
import dev.longtail.kernel.Vectors;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingStream;
import dev.longtail.train.OnlineConfig;
import dev.longtail.train.OnlineRatingTrainer;
import dev.longtail.train.RatingChunkReport;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What train does for task rate with --online: from files that are read once to a model folder. */
final class RateStream {

    private final Console console;
    private final int threads;

    RateStream(Console console, int threads) {
        this.console = console;
        this.threads = threads;
    }

    RateTrain.Outcome train(RateTrain.Plan plan) throws IOException {
        OnlineConfig online = plan.config().online();
        long seed = plan.config().train().seed();
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads);
                RatingStream stream =
                        new RatingStream(plan.files().train(), online.chunk(), online.heldOut(), seed, progress)) {
            console.message("learning from chunks of " + Texts.count(online.chunk()) + " ratings, " + threads
                    + (threads == 1 ? " thread" : " threads") + ", kernels " + Vectors.name());
            progress.startTraining();
            OnlineRatingTrainer.Result result =
                    new OnlineRatingTrainer(plan.config(), workers, listener(progress)).train(stream);
            progress.clear();
            RatingModel model = result.model();
            Path items = plan.files().items();
            if (items != null) {
                model.grow(model.users(), stream.described(items));
            }
            List<RatingEpochReport> chunks =
                    result.chunks().stream().map(RatingChunkReport::epoch).toList();
            long ratings = result.chunks().stream()
                    .mapToLong(RatingChunkReport::ratings)
                    .sum();
            return write(plan, model, stream.files(), chunks, ratings);
        }
    }

    private static RateTrain.Outcome write(
            RateTrain.Plan plan,
            RatingModel model,
            List<SourceFile> files,
            List<RatingEpochReport> chunks,
            long ratings)
            throws IOException {
        Path target = plan.target().folder();
        RatingModelFolder.write(
                target,
                model,
                plan.config(),
                RatingProvenance.of(files, chunks).withOptions(RunOrigin.of(plan)),
                plan.target().replaceable());
        return new RateTrain.Outcome(model, chunks, ratings, ModelTarget.bytes(target));
    }

    private RatingListener listener(ProgressDisplay progress) {
        return new RatingListener() {
            @Override
            public void progress(StepReport report) {
                progress.progress(report);
            }

            @Override
            public void epoch(RatingEpochReport report) {
                progress.clear();
                console.message(line(report));
            }
        };
    }

    private static String line(RatingEpochReport report) {
        String measures = report.validation()
                .map(metrics -> String.format(Locale.ROOT, ", held out MSE %.4f", metrics.mse()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "chunk %d: loss %.4f%s%s%s, %s",
                report.epoch(),
                report.loss(),
                measures,
                RateTrain.anchors("users", report.users()),
                RateTrain.anchors("items", report.items()),
                Texts.seconds(report.seconds()));
    }
}
