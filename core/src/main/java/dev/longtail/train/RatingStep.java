package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.model.RatingModel;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingBatch;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * One step of training: errors are taken of the vectors that a batch has read, each user and item once, and the
 * gradients go back to the tables. With e the score of a pair less its rating, the gradient of its loss by U[u] is e
 * I[i] + l2 U[u], and the other way round; those of a user are added up in the order of the batch. Then the next batch
 * is read.
 *
 * <p>The two sides have nothing to do with each other but for the errors, and a side reads the next batch when it has
 * learned from this one. So two threads take a side each, and wait for each other once a step; with more threads, each
 * table uses them all.
 */
final class RatingStep implements AutoCloseable, Stateful {

    /** Users and items. */
    private static final int SIDES = 2;

    /** Pairs whose products are summed together, in a cache line. */
    private static final int PAIRS = 16;

    private final RatingModel model;
    private final RatingTrainConfig config;
    private final Workers workers;
    private final Workers alone = new Workers(1);
    private final RatingSide users;
    private final RatingSide items;
    private final float[] errors;
    /** Of the halves of a batch. */
    private final double[] losses = new double[SIDES];

    private final Halves halves = new Halves();
    private final boolean[] begun = new boolean[SIDES];
    private final AtomicBoolean restTaken = new AtomicBoolean();

    RatingStep(RatingModel model, RatingTrainConfig config, Workers workers) {
        this.model = model;
        this.config = config;
        this.workers = workers;
        int threads = workers.threads();
        this.users = new RatingSide(model, model.userTable(), model.userBias(), config, threads);
        this.items = new RatingSide(model, model.itemTable(), model.itemBias(), config, threads);
        this.errors = new float[config.batch()];
    }

    /** The model has more users or items than before. */
    void grow() {
        users.grow(model.userBias());
        items.grow(model.itemBias());
    }

    /** An epoch begins. */
    void startEpoch(int epoch) {
        users.startEpoch(epoch);
        items.startEpoch(epoch);
    }

    /** An epoch ends: the model can be read as it is. */
    void endEpoch() {
        users.endEpoch();
        items.endEpoch();
    }

    /** Reads the first batch of a pass. */
    void begin(RatingBatch batch) {
        users.readNext(batch.users(), batch.size(), workers);
        items.readNext(batch.items(), batch.size(), workers);
        advance();
    }

    /**
     * Learns from a batch of known users and items, which {@link #begin} or the step before has read.
     *
     * @param next the batch that comes next, empty when there is none
     * @param meanwhile something else to do before the step ends, by a thread that has time
     * @return sum over the batch of half the squared error, before the step
     */
    double run(RatingBatch batch, RatingBatch next, StepSize step, Runnable meanwhile) {
        if (workers.threads() == SIDES) {
            halves.reset();
            eachSide(side -> runSide(side, batch, next, step), meanwhile);
        } else {
            takeErrors(batch, 0);
            takeErrors(batch, 1);
            goOn(users, items, batch, next, step, workers);
            goOn(items, users, batch, next, step, workers);
            meanwhile.run();
        }
        advance();
        return losses[0] + losses[1];
    }

    private void advance() {
        users.advance();
        items.advance();
    }

    /** What one of two threads does: half of the errors, then a side. */
    private void runSide(int side, RatingBatch batch, RatingBatch next, StepSize step) {
        halves.run(side, half -> takeErrors(batch, half));
        goOn(side == 0 ? users : items, side == 0 ? items : users, batch, next, step, alone);
    }

    /** A side learns, then reads the next batch. */
    private void goOn(
            RatingSide own, RatingSide other, RatingBatch batch, RatingBatch next, StepSize step, Workers helpers) {
        own.learn(other, errors, scale(batch.size()), step, helpers);
        if (next.size() > 0) {
            own.readNext(own == users ? next.users() : next.items(), next.size(), helpers);
        }
    }

    /**
     * A side for each of two threads: always the same one, unless that is late, since what a core has written the other
     * one fetches slowly. With sides as they came, two threads took longer than one.
     *
     * @param rest what is done by the first one that is ready
     */
    private void eachSide(IntConsumer work, Runnable rest) {
        Arrays.fill(begun, false);
        restTaken.set(false);
        workers.run(SIDES, (number, worker) -> {
            int side = begun[worker] ? 1 - worker : worker; // the second one, where the other thread is late
            begun[worker] = true;
            work.accept(side);
            if (restTaken.compareAndSet(false, true)) {
                rest.run();
            }
        });
    }

    /** Scores less ratings, times the scale of the gradient, of half of a batch. */
    private void takeErrors(RatingBatch batch, int half) {
        int middle = batch.size() / 2 / PAIRS * PAIRS;
        int from = half == 0 ? 0 : middle;
        int to = half == 0 ? middle : batch.size();
        users.scores(items, from, to, errors);
        float mean = model.mean();
        float scale = scale(batch.size());
        float[] ratings = batch.ratings();
        double sum = 0;
        for (int i = from; i < to; i++) {
            float error = mean + errors[i] - ratings[i];
            sum += 0.5 * error * error;
            errors[i] = scale * error;
        }
        losses[half] = sum;
    }

    private float scale(int count) {
        return config.normalisation() == RatingTrainConfig.Normalisation.MEAN ? 1f / count : 1;
    }

    /** {@inheritDoc} Range and mean of the model, which keep their values in a run, are not part of it. */
    @Override
    public void carry(String name, StateCarrier state) {
        users.carry(name + ".users", state);
        items.carry(name + ".items", state);
    }

    @Override
    public void close() {
        alone.close();
    }
}
