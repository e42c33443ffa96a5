package dev.longtail.cli;

import dev.longtail.format.RatingModelFolder;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingSet;
import dev.longtail.train.RatingEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** What evaluate does for models of task rate. */
final class RateEvaluate {

    private final Console console;
    private final int threads;

    RateEvaluate(Console console, int threads) {
        this.console = console;
        this.threads = threads;
    }

    int run(Path folder, List<Path> test, boolean json) throws IOException {
        Resources resources = Resources.start();
        RatingModelFolder.Stored stored = RatingModelFolder.read(folder);
        RatingModel model = stored.model();
        RatingSet ratings;
        RatingMetrics metrics;
        long start = System.nanoTime();
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads)) {
            ratings = RatingData.read(test, model.users(), model.items().ids(), progress);
            metrics = new RatingEvaluation(model, workers).measure(ratings);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long unknownUsers = count(ratings, rating -> ratings.user(rating) < 0);
        long unknownItems = count(ratings, rating -> ratings.item(rating) < 0);
        if (json) {
            ObjectNode object = Json.object();
            RateFacts.put(metrics, object);
            object.put("parameters", model.parameters());
            object.put("tableParameters", model.tableParameters());
            object.put("ratings", metrics.ratings());
            object.put("unknownUserRatings", unknownUsers);
            object.put("unknownItemRatings", unknownItems);
            resources.cost().into(object);
            object.put("predictSeconds", seconds);
            object.put("modelBytes", stored.bytes());
            console.out().println(Json.line(object));
        } else {
            RateFacts.print(metrics, model, console.out());
            if (unknownUsers + unknownItems > 0) {
                console.out()
                        .println(Texts.count(unknownUsers) + " ratings are of users and " + Texts.count(unknownItems)
                                + " of items that the model does not know; bias and vector of these count as 0.");
            }
            console.out()
                    .println("Measured in " + resources.cost() + "; reading and predicting took "
                            + Texts.seconds(seconds) + ".");
        }
        console.flush();
        return Failures.DONE;
    }

    private static long count(RatingSet ratings, IntPredicate which) {
        return IntStream.range(0, ratings.size()).filter(which).count();
    }
}
