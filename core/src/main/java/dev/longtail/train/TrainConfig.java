package dev.longtail.train;

import dev.longtail.association.AssociationConfig;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.direct.DirectConfig;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.OutputConfig;

/**
 * How a model is trained.
 *
 * @param maxEpochs passes over the training data at most, at least 1
 * @param batch examples in a step, at least 1; a multiple of 64 is fastest
 * @param seed of everything random
 * @param trainBias whether biases of labels are learned
 * @param patience epochs without a better validation P@1 after which training stops, at least 1
 * @param tableOptimizer rule of the input table
 * @param bodyOptimizer rule of the intermediate layer
 * @param outputOptimizer rule of the output layer
 * @param schedule of the learning rates of table and body
 * @param outputSchedule of the learning rate of the output layer
 * @param objective what is lowered
 * @param auxiliary second objective that helps the input table
 * @param frozen what keeps its values
 * @param shortlist clusters that the auxiliary head chooses for each example, at least 0; see {@link AuxiliaryHead}
 * @param negatives candidates of each example whose labels a step visits, at least 0; see {@link LikelyRows}
 * @param skip whether labels that certainly have no gradient are left out
 * @param featureDropout share of the features that an example goes without in a step
 * @param association the association arm, counted before the embedding arm is trained
 * @param direct the direct arm, trained after the embedding arm
 * @param calibration how scores become probabilities in the end
 */
public record TrainConfig(
        @Setting("passes over the training data at most, at least 1")
        int maxEpochs,

        @Setting("examples in a step, at least 1; multiples of 64 are fastest")
        int batch,

        @Setting("seed of everything random: the same seed gives the same model")
        long seed,

        @Setting("whether biases of labels are learned") boolean trainBias,

        @Setting("epochs without a better validation P@1 after which training stops, at least 1")
        int patience,

        OptimizerConfig tableOptimizer,
        OptimizerConfig bodyOptimizer,
        OptimizerConfig outputOptimizer,
        ScheduleConfig schedule,
        ScheduleConfig outputSchedule,
        ObjectiveConfig objective,
        AuxiliaryConfig auxiliary,

        @Setting("what is not trained: none of the model, its table, or its encoder, which is table and body")
        Frozen frozen,

        @Setting("clusters of labels chosen for each example by the auxiliary head; only labels of clusters that an"
                + " example of the batch chose or carries learn from it; 0 for all labels")
        int shortlist,

        @Setting("candidates of each example, by the association arm, that its step visits: the embedding arm learns"
                + " from their labels and those that examples of the batch carry; 0 for all labels")
        int negatives,

        @Setting("whether labels that certainly have no gradient are found without computing their scores, with loss"
                + " squared-hinge; results are the same")
        boolean skip,

        @Setting("share of the features that an example goes without in a step, in [0, 1); the others count"
                + " 1 / (1 - share) times as much")
        float featureDropout,

        AssociationConfig association,

        DirectConfig direct,

        CalibrationConfig calibration) {

    /** Parts of a model that keep their values: fixed embeddings below a new layer (SPARTEX 18.1, X22). */
    public enum Frozen {
        /** Everything is trained. */
        NONE,
        /** The input table keeps its values. */
        TABLE,
        /** Input table and body keep their values. */
        ENCODER
    }

    public TrainConfig {
        Require.that(maxEpochs >= 1, "maxEpochs", "at least 1", maxEpochs);
        Require.that(batch >= 1 && batch <= 4096, "batch", "in [1, 4096]", batch);
        Require.that(shortlist >= 0, "shortlist", "at least 0", shortlist);
        Require.that(negatives >= 0, "negatives", "at least 0", negatives);
        Require.that(
                negatives == 0 || association.isOn(),
                "negatives",
                "0 without an association arm; set association.slots",
                negatives);
        Require.that(
                negatives <= direct.candidates(),
                "negatives",
                "at most direct.candidates, " + direct.candidates(),
                negatives);
        Require.that(negatives == 0 || shortlist == 0, "shortlist", "0 where negatives are candidates", shortlist);
        Require.that(
                !association.isOn() || direct.isOn(),
                "association.slots",
                "0 without a direct arm; set direct.candidates",
                association.slots());
        Require.that(featureDropout >= 0 && featureDropout < 1, "featureDropout", "in [0, 1)", featureDropout);
        Require.that(patience >= 1, "patience", "at least 1", patience);
    }

    /** @throws IllegalArgumentException when labels have no clusters and something needs them */
    void check(OutputConfig output) {
        auxiliary.check(output);
        Require.that(
                shortlist == 0 || output.isOrdered(),
                "shortlist",
                "0 when output.order is numbers; set output.order to clusters or random-clusters",
                shortlist);
    }

    /** Training of the whole model, without calibration. */
    public TrainConfig(
            int maxEpochs,
            int batch,
            long seed,
            boolean trainBias,
            int patience,
            OptimizerConfig tableOptimizer,
            OptimizerConfig bodyOptimizer,
            OptimizerConfig outputOptimizer,
            ScheduleConfig schedule) {
        this(
                maxEpochs,
                batch,
                seed,
                trainBias,
                patience,
                tableOptimizer,
                bodyOptimizer,
                outputOptimizer,
                schedule,
                schedule,
                ObjectiveConfig.DEFAULT,
                AuxiliaryConfig.OFF,
                Frozen.NONE,
                0,
                0,
                true,
                0,
                AssociationConfig.OFF,
                DirectConfig.OFF,
                CalibrationConfig.OFF);
    }
}
