package dev.longtail.train;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.model.RatingModel;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingBatch;
import dev.longtail.table.InputTable;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/**
 * One step of training: vectors of a batch are read, errors taken, and the gradients go back to the tables. With e the
 * score of a pair less its rating, the gradient of its loss by U[u] is e I[i] + l2 U[u], and the other way round.
 *
 * <p>The two sides have nothing to do with each other but for the errors. So two threads take a side each, in one
 * region of parallel work for reading and one for learning; with more threads, each table uses them all.
 */
final class RatingStep implements AutoCloseable, Stateful {

    /** Users, items and the rest. */
    private static final int TASKS = 3;

    private static final int REST = 2;

    private final RatingModel model;
    private final RatingTrainConfig config;
    private final Workers workers;
    private final Workers alone = new Workers(1);
    private final Side users;
    private final Side items;
    private double loss;
    private final AtomicIntegerArray taken = new AtomicIntegerArray(TASKS);

    RatingStep(RatingModel model, RatingTrainConfig config, Workers workers) {
        this.model = model;
        this.config = config;
        this.workers = workers;
        this.users = new Side(model.userTable(), model.userBias());
        this.items = new Side(model.itemTable(), model.itemBias());
    }

    /** The model has more users or items than before. */
    void grow() {
        users.biases.grow(model.userBias());
        items.biases.grow(model.itemBias());
    }

    /** An epoch begins. */
    void startEpoch(int epoch) {
        users.training.startEpoch(epoch);
        items.training.startEpoch(epoch);
    }

    /** An epoch ends: the model can be read as it is. */
    void endEpoch() {
        users.training.endEpoch();
        items.training.endEpoch();
    }

    /**
     * Learns from a batch of known users and items.
     *
     * @param meanwhile something else to do before the step ends, by a thread that has time
     * @return sum over the batch of half the squared error, before the step
     */
    double run(RatingBatch batch, StepSize step, Runnable meanwhile) {
        if (workers.threads() == 2) {
            eachSide(side -> side(side).read(ids(batch, side), batch.size(), alone), worker -> readBiases(batch));
            eachSide(side -> learn(side, batch, step), worker -> {
                updateBiases(batch, side(worker).errors, step);
                meanwhile.run();
            });
            return loss;
        }
        users.read(batch.users(), batch.size(), workers);
        items.read(batch.items(), batch.size(), workers);
        readBiases(batch);
        loss = takeErrors(batch, users.errors);
        users.learn(items, users.errors, step, workers);
        items.learn(users, users.errors, step, workers);
        updateBiases(batch, users.errors, step);
        meanwhile.run();
        return loss;
    }

    private Side side(int number) {
        return number == 0 ? users : items;
    }

    private void readBiases(RatingBatch batch) {
        if (model.config().biases()) {
            users.biases.read(batch.users(), batch.size(), users.ownBiases);
            items.biases.read(batch.items(), batch.size(), items.ownBiases);
        }
    }

    private void updateBiases(RatingBatch batch, float[] errors, StepSize step) {
        if (model.config().biases()) {
            float scale = scale(batch.size());
            float rate = config.biasRate() * step.factor();
            users.biases.update(batch.users(), errors, batch.size(), scale, rate);
            items.biases.update(batch.items(), errors, batch.size(), scale, rate);
        }
    }

    private static int[] ids(RatingBatch batch, int side) {
        return side == 0 ? batch.users() : batch.items();
    }

    /** What one of two threads does: errors are taken by both, which is quicker than to wait for the other one. */
    private void learn(int side, RatingBatch batch, StepSize step) {
        Side own = side(side);
        double sum = takeErrors(batch, own.errors);
        if (side == 0) {
            loss = sum;
        }
        own.learn(side(1 - side), own.errors, step, alone);
    }

    /**
     * A side for each of two threads: always the same one, unless that is late, since what a core has written the other
     * one fetches slowly. With sides as they came, two threads took longer than one.
     *
     * @param rest what the one does that is ready first, by its number; that of the items mostly, who are fewer
     */
    private void eachSide(IntConsumer work, IntConsumer rest) {
        for (int task = 0; task < TASKS; task++) {
            taken.set(task, 0);
        }
        workers.run(TASKS, (number, worker) -> {
            if (taken.compareAndSet(worker, 0, 1)) {
                work.accept(worker);
            } else if (taken.compareAndSet(REST, 0, 1)) {
                rest.accept(worker);
            } else {
                work.accept(1 - worker); // all others have been taken
            }
        });
    }

    /** Scores less ratings, times the scale of the gradient; returns half the sum of their squares. */
    private double takeErrors(RatingBatch batch, float[] errors) {
        int dimension = model.config().dimension();
        float mean = model.mean();
        float scale = scale(batch.size());
        boolean biases = model.config().biases();
        double sum = 0;
        for (int i = 0; i < batch.size(); i++) {
            float score = mean + dot(users.vectors, items.vectors, i * dimension, dimension);
            if (biases) {
                score += users.ownBiases[i] + items.ownBiases[i];
            }
            float error = score - batch.ratings()[i];
            sum += 0.5 * error * error;
            errors[i] = scale * error;
        }
        return sum;
    }

    private float scale(int count) {
        return config.normalisation() == RatingTrainConfig.Normalisation.MEAN ? 1f / count : 1;
    }

    private static float dot(Panel a, Panel b, int at, int n) {
        return Vectors.dot(a.values(), a.at(at), b.values(), b.at(at), n);
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

    /** Users or items: their vectors in the batch, and what learns. */
    private final class Side implements Stateful {

        private final InputTable table;
        private final InputTable.Training training;
        private final BiasStep biases;
        private final SparseBatch batch = new SparseBatch();
        private final Panel vectors;
        private final Panel gradients;
        private final float[] errors;
        private final float[] ownBiases;

        Side(InputTable table, float[] biases) {
            this.table = table;
            this.training = table.training(config.optimizer(), workers.threads());
            this.biases = new BiasStep(biases, config.batch(), config.biasL2());
            int length = Math.multiplyExact(config.batch(), table.dimension());
            this.vectors = Panel.of(length);
            this.gradients = Panel.of(length);
            this.errors = new float[config.batch()];
            this.ownBiases = new float[config.batch()];
        }

        @Override
        public void carry(String name, StateCarrier state) {
            training.carry(name + ".table", state);
            biases.carry(name + ".biases", state);
        }

        void read(int[] ids, int count, Workers helpers) {
            batch.setSingles(ids, count);
            training.prepare(batch, helpers);
            training.bags(batch, vectors, helpers);
        }

        void learn(Side other, float[] found, StepSize step, Workers helpers) {
            gradients(found, other.vectors, scale(batch.rows()) * config.l2());
            training.backward(batch, gradients, step, helpers);
        }

        /** e I[i] + l2 U[u] for each rating: the second of all ratings at once, being a loop of many numbers. */
        private void gradients(float[] found, Panel others, float l2) {
            int dimension = table.dimension();
            float[] own = vectors.values();
            float[] out = gradients.values();
            int ownAt = vectors.offset();
            int outAt = gradients.offset();
            for (int k = 0; k < batch.rows() * dimension; k++) {
                out[outAt + k] = l2 * own[ownAt + k];
            }
            for (int i = 0; i < batch.rows(); i++) {
                int at = i * dimension;
                Vectors.addScaled(found[i], others.values(), others.at(at), out, outAt + at, dimension);
            }
        }
    }
}
