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
 * One step of training: vectors of a batch are read, each user and item once, errors taken, and the gradients go back
 * to the tables. With e the score of a pair less its rating, the gradient of its loss by U[u] is e I[i] + l2 U[u], and
 * the other way round; those of a user are added up in the order of the batch.
 *
 * <p>The two sides have nothing to do with each other but for the errors. So two threads take a side each, in one
 * region of parallel work for reading and one for learning; with more threads, each table uses them all.
 */
final class RatingStep implements AutoCloseable, Stateful {

    /** Users and items. */
    private static final int SIDES = 2;

    /** What there is to do besides, at most. */
    private static final int MOST_REST = 3;

    private final RatingModel model;
    private final RatingTrainConfig config;
    private final Workers workers;
    private final Workers alone = new Workers(1);
    private final Side users;
    private final Side items;
    private double loss;
    private final AtomicIntegerArray taken = new AtomicIntegerArray(SIDES + MOST_REST);

    RatingStep(RatingModel model, RatingTrainConfig config, Workers workers) {
        this.model = model;
        this.config = config;
        this.workers = workers;
        this.users = new Side(model.userTable(), model.userBias());
        this.items = new Side(model.itemTable(), model.itemBias());
    }

    /** The model has more users or items than before. */
    void grow() {
        users.grow(model.userBias());
        items.grow(model.itemBias());
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
            eachSide(side -> side(side).read(ids(batch, side), batch.size(), alone));
            eachSide(
                    side -> learn(side, batch, step),
                    worker -> side(0).updateBiases(batch, side(worker).errors, step),
                    worker -> side(1).updateBiases(batch, side(worker).errors, step),
                    worker -> meanwhile.run());
            return loss;
        }
        users.read(batch.users(), batch.size(), workers);
        items.read(batch.items(), batch.size(), workers);
        loss = takeErrors(batch, users.errors);
        users.learn(items, users.errors, step, workers);
        items.learn(users, users.errors, step, workers);
        users.updateBiases(batch, users.errors, step);
        items.updateBiases(batch, users.errors, step);
        meanwhile.run();
        return loss;
    }

    private Side side(int number) {
        return number == 0 ? users : items;
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
     * @param rest what is done by whoever is ready first, by its number: small pieces, so that nobody waits long
     */
    private void eachSide(IntConsumer work, IntConsumer... rest) {
        int tasks = SIDES + rest.length;
        for (int task = 0; task < tasks; task++) {
            taken.set(task, 0);
        }
        workers.run(tasks, (number, worker) -> {
            if (taken.compareAndSet(worker, 0, 1)) {
                work.accept(worker);
                return;
            }
            for (int task = SIDES; task < tasks; task++) {
                if (taken.compareAndSet(task, 0, 1)) {
                    rest[task - SIDES].accept(worker);
                    return;
                }
            }
            work.accept(1 - worker); // all others have been taken
        });
    }

    /** Scores less ratings, times the scale of the gradient; returns half the sum of their squares. */
    private double takeErrors(RatingBatch batch, float[] errors) {
        int dimension = model.config().dimension();
        float mean = model.mean();
        float scale = scale(batch.size());
        boolean biases = model.config().biases();
        int[] user = users.objects.places();
        int[] item = items.objects.places();
        float[] userBias = users.biases.own();
        float[] itemBias = items.biases.own();
        double sum = 0;
        for (int i = 0; i < batch.size(); i++) {
            float score = mean + dot(users.vectors, user[i] * dimension, items.vectors, item[i] * dimension, dimension);
            if (biases) {
                score += userBias[user[i]] + itemBias[item[i]];
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

    private static float dot(Panel a, int atA, Panel b, int atB, int n) {
        return Vectors.dot(a.values(), a.at(atA), b.values(), b.at(atB), n);
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

    /** Users or items: those of the batch with their vectors, and what learns. */
    private final class Side implements Stateful {

        private final InputTable table;
        private final InputTable.Training training;
        private final BiasStep biases;
        private final DistinctIds objects;
        private final SparseBatch batch = new SparseBatch();
        private final Panel vectors;
        private final Panel gradients;
        private final float[] errors;

        Side(InputTable table, float[] biases) {
            this.table = table;
            this.training = table.training(config.optimizer(), workers.threads());
            this.biases = new BiasStep(biases, config.batch(), config.biasL2());
            this.objects = new DistinctIds(table.features(), config.batch());
            int length = Math.multiplyExact(config.batch(), table.dimension());
            this.vectors = Panel.of(length);
            this.gradients = Panel.of(length);
            this.errors = new float[config.batch()];
        }

        void grow(float[] allBiases) {
            biases.grow(allBiases);
            objects.grow(table.features());
        }

        @Override
        public void carry(String name, StateCarrier state) {
            training.carry(name + ".table", state);
            biases.carry(name + ".biases", state);
        }

        void read(int[] ids, int count, Workers helpers) {
            objects.collect(ids, count);
            batch.setDistinct(objects.ids(), objects.count());
            training.prepare(batch, helpers);
            training.bags(batch, vectors, helpers);
            if (model.config().biases()) {
                biases.read(objects);
            }
        }

        void learn(Side other, float[] found, StepSize step, Workers helpers) {
            int size = objects.size();
            gradients(found, other, scale(size) * config.l2());
            training.backward(batch, gradients, step, helpers);
        }

        /** The sum over its ratings of e I[i] + l2 U[u] for each user, or the other way round. */
        private void gradients(float[] found, Side other, float l2) {
            int dimension = table.dimension();
            int[] own = objects.places();
            int[] others = other.objects.places();
            float[] out = gradients.values();
            for (int place = 0; place < objects.count(); place++) {
                int at = place * dimension;
                float weight = l2 * objects.times(place);
                Vectors.scaled(weight, vectors.values(), vectors.at(at), out, gradients.at(at), dimension);
            }
            for (int i = 0; i < objects.size(); i++) {
                int from = other.vectors.at(others[i] * dimension);
                int to = gradients.at(own[i] * dimension);
                Vectors.addScaled(found[i], other.vectors.values(), from, out, to, dimension);
            }
        }

        void updateBiases(RatingBatch ratings, float[] found, StepSize step) {
            if (model.config().biases()) {
                float rate = config.biasRate() * step.factor();
                biases.update(objects, found, ratings.size(), scale(ratings.size()), rate);
            }
        }
    }
}
