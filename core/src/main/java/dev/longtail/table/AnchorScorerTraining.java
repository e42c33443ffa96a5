package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training of an {@link AnchorScorer}. With h the hidden vector of an example and g the gradients of the scores,
 *
 * <pre>
 *   dh = A^T T^T g,   dA = (T^T g) h^T,   dT = g (A h)^T
 * </pre>
 *
 * which are the gradients that the table has at the input end for a bag of the objects whose weights are g and whose
 * gradient is h. So the update is the one of {@link AnchorTraining}, with its optimizers, growth of links and proximal
 * steps; where the table is the model's input table too, its examples are the bags of both ends.
 *
 * <p>T takes the step of eq. 35, T = prox(T - rate g (A h)^T), with small gradients left out before the product is
 * formed: it has rows for the objects with others only, and all other rows owe nothing but the penalty. A kept row of T
 * then is, under plain descent, within rate times bound times the sum over examples of |A h| of what the exact update
 * makes of it, link by link, since proximal steps bring no two numbers further apart; links that may grow are chosen by
 * the gradients that are kept. The paper shrinks gradients by the bound; leaving out has the same error at most and
 * none in the gradients that are kept.
 *
 * <p>A step is {@link #begin}, {@link #train} for objects of any shards, and {@link #end}. Objects that are not trained
 * are not read: with sampled losses, a step costs what its positives and negatives cost.
 */
public final class AnchorScorerTraining implements Stateful {

    /**
     * What is fixed for a run.
     *
     * @param maxBatch most examples in a step
     * @param bias update rule of the biases
     * @param trainBias whether biases are updated
     */
    public record Plan(int maxBatch, OptimizerConfig bias, boolean trainBias) {}

    /**
     * One step.
     *
     * @param x [dimension][size], hidden vectors
     * @param size number of examples
     * @param least magnitude up to which gradients of scores are left out, at least 0
     * @param step size of the step
     */
    public record Batch(Panel x, int size, float least, StepSize step) {}

    /** A loss that is a sum over objects. */
    @FunctionalInterface
    public interface Loss {

        /**
         * The loss of one object over a batch.
         *
         * @param scores float[at least batch], valid during the call
         * @param dScores float[at least batch], written unless the loss is 0: the gradient of what is lowered
         */
        double gradient(int worker, int object, float[] scores, float[] dScores);
    }

    private final AnchorScorer scorer;
    private final AnchorTraining table;
    private final Plan plan;
    private final boolean tied;
    private final List<OptimizerState> biasStates = new ArrayList<>();
    private final ScoreGradients gradients = new ScoreGradients();
    private final AnchorScorer.Scratch[] scratch;
    private final float[][] dScores;
    private final Panel hidden;
    private final Panel dHidden;
    private float[] projected = {};
    private Batch batch;

    AnchorScorerTraining(AnchorScorer scorer, AnchorTraining table, Plan plan, boolean tied) {
        this.scorer = scorer;
        this.table = table;
        this.plan = plan;
        this.tied = tied;
        Shards shards = scorer.shards();
        for (int shard = 0; shard < shards.count(); shard++) {
            biasStates.add(plan.bias().newState(plan.trainBias() ? shards.size(shard) : 0, 1));
        }
        this.scratch = new AnchorScorer.Scratch[table.threads()];
        this.dScores = new float[table.threads()][plan.maxBatch()];
        int dimension = scorer.table().dimension();
        this.hidden = Panel.of(dimension * plan.maxBatch());
        this.dHidden = Panel.of(dimension * plan.maxBatch());
        this.batch = new Batch(hidden, 0, 0, new StepSize(1, 1));
    }

    /** An epoch begins. @param epoch from 1 */
    public void startEpoch(int epoch) {
        if (!tied) {
            table.startEpoch(epoch);
        }
    }

    /** An epoch ends: all rows are brought up to date. */
    public void endEpoch() {
        if (!tied) {
            table.endEpoch();
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".bias", scorer.bias());
        if (!tied) {
            table.carry(name + ".table", state);
        }
        for (int shard = 0; shard < biasStates.size(); shard++) {
            biasStates.get(shard).carry(name + ".biasState." + shard, state);
        }
    }

    /** Begins a step. Where the table is tied, its input end has read its batch before. */
    public void begin(Batch next, Workers workers) {
        batch = next;
        table.follow();
        int rows = scorer.table().anchors().rows();
        projected = projected.length < rows * plan.maxBatch() ? new float[rows * plan.maxBatch()] : projected;
        scorer.project(next.x(), next.size(), projected, workers);
        gradients.clear(scorer.shards());
        Arrays.setAll(
                scratch,
                i -> scratch[i] != null && scratch[i].row.columns.length == rows
                        ? scratch[i]
                        : new AnchorScorer.Scratch(scorer, plan.maxBatch()));
    }

    /**
     * Scores objects of a shard and takes their gradients. Different shards may be trained at the same time, a shard by
     * one worker and in ascending order.
     *
     * @param from first object
     * @param to end of the objects, exclusive; all of them are of the shard
     * @return the loss, and how many objects learn
     */
    public Trained train(int shard, int from, int to, int worker, Loss loss) {
        AnchorScorer.Scratch own = scratch[worker];
        double sum = 0;
        int updated = 0;
        for (int object = from; object < to; object++) {
            table.settle(object, worker);
            scorer.score(object, projected, batch.size(), own);
            double value = loss.gradient(worker, object, own.scores, dScores[worker]);
            if (value != 0) {
                sum += value;
                updated += gradients.keep(shard, object, dScores[worker], batch.size(), batch.least()) ? 1 : 0;
                updateBias(shard, object, worker);
            }
        }
        return new Trained(sum, updated);
    }

    /**
     * What {@link #train} found.
     *
     * @param loss summed over objects and examples
     * @param updated objects with a gradient that is not left out
     */
    public record Trained(double loss, int updated) {}

    private void updateBias(int shard, int object, int worker) {
        if (!plan.trainBias()) {
            return;
        }
        float sum = 0;
        for (int example = 0; example < batch.size(); example++) {
            sum += dScores[worker][example];
        }
        int local = object - scorer.shards().first(shard);
        biasStates.get(shard).update(local, scorer.bias(), object, new float[] {sum}, batch.step());
    }

    /**
     * Ends a step: A and the rows of T take theirs, or will with the input end.
     *
     * @param dx [dimension][size], written: the gradient of the hidden vectors, at the values before the step
     */
    public void end(Panel dx, Workers workers) {
        int size = batch.size();
        int dimension = scorer.table().dimension();
        transpose(batch.x(), dimension, size, hidden);
        SparseBatch bags = gradients.batch(size);
        scorer.table().bags(bags, dHidden, workers);
        transpose(dHidden, size, dimension, dx);
        if (tied) {
            table.contribute(bags, hidden);
        } else {
            table.backward(bags, hidden, batch.step(), workers);
        }
        biasStates.forEach(OptimizerState::endStep);
    }

    /** @param from [rows][columns] @param to [columns][rows], written */
    private static void transpose(Panel from, int rows, int columns, Panel to) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to.values()[to.at(column * rows + row)] = from.values()[from.at(row * columns + column)];
            }
        }
    }
}
