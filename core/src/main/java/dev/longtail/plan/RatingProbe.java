package dev.longtail.plan;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingGroups;
import dev.longtail.rating.RatingSet;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingEvaluation;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainConfig;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains some epochs of a rating model at its full size, on some of the ratings and on half as many. An epoch costs
 * something for each rating and something for each user and item, so those on all ratings follow from a straight line.
 */
final class RatingProbe {

    /** The first one is not counted. */
    private static final int EPOCHS = 4;

    private static final int MOST = 1 << 21;
    private static final int LEAST = 1 << 16;

    /** Operations of an epoch of what is tried, for each of the ways to learn: a second or less. */
    private static final long STEPS_WORK = 1L << 25;

    private static final long SWEEPS_WORK = 1L << 29;
    private static final int LOOKED = 1 << 20;

    /** Bytes that a rating of a sample takes while it is made, at most. */
    private static final int SAMPLED = 40;

    private final RatingConfig config;
    private final RatingData data;
    private final RatingSizes shapes;
    private final Workers workers;
    private final Planner.Tools tools;

    /**
     * What it costs and makes.
     *
     * @param start of learning, before the first epoch
     * @param epoch over all ratings
     * @param look at all ratings that are held out
     * @param sizes of its numbers
     */
    record Result(Cost start, Cost epoch, Cost look, RatingSizes sizes) {}

    /** @param shapes sizes that follow from the settings */
    RatingProbe(RatingConfig config, RatingData data, RatingSizes shapes, Workers workers, Planner.Tools tools) {
        this.config = config;
        this.data = data;
        this.shapes = shapes;
        this.workers = workers;
        this.tools = tools;
    }

    /** @param room bytes that may be taken beside what the run takes itself */
    Result run(long room) throws IOException {
        int all = data.train().size();
        int tried = Math.min(all, most(room));
        Tried half = train(Math.max(1, tried / 2), false); // also lets the Java machine compile what it then runs
        Tried whole = train(tried, true);
        return new Result(
                whole.start.times((double) all / tried),
                whole.epoch.plus(slope(half, whole).times(all - tried)),
                whole.look,
                whole.sizes);
    }

    private int most(long room) {
        long dimension = config.model().dimension();
        long most = config.train().solver() == RatingTrainConfig.Solver.STEPS
                ? STEPS_WORK / dimension
                : SWEEPS_WORK / (dimension * dimension);
        return (int) Math.max(LEAST, Math.min(MOST, Math.min(most, room / SAMPLED)));
    }

    /** Holds no model, so that there is one at a time. */
    private record Tried(int ratings, RatingSizes sizes, Cost start, Cost epoch, Cost look) {}

    private Tried train(int count, boolean looking) throws IOException {
        RatingConfig fewer = Settings.override(config, Map.of("train.maxEpochs", Integer.toString(EPOCHS)));
        RatingModel model = config.newModel(data);
        StateSize state = new StateSize(EPOCHS);
        RatingSet some = count == data.train().size() ? data.train() : grouped(sample(data.train(), count));
        Epochs epochs = new Epochs();
        new RatingTrainer(fewer.train(), workers, epochs, tools.temporary())
                .keeping(state)
                .train(model, some, Optional.empty());
        Cost epoch = epochs.mean();
        return new Tried(
                count,
                shapes.tried(bytes(model, "users."), bytes(model, "items."), state),
                epochs.first().plus(epoch.times(-1)).atLeastNothing(),
                epoch,
                looking ? look(model) : Cost.NONE);
    }

    /** Ratings in the order of those that {@link RatingData} holds. */
    private RatingSet grouped(RatingSet some) {
        RatingGroups groups = RatingGroups.of(data.users().size(), data.items().size());
        return some.shuffled(config.train().seed()).grouped(groups);
    }

    /** As many ratings of a set at equal distances, so that every group of users and items gives its share. */
    private static RatingSet sample(RatingSet all, int count) {
        int[] users = new int[count];
        int[] items = new int[count];
        float[] ratings = new float[count];
        for (int i = 0; i < count; i++) {
            int rating = (int) ((long) i * all.size() / count);
            users[i] = all.user(rating);
            items[i] = all.item(rating);
            ratings[i] = all.rating(rating);
        }
        return RatingSet.of(users, items, ratings);
    }

    /** What a rating more costs, at most what one costs on average. */
    private static Cost slope(Tried half, Tried whole) {
        Cost more = whole.epoch.plus(half.epoch.times(-1)).times(1.0 / Math.max(1, whole.ratings - half.ratings));
        Cost mean = whole.epoch.times(1.0 / whole.ratings);
        Cost positive = more.atLeastNothing();
        return new Cost(
                Math.min(mean.cpuSeconds(), positive.cpuSeconds()), Math.min(mean.seconds(), positive.seconds()));
    }

    private Cost look(RatingModel model) {
        RatingSet heldOut = data.validation().orElse(null);
        if (heldOut == null || heldOut.size() == 0) {
            return Cost.NONE;
        }
        RatingSet some = sample(heldOut, Math.min(LOOKED, heldOut.size()));
        RatingEvaluation evaluation = new RatingEvaluation(model, workers);
        evaluation.measure(some);
        Cost.Watch watch = tools.clock().start();
        evaluation.measure(some);
        return watch.cost().times((double) heldOut.size() / some.size());
    }

    private static long bytes(RatingModel model, String prefix) {
        long bytes = 0;
        for (Tensor tensor : model.all()) {
            if (tensor.name().startsWith(prefix)) {
                bytes += tensor.elements() * TensorPages.numberBytes(tensor);
            }
        }
        return bytes;
    }

    /** Takes the time of epochs. */
    private final class Epochs implements RatingListener {

        private final Cost.Watch watch = tools.clock().start();
        private final List<Cost> ends = new ArrayList<>();

        @Override
        public void epoch(RatingEpochReport report) {
            ends.add(watch.cost());
        }

        /** From the start to the end of the first one. */
        Cost first() {
            return ends.get(0);
        }

        /** Of those behind the first one. */
        Cost mean() {
            Cost last = ends.get(ends.size() - 1);
            return last.plus(first().times(-1)).times(1.0 / (ends.size() - 1));
        }
    }
}
