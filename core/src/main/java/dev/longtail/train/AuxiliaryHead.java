package dev.longtail.train;

import dev.longtail.body.DenseLayer;
import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.model.LabelModel;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.Positives;
import dev.longtail.output.RowRanges;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.Optional;

/**
 * The meta-classifier of SPARTEX 2.5: a dense layer from the bag after dropout to a score for every cluster of labels,
 * with logistic loss. A cluster is true for an example that carries one of its labels. The head lives as long as the
 * training: no prediction needs it.
 *
 * <p>It may also save the output layer work: with a shortlist of m, a step visits only the labels of clusters that are
 * among the m best of an example of the batch, and those of clusters that an example carries a label of. The head then
 * learns to the end of the run.
 */
final class AuxiliaryHead implements Stateful {

    private final AuxiliaryConfig config;
    private final long steps;
    private final Workers workers;
    private final Shards clusters;
    private final float scale;
    private final DenseLayer layer;
    private final DenseLayer.Training training;
    private final Panel scores;
    private final Panel dInput;
    private final Buffers[] buffersOfWorkers;
    private final double[] losses;
    private final int group;
    private final Optional<Shortlist> shortlist;

    private AuxiliaryHead(LabelModel model, TrainConfig train, long steps, Workers workers) {
        this.config = train.auxiliary();
        this.steps = steps;
        this.workers = workers;
        int labels = model.labels().size();
        int batch = train.batch();
        clusters = LabelClusters.cut(labels, model.config().output().clusterSize());
        scale = (float) config.scale(clusters.count(), labels);
        layer = new DenseLayer(clusters.count(), model.table().dimension());
        layer.initialise(RandomStream.key(train.seed(), 0, 6));
        startBias(model);
        training = layer.new Training(config.optimizer(), batch, workers.threads());
        scores = Panel.of(Math.multiplyExact(layer.outputs(), batch));
        dInput = Panel.of(layer.inputs() * batch);
        buffersOfWorkers = new Buffers[workers.threads()];
        Arrays.setAll(buffersOfWorkers, worker -> new Buffers(batch));
        losses = new double[clusters.count()];
        group = model.config().output().group();
        shortlist = train.shortlist() == 0
                ? Optional.empty()
                : Optional.of(new Shortlist(clusters.count(), train.shortlist(), batch));
    }

    /** The head of a run, where the settings ask for one. */
    static Optional<AuxiliaryHead> of(LabelModel model, TrainConfig config, long steps, Workers workers) {
        config.check(model.config().output());
        return config.auxiliary().weight() > 0 || config.shortlist() > 0
                ? Optional.of(new AuxiliaryHead(model, config, steps, workers))
                : Optional.empty();
    }

    /** Log odds of the clusters, as if no example had two labels of one; that is close enough to start from. */
    private void startBias(LabelModel model) {
        long[] counts = new long[clusters.count()];
        for (int label = 0; label < model.labels().size(); label++) {
            counts[clusters.of(model.output().row(label))] += model.labels().frequency(label);
        }
        for (int cluster = 0; cluster < counts.length; cluster++) {
            double share = Math.min(0.5, (counts[cluster] + 0.5) / (model.trainExamples() + 1.0));
            layer.bias()[cluster] = (float) Math.log(share / (1 - share));
        }
    }

    /** What one worker writes besides the parameters, float[batch] each. */
    private static final class Buffers {
        final float[] scores;
        final float[] targets;
        final float[] dScores;

        Buffers(int batch) {
            scores = new float[batch];
            targets = new float[batch];
            dScores = new float[batch];
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        training.carry(name, state);
    }

    /** The layer, for tests. */
    DenseLayer layer() {
        return layer;
    }

    /** Share of the head's loss in what the encoder minimises at a step. */
    float weight(long step) {
        return config.weightAt(step, steps);
    }

    /** Whether the head is in use at a step. */
    boolean isActive(long step) {
        return shortlist.isPresent() || weight(step) > 0;
    }

    /** Rows of the output layer that take part in the latest step, whole groups of labels. */
    RowRanges rows() {
        return shortlist.map(chosen -> chosen.rows(clusters, group)).orElseGet(RowRanges::all);
    }

    /**
     * Forward, loss, backward and update of the head. Its own parameters follow the sum over clusters, averaged over
     * examples, whatever share the encoder gives it: a mean over very many clusters would make gradients as small as
     * the epsilon of adaptive rules.
     *
     * @param input [dimension][batch]
     * @return the normalised loss, mean over the examples, before the update
     */
    double step(Panel input, int batch, Positives positives, StepSize step) {
        layer.forward(input, batch, scores, workers);
        shortlist.ifPresent(list -> list.choose(scores, batch, positives, clusters));
        workers.run(clusters.count(), (cluster, worker) -> {
            losses[cluster] = derive(cluster, batch, positives, buffersOfWorkers[worker]);
        });
        training.backward(input, batch, scores, dInput, step, workers);
        return scale * Arrays.stream(losses).sum() / batch;
    }

    /** Replaces the scores of a cluster by the derivatives of the loss. @return its loss, a plain sum */
    private double derive(int cluster, int batch, Positives positives, Buffers buffers) {
        int row = scores.at(cluster * batch);
        System.arraycopy(scores.values(), row, buffers.scores, 0, batch);
        Arrays.fill(buffers.targets, -1);
        int end = positives.firstFrom(clusters.first(cluster + 1));
        for (int pair = positives.firstFrom(clusters.first(cluster)); pair < end; pair++) {
            buffers.targets[positives.example(pair)] = 1;
        }
        double loss = Vectors.logistic(buffers.scores, buffers.targets, batch, 1f / batch, buffers.dScores);
        System.arraycopy(buffers.dScores, 0, scores.values(), row, batch);
        return loss;
    }

    /**
     * Adds to the encoder's gradient what the latest step of the head asks for.
     *
     * @param share weight of the head's normalised loss
     * @param sum [dimension][batch]
     */
    void addGradient(float share, int batch, Panel sum) {
        float factor = share * scale;
        Vectors.addScaled(factor, dInput.values(), dInput.offset(), sum.values(), sum.offset(), layer.inputs() * batch);
    }
}
