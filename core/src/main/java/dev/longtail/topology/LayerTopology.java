package dev.longtail.topology;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.Workers;

/**
 * How the connections of one sparse layer move during a run of training; made by {@link RewireConfig#topology}. The
 * layer is trained in shards, and a shard by one worker at a time.
 */
public interface LayerTopology extends Stateful {

    /**
     * What a label, or a hidden unit, saw in a batch.
     *
     * @param step number of the step, from 1
     * @param x [inputs][batch]
     * @param batch number of examples
     * @param dScores float[batch], derivative of the loss with respect to the label's scores
     * @param targets float[batch], above 0 where the example carries the label; nowhere for a hidden unit
     */
    record Observation(long step, Panel x, int batch, float[] dScores, float[] targets) {}

    /** Whether {@link #observe} wants to be called in this step, for labels that have a gradient. */
    boolean observes(long step);

    /**
     * Takes note of a label's gradients, before its weights change.
     *
     * @param shard of the layer
     * @param label row within the shard
     */
    void observe(int shard, int label, Observation observation);

    /**
     * Moves connections if that is due after {@code step}; to be called when all shards are done with it. Weights
     * change only in steps that report a move.
     *
     * @return number of slots that moved
     */
    long rewire(long step, Workers workers);
}
