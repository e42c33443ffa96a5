package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * An anchor table at the output end (appendix H of Anchor and Transform): for a hidden vector h the score of object i
 * is
 *
 * <pre>
 *   e_i . h + bias_i = t_i . (A h) + bias_i
 * </pre>
 *
 * with the row t_i of T. A h, as many numbers as there are anchors, is computed first, so a score costs as much as its
 * row has links, and no vector of an object is formed. The table may be one of its own or the input table of the same
 * model ("tied"). Scoring changes nothing; {@link AnchorScorerTraining} learns.
 */
public final class AnchorScorer {

    private static final int BLOCK = 16;

    private final AnchorTable table;
    private final float[] bias;

    /**
     * A scorer of the objects of a table.
     *
     * @param bias float[objects], kept and learned in place
     * @throws IllegalArgumentException when objects of the table share rows or some have none
     */
    public AnchorScorer(AnchorTable table, float[] bias) {
        RowPlaces places = table.places();
        Require.that(
                places.areOfTheirOwn(),
                "rows of a table that scores",
                "one for every object",
                places.shards().rows());
        Require.that(bias.length == table.features(), "biases", "one for every object", bias.length);
        this.table = table;
        this.bias = bias;
    }

    /** The live table. */
    public AnchorTable table() {
        return table;
    }

    /** The live biases. */
    public float[] bias() {
        return bias;
    }

    /** How objects are cut into units of parallel work. */
    public Shards shards() {
        return table.transform().shards();
    }

    /** Training that changes the table by itself. */
    public AnchorScorerTraining training(AnchorScorerTraining.Plan plan, OptimizerConfig optimizer, int threads) {
        return new AnchorScorerTraining(this, (AnchorTraining) table.training(optimizer, threads), plan, false);
    }

    /**
     * Training whose gradients are added to those of the input end: T and A are updated once, by
     * {@link InputTable.Training#backward} of that end, which has to follow every step.
     *
     * @param input training of the same table at the input end
     * @throws IllegalArgumentException when that is the training of another table
     */
    public AnchorScorerTraining tied(AnchorScorerTraining.Plan plan, InputTable.Training input) {
        if (input instanceof AnchorTraining anchors && anchors.table() == table) {
            return new AnchorScorerTraining(this, anchors, plan, true);
        }
        throw new IllegalArgumentException("tied ends need the training of one and the same anchor table");
    }

    /** Takes the scores of one object for a batch; called by several workers at once, each object once. */
    @FunctionalInterface
    public interface Sink {

        /** @param scores float[batch], valid during the call */
        void accept(int worker, int object, float[] scores);
    }

    /** Scratch of one thread. */
    static final class Scratch {
        final AnchorMixer.Row row;
        final float[] scores;

        Scratch(AnchorScorer scorer, int batch) {
            row = new AnchorMixer.Row(scorer.table.anchors().rows());
            scores = new float[batch];
        }
    }

    /**
     * Scores all objects.
     *
     * @param x [dimension][batch], hidden vectors
     */
    public void scores(Panel x, int batch, Workers workers, Sink sink) {
        float[] projected = new float[table.anchors().rows() * batch];
        project(x, batch, projected, workers);
        Scratch[] scratch = new Scratch[workers.threads()];
        Arrays.setAll(scratch, i -> new Scratch(this, batch));
        workers.run(shards().count(), (shard, worker) -> {
            for (int object = shards().first(shard); object < shards().first(shard + 1); object++) {
                score(object, projected, batch, scratch[worker]);
                sink.accept(worker, object, scratch[worker].scores);
            }
        });
    }

    /**
     * A h for the hidden vectors h of a batch; of softmax mixtures the sum of each set stands behind the anchors.
     *
     * @param out [anchors and sums][batch], written
     */
    void project(Panel x, int batch, float[] out, Workers workers) {
        AnchorMatrix anchors = table.anchors();
        int dimension = table.dimension();
        int rows = anchors.rows();
        Arrays.fill(out, 0, rows * batch, 0);
        workers.run((rows + BLOCK - 1) / BLOCK, (block, worker) -> {
            int from = block * BLOCK;
            Vectors.multiplyAdd(
                    anchors.matrix(),
                    from * dimension,
                    dimension,
                    1,
                    x.values(),
                    x.offset(),
                    batch,
                    out,
                    from * batch,
                    batch,
                    Math.min(BLOCK, rows - from),
                    dimension,
                    batch);
        });
    }

    /**
     * Scores an object for a batch.
     *
     * @param projected what {@link #project} gave
     */
    void score(int object, float[] projected, int batch, Scratch scratch) {
        AnchorMixer.Row row = scratch.row;
        table.mixer().read(object, 1, row);
        Vectors.sparseScores(
                row.weights, 0, row.columns, 0, row.count, bias[object], projected, 0, batch, scratch.scores);
    }

    /** Scores objects for one hidden vector after the other. For one thread. */
    public final class Single {

        private final AnchorMixer.Row row = new AnchorMixer.Row(table.anchors().rows());
        private final float[] projected = new float[table.anchors().rows()];
        private final int[] buffer = new int[Vectors.lanes()];

        /** Takes a hidden vector, float[dimension] from {@code offset} on. */
        public void take(float[] x, int offset) {
            int dimension = table.dimension();
            for (int k = 0; k < projected.length; k++) {
                projected[k] = Vectors.dot(table.anchors().matrix(), k * dimension, x, offset, dimension);
            }
        }

        /** The score of an object for the vector that was taken last. */
        public float score(int object) {
            table.mixer().read(object, 1, row);
            return bias[object] + Vectors.gatherDot(row.weights, 0, row.columns, 0, row.count, projected, 0, buffer);
        }
    }
}
