package dev.longtail.train;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.RowVectors;
import dev.longtail.kernel.Scratch;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.model.RatingModel;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.table.InputTable;

/**
 * Users or items: those of a batch with their vectors, each once, and what learns. There is room for two batches, so
 * that the next one can be read while the other side still learns from the one at hand.
 */
final class RatingSide implements Stateful {

    private final RatingTrainConfig config;
    private final InputTable table;
    private final InputTable.Training training;
    private final BiasStep biases;
    private final boolean hasBiases;
    private final DistinctIds distinct;
    private final Panel gradients;
    private Read now;
    private Read next;

    /** What a batch reads of a side; never written while the batch is learned. */
    private static final class Read {

        private final DistinctIds.Found objects;
        private final SparseBatch batch = new SparseBatch();
        private final Panel vectors;
        private final float[] biases;

        Read(int size, Panel vectors) {
            this.objects = new DistinctIds.Found(size);
            this.vectors = vectors;
            this.biases = new float[size];
        }
    }

    /** @param biases the live array */
    RatingSide(RatingModel model, InputTable table, float[] biases, RatingTrainConfig config, int threads) {
        this.config = config;
        this.table = table;
        this.training = table.trainingOfSingles(config.optimizer(), threads);
        this.biases = new BiasStep(biases, config.batch(), config.biasL2());
        this.hasBiases = model.config().biases();
        this.distinct = new DistinctIds(table.features());
        int length = Math.multiplyExact(config.batch(), table.dimension());
        Scratch scratch = Scratch.of(length, length, length);
        this.gradients = scratch.panel(0);
        this.now = new Read(config.batch(), scratch.panel(1));
        this.next = new Read(config.batch(), scratch.panel(2));
    }

    void grow(float[] allBiases) {
        biases.grow(allBiases);
        distinct.grow(table.features());
    }

    void startEpoch(int epoch) {
        training.startEpoch(epoch);
    }

    void endEpoch() {
        training.endEpoch();
    }

    @Override
    public void carry(String name, StateCarrier state) {
        training.carry(name + ".table", state);
        biases.carry(name + ".biases", state);
    }

    /** Reads the batch that comes next, for which this side has to have learned from the one at hand. */
    void readNext(int[] ids, int count, Workers helpers) {
        distinct.collect(ids, count, next.objects);
        next.batch.setDistinct(next.objects.ids(), next.objects.count());
        training.prepare(next.batch, helpers);
        training.bags(next.batch, next.vectors, helpers);
        if (hasBiases) {
            biases.read(next.objects, next.biases);
        }
    }

    /** Goes on to the batch that was read last. */
    void advance() {
        Read learned = now;
        now = next;
        next = learned;
    }

    /** Scores of ratings {@code from} to {@code to} of the batch, without the mean. @param scores [size], written */
    void scores(RatingSide items, int from, int to, float[] scores) {
        int[] places = now.objects.places();
        int[] others = items.now.objects.places();
        RowVectors.pairDots(now.vectors, places, items.now.vectors, others, from, to, table.dimension(), scores);
        float[] own = now.biases;
        float[] itemBiases = items.now.biases;
        for (int i = from; hasBiases && i < to; i++) {
            scores[i] += own[places[i]] + itemBiases[others[i]];
        }
    }

    /**
     * Takes a step: with e the gradient by the score, the sum over its ratings of e I[i] + l2 U[u] for each user, or
     * the other way round.
     *
     * @param errors e of each rating
     * @param scale of the penalty of a rating
     */
    void learn(RatingSide other, float[] errors, float scale, StepSize step, Workers helpers) {
        int dimension = table.dimension();
        DistinctIds.Found objects = now.objects;
        int[] others = other.now.objects.places();
        RowVectors.scaledRows(scale * config.l2(), objects.times(), now.vectors, gradients, objects.count(), dimension);
        RowVectors.addScaledRows(
                errors, other.now.vectors, others, gradients, objects.places(), objects.size(), dimension);
        training.backward(now.batch, gradients, step, helpers);
        if (hasBiases) {
            biases.update(objects, now.biases, errors, scale, config.biasRate() * step.factor());
        }
    }
}
