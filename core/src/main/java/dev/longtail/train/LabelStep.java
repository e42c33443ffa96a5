package dev.longtail.train;

import dev.longtail.body.Body;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.Objective;
import dev.longtail.output.OutputBatch;
import dev.longtail.output.OutputLayer;
import dev.longtail.output.OutputTraining;
import dev.longtail.output.Positives;
import dev.longtail.output.RowRanges;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.table.InputTable;
import dev.longtail.topology.RewireConfig;
import java.util.Optional;
import java.util.SplittableRandom;

/** One step of training: a batch goes up through table, body and output layer, and its gradient comes down again. */
final class LabelStep implements Stateful {

    private final LabelModel model;
    private final ScheduleConfig outputSchedule;
    private final long steps;
    private final Workers workers;
    private final Optional<InputTable.Training> table;
    private final Body.Training body;
    private final boolean bodyLearns;
    private final OutputTraining output;
    private final Optional<AuxiliaryHead> auxiliary;
    private final SparseBatch features = new SparseBatch();
    private final Positives positives = new Positives();
    private final Example example = new Example();
    private final RowRanges allRows = RowRanges.all();
    private Optional<LikelyRows> likely = Optional.empty();
    private Optional<Candidates> candidates = Optional.empty();
    private final float featureDropout;
    private final long featureSeed;
    private final Panel bags;
    private final Panel dHidden;

    LabelStep(LabelModel model, TrainConfig config, RewireConfig rewire, long steps, Workers workers) {
        this.model = model;
        this.outputSchedule = config.outputSchedule();
        this.steps = steps;
        this.workers = workers;
        int batch = config.batch();
        boolean tableLearns = config.frozen() == TrainConfig.Frozen.NONE;
        table = tableLearns
                ? Optional.of(model.table().training(config.tableOptimizer(), workers.threads()))
                : Optional.empty();
        bodyLearns = tableLearns
                || config.frozen() == TrainConfig.Frozen.TABLE
                        && !model.body().tensors().isEmpty();
        float dropout = model.config().body().dropout();
        long seed = RandomStream.key(config.seed(), 0, 4);
        Body.Plan bodyPlan = new Body.Plan(batch, dropout, seed, steps, !bodyLearns);
        body = model.body().training(bodyPlan, config.bodyOptimizer(), rewire, workers);
        OutputTraining.Plan plan = new OutputTraining.Plan(
                objective(model, config), config.trainBias(), batch, config.seed(), steps, config.skip());
        output = model.output().training(plan, config.outputOptimizer(), rewire, workers);
        auxiliary = AuxiliaryHead.of(model, config, steps, workers);
        featureDropout = config.featureDropout();
        featureSeed = RandomStream.key(config.seed(), 0, 7);
        bags = Panel.of(batch * model.table().dimension());
        dHidden = Panel.of(batch * model.body().hidden());
    }

    /** An epoch begins. */
    void startEpoch(int epoch) {
        table.ifPresent(training -> training.startEpoch(epoch));
        output.startEpoch(epoch);
    }

    /** An epoch ends: the model can be read as it is. */
    void endEpoch() {
        table.ifPresent(InputTable.Training::endEpoch);
        output.endEpoch();
    }

    /** {@inheritDoc} What keeps its values in a run is not part of it. */
    @Override
    public void carry(String name, StateCarrier state) {
        table.ifPresent(training -> training.carry(name + ".table", state));
        body.carry(name + ".body", state);
        output.carry(name + ".output", state);
        auxiliary.ifPresent(head -> head.carry(name + ".auxiliary", state));
    }

    /** The head, for tests. */
    Optional<AuxiliaryHead> auxiliary() {
        return auxiliary;
    }

    /** Number of labels. */
    int labels() {
        return model.labels().size();
    }

    /** Whether steps can gather candidates: the scores of all labels pass by. */
    boolean tellsScores() {
        return output.tellsScores() && auxiliary.isEmpty() && likely.isEmpty();
    }

    /** From now on steps visit likely labels only. */
    void visit(LikelyRows rows) {
        likely = Optional.of(rows);
    }

    private static Objective objective(LabelModel model, TrainConfig config) {
        ObjectiveConfig objective = config.objective();
        int labels = model.labels().size();
        float[] byRow = new float[objective.weighting() == ObjectiveConfig.Weighting.NONE ? 0 : labels];
        if (byRow.length > 0) {
            float[] inverse = new Propensity(objective.propensityA(), objective.propensityB())
                    .inverse(model.labels().frequencies(), model.trainExamples());
            for (int label = 0; label < labels; label++) {
                byRow[model.output().row(label)] = inverse[label];
            }
        }
        return new Objective(model.config().loss(), objective, labels, byRow);
    }

    /** From now on steps gather candidates, where there is room for them. */
    void gather(Optional<Candidates> room) {
        candidates = room;
    }

    /**
     * Trains on examples {@code order[from .. to)}.
     *
     * @param step size for table and body; the output layer has a schedule of its own
     */
    StepRecord run(Examples examples, int[] order, int from, int to, StepSize step) {
        load(examples, order, from, to, step.step());
        int batch = features.rows();
        table.ifPresent(training -> training.prepare(features, workers));
        model.table().bags(features, bags, workers);
        Panel hidden = body.forward(bags, batch, step.step(), workers);
        StepSize outputStep = outputSchedule.at(step.step(), steps);
        float share = auxiliary.map(head -> head.weight(step.step())).orElse(0f);
        double auxiliaryLoss = 0;
        RowRanges rows =
                likely.map(labels -> labels.of(order, from, to, positives)).orElse(allRows);
        if (auxiliary.isPresent() && auxiliary.get().isActive(step.step())) {
            auxiliaryLoss = auxiliary.get().step(body.encoded(), batch, positives, step);
            rows = likely.isEmpty() ? auxiliary.get().rows() : rows;
        }
        Optional<OutputLayer.ScoreSink> sink = candidates.map(gathered -> gathered.sink(batch));
        double loss =
                output.step(new OutputBatch(hidden, batch, positives, 1 - share, rows, sink), outputStep, dHidden);
        candidates.ifPresent(gathered -> gathered.keep(order, from, to));
        double norm = bodyLearns ? backward(share, batch, step) : 0;
        double labels = model.labels().size();
        return new StepRecord(
                step.step(),
                loss,
                step.factor(),
                share,
                auxiliaryLoss,
                norm,
                output.moved() + body.moved(),
                output.scored() / labels,
                output.updated() / labels);
    }

    /** The way down through body and table, as far as they learn; returns the norm of the gradient of the bags. */
    private double backward(float share, int batch, StepSize step) {
        Panel dEncoded = body.backward(dHidden, batch, step, workers);
        if (share > 0) {
            auxiliary.orElseThrow().addGradient(share, batch, dEncoded);
        }
        body.toBags(dEncoded, batch, bags);
        double norm = norm(bags, batch * model.table().dimension());
        table.ifPresent(training -> training.backward(features, bags, step, workers));
        return norm;
    }

    private static double norm(Panel panel, int n) {
        return Math.sqrt(Vectors.dot(panel.values(), panel.offset(), panel.values(), panel.offset(), n));
    }

    /**
     * Leaves features of the example out at random (word dropout; Iyyer et al., <i>Deep Unordered Composition Rivals
     * Syntactic Methods for Text Classification</i>, ACL 2015); the expected bag stays what it is.
     */
    private void dropFeatures(long step, int number) {
        if (featureDropout == 0) {
            return;
        }
        SplittableRandom random = RandomStream.of(featureSeed, step, number);
        int kept = 0;
        for (int i = 0; i < example.featureCount; i++) {
            if (random.nextDouble() >= featureDropout) {
                example.features[kept] = example.features[i];
                example.weights[kept++] = example.weights[i] / (1 - featureDropout);
            }
        }
        example.featureCount = kept;
    }

    private void load(Examples examples, int[] order, int from, int to, long step) {
        features.clear();
        positives.clear();
        for (int i = from; i < to; i++) {
            examples.read(order[i], example);
            dropFeatures(step, order[i]);
            features.add(example.features, example.weights, example.featureCount);
            for (int label = 0; label < example.labelCount; label++) {
                positives.add(model.output().row(example.labels[label]), i - from);
            }
        }
        positives.sort();
    }
}
