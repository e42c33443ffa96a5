package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingChunk;
import dev.longtail.rating.RatingChunks;
import dev.longtail.rating.RatingSet;
import dev.longtail.table.TableConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Learns a rating model from a stream (online nbANT, section 4.3 of Anchor and Transform): each chunk is read once,
 * passed over until its loss hardly falls, and forgotten. Where numbers of anchors are learned they change after each
 * chunk, by the objective on a part of it that is held out. Users and items that a chunk brings get rows, behind those
 * that are there. Memory holds one chunk and the model; while rows are added, one of the two transforms twice.
 *
 * <p>Mean of the ratings is that of the first chunk. The schedule of the learning rates begins anew with each chunk and
 * is laid out for as many passes as there are at most; the number of the chunk is what other settings count as epochs.
 * The model that is there at the end is the result: there is no validation part that tells an earlier one to be better.
 * The result depends on configuration, seed and data, not on the number of threads.
 */
public final class OnlineRatingTrainer {

    private final RatingConfig config;
    private final Workers workers;
    private final RatingListener listener;

    public OnlineRatingTrainer(RatingConfig config, Workers workers, RatingListener listener) {
        this.config = config;
        this.workers = workers;
        this.listener = listener;
        for (TableConfig table : List.of(config.model().users(), config.model().items())) {
            Require.that(
                    table.kind() == TableConfig.Kind.ANCHORS,
                    "kind of the tables of a model that learns from a stream",
                    "anchors, which gain rows",
                    table.kind());
        }
    }

    /**
     * What has been learned.
     *
     * @param chunks one report for each chunk that had training ratings
     */
    public record Result(RatingModel model, List<RatingChunkReport> chunks) {

        public Result {
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * Learns all chunks of a stream.
     *
     * @throws IllegalArgumentException when there is no training rating
     * @throws DivergedException when the loss is no longer finite
     * @throws java.util.concurrent.CancellationException when the thread was interrupted; its interrupt flag stays set
     * @throws IOException when the stream cannot be read
     */
    public Result train(RatingChunks stream) throws IOException {
        try (Run run = begin(stream)) {
            boolean more = true;
            while (more) {
                more = run.next(stream);
            }
            return new Result(run.model, run.reports);
        }
    }

    /** Learns the first chunk that has something to learn. */
    private Run begin(RatingChunks stream) throws IOException {
        Optional<RatingChunk> chunk = stream.next();
        while (chunk.isPresent() && chunk.get().train().size() == 0) {
            chunk = stream.next();
        }
        Require.that(chunk.isPresent(), "training ratings", "at least 1", 0);
        Run run = new Run(
                new RatingModel(config.model(), stream.users(), new Items(stream.items())),
                chunk.get().train());
        try {
            run.learn(chunk.get());
            return run;
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /** A model on its way through a stream. */
    private final class Run implements AutoCloseable {

        private final RatingModel model;
        private final RatingAdaptation budget;
        private final RatingStep step;
        private final RatingPass pass;
        private final RatingEvaluation evaluation;
        private final List<RatingChunkReport> reports = new ArrayList<>();
        private long steps;
        private int chunks;

        Run(RatingModel model, RatingSet first) {
            this.model = model;
            RatingBudgetConfig nonparametric = config.train().nonparametric();
            this.budget = nonparametric.learned() ? new RatingBudget(nonparametric) : RatingAdaptation.NONE;
            budget.begin(model);
            model.initialise(first, config.train().seed());
            this.step = new RatingStep(model, config.train(), workers);
            this.pass = new RatingPass(step, config.train(), listener);
            this.evaluation = new RatingEvaluation(model, workers);
        }

        /** Learns the next chunk, which is known here only; false when there is none. */
        boolean next(RatingChunks stream) throws IOException {
            Optional<RatingChunk> chunk = stream.next();
            if (chunk.isPresent() && chunk.get().train().size() > 0) {
                model.grow(stream.users(), new Items(stream.items()));
                step.grow();
                learn(chunk.get());
            }
            return chunk.isPresent();
        }

        void learn(RatingChunk chunk) {
            long start = System.nanoTime();
            model.widen(chunk.train());
            Optional<RatingMetrics> before = chunks == 0 ? Optional.empty() : measure(chunk);
            step.startEpoch(++chunks);
            int passes = 0;
            double loss = Double.POSITIVE_INFINITY;
            double fall = Double.POSITIVE_INFINITY;
            while (passes < config.online().passes() && fall >= config.online().tolerance()) {
                double now = pass(chunk.train(), ++passes);
                fall = passes == 1 ? fall : (loss - now) / loss;
                loss = now;
            }
            step.endEpoch();
            double seconds = (System.nanoTime() - start) / 1e9;
            RatingEpochReport epoch = report(loss, measure(chunk), seconds);
            listener.epoch(epoch);
            if (epoch.validation().isPresent()) {
                budget.after(epoch, model);
            }
            reports.add(new RatingChunkReport(chunk.train().size(), passes, before, epoch));
        }

        private double pass(RatingSet train, int number) {
            long inPass = pass.steps(train);
            long before = (number - 1) * inPass;
            int most = config.online().passes();
            double loss = pass.run(train, number, most, i -> {
                float factor =
                        config.train().schedule().at(before + i, inPass * most).factor();
                return new StepSize(steps + i, factor);
            });
            steps += inPass;
            return loss;
        }

        private Optional<RatingMetrics> measure(RatingChunk chunk) {
            return chunk.heldOut().size() == 0 ? Optional.empty() : Optional.of(evaluation.measure(chunk.heldOut()));
        }

        private RatingEpochReport report(double loss, Optional<RatingMetrics> after, double seconds) {
            TableFacts users = TableFacts.of(model.userTable());
            TableFacts items = TableFacts.of(model.itemTable());
            OptionalDouble objective = after.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(budget.objective(after.get(), users, items));
            return new RatingEpochReport(chunks, loss, after, objective, users, items, seconds, true);
        }

        @Override
        public void close() {
            step.close();
        }
    }
}
