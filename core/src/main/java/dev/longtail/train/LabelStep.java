package dev.longtail.train;

import dev.longtail.body.Body;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.OutputBatch;
import dev.longtail.output.OutputTraining;
import dev.longtail.output.Positives;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.table.InputTable;
import dev.longtail.topology.RewireConfig;
import java.util.Optional;

/** One step of training: a batch goes up through table, body and output layer, and its gradient comes down again. */
final class LabelStep {

    private final LabelModel model;
    private final Workers workers;
    private final Optional<InputTable.Training> table;
    private final Body.Training body;
    private final boolean bodyLearns;
    private final OutputTraining output;
    private final SparseBatch features = new SparseBatch();
    private final Positives positives = new Positives();
    private final Example example = new Example();
    private final Panel bags;
    private final Panel dHidden;

    LabelStep(LabelModel model, TrainConfig config, RewireConfig rewire, long steps, Workers workers) {
        this.model = model;
        this.workers = workers;
        int batch = config.batch();
        boolean tableLearns = config.frozen() == TrainConfig.Frozen.NONE;
        table = tableLearns
                ? Optional.of(model.table().training(config.tableOptimizer(), workers.threads()))
                : Optional.empty();
        bodyLearns = tableLearns
                || config.frozen() == TrainConfig.Frozen.TABLE
                        && model.config().body().intermediate() > 0;
        float dropout = model.config().body().dropout();
        long seed = RandomStream.key(config.seed(), 0, 4);
        Body.Plan bodyPlan = new Body.Plan(batch, dropout, seed, steps, !bodyLearns);
        body = model.body().new Training(bodyPlan, config.bodyOptimizer(), rewire, workers);
        OutputTraining.Plan plan =
                new OutputTraining.Plan(model.config().loss(), config.trainBias(), batch, config.seed(), steps);
        output = model.output().training(plan, config.outputOptimizer(), rewire, workers);
        bags = Panel.of(batch * model.table().dimension());
        dHidden = Panel.of(batch * model.body().hidden());
    }

    /** Trains on examples {@code order[from .. to)}. */
    StepRecord run(Examples examples, int[] order, int from, int to, StepSize step) {
        load(examples, order, from, to);
        int batch = features.rows();
        model.table().bags(features, bags, workers);
        Panel hidden = body.forward(bags, batch, step.step(), workers);
        double loss = output.step(new OutputBatch(hidden, batch, positives, 1), step, dHidden);
        double norm = bodyLearns ? backward(batch, step) : 0;
        return new StepRecord(step.step(), loss, step.factor(), 0, 0, norm, output.moved() + body.moved());
    }

    /** The way down through body and table, as far as they learn; returns the norm of the gradient of the bags. */
    private double backward(int batch, StepSize step) {
        body.backward(dHidden, batch, bags, step, workers);
        table.ifPresent(training -> training.backward(features, bags, step, workers));
        int n = batch * model.table().dimension();
        return Math.sqrt(Vectors.dot(bags.values(), bags.offset(), bags.values(), bags.offset(), n));
    }

    private void load(Examples examples, int[] order, int from, int to) {
        features.clear();
        positives.clear();
        for (int i = from; i < to; i++) {
            examples.read(order[i], example);
            features.add(example.features, example.weights, example.featureCount);
            for (int label = 0; label < example.labelCount; label++) {
                positives.add(model.output().row(example.labels[label]), i - from);
            }
        }
        positives.sort();
    }
}
