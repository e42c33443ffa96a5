package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;

/**
 * How a rating model is trained. What is lowered is, over the training ratings r of user u and item i,
 *
 * <pre>
 *   sum of (r - score(u, i))^2 / 2 + l2 / 2 (|U[u]|^2 + |I[i]|^2) + biasL2 / 2 (userBias[u]^2 + itemBias[i]^2)
 * </pre>
 *
 * so a vector is pulled towards 0 once for each of its ratings.
 *
 * <p>With the variational solver noise and pulls are learned, see {@link dev.longtail.variational.RatingSweeps}: of the
 * settings of training those of epochs, patience and seed act, of anchors their number, first values and penalty, whose
 * l1 is a weight in (sum of squared errors) / 2 + l1 |T| with anchors of length 1.
 *
 * @param solver how parameters are learned
 * @param maxEpochs passes over the training ratings at most, at least 1
 * @param batch ratings in a step, at least 1
 * @param seed of everything random
 * @param patience epochs without a lower objective after which training stops, at least 1
 * @param optimizer rule of the tables
 * @param biasRate AdaGrad step of the biases at the peak of the schedule, above 0
 * @param l2 pull of vectors towards 0, at least 0
 * @param biasL2 pull of biases towards 0, at least 0
 * @param normalisation what the gradient of a step is of
 * @param schedule of all learning rates
 * @param nonparametric whether and how numbers of anchors are learned
 */
public record RatingTrainConfig(
        @Setting("how parameters are learned: steps, along gradients by the rule of the optimizer; or variational, by"
                + " exact sweeps that keep how uncertain each vector is and learn noise and pulls from the ratings, for"
                + " tables of kind dense or anchors: mostly better and in few epochs, with dimension (dimension + 3)"
                + " / 2 numbers more in memory for each user and item")
        Solver solver,

        @Setting("passes over the training ratings at most, at least 1")
        int maxEpochs,

        @Setting("ratings in a step, in [1, 65536]") int batch,

        @Setting("seed of everything random: the same seed gives the same model")
        long seed,

        @Setting("epochs without a lower validation MSE, or objective where numbers of anchors are learned, after which"
                + " training stops, at least 1")
        int patience,

        OptimizerConfig optimizer,

        @Setting("step of the biases at the peak of the schedule, above 0; they are learned by AdaGrad")
        float biasRate,

        @Setting("pull of a vector towards 0 for each of its ratings, at least 0")
        float l2,

        @Setting("pull of a bias towards 0 for each of its ratings, at least 0")
        float biasL2,

        @Setting("gradient of a step: sum over its ratings, so that steps of a vector do not depend on the batch, or"
                + " mean"
                + " as other programs have it")
        Normalisation normalisation,

        ScheduleConfig schedule,

        RatingBudgetConfig nonparametric) {

    /**
     * What the gradient of a step is of. A user meets one rating of a batch and seldom more, so its mean is as good as
     * a
     * gradient over the size of the batch, which the epsilon of Adam and Yogi then drowns.
     */
    public enum Normalisation {
        /** The sum of the squared errors over the batch, halved. */
        SUM,
        /** Their mean, halved. */
        MEAN
    }

    /** How parameters are learned. */
    public enum Solver {
        /** Stochastic gradients. */
        STEPS,
        /** Variational Bayes, {@link dev.longtail.variational.RatingSweeps}. */
        VARIATIONAL
    }

    public RatingTrainConfig {
        Require.that(
                solver == Solver.STEPS || !nonparametric.learned(),
                "solver, where numbers of anchors are learned,",
                "steps",
                solver);
        Require.that(maxEpochs >= 1, "maxEpochs", "at least 1", maxEpochs);
        Require.that(batch >= 1 && batch <= 1 << 16, "batch", "in [1, 65536]", batch);
        Require.that(patience >= 1, "patience", "at least 1", patience);
        Require.that(biasRate > 0 && Float.isFinite(biasRate), "biasRate", "above 0", biasRate);
        Require.that(l2 >= 0 && Float.isFinite(l2), "l2", "at least 0", l2);
        Require.that(biasL2 >= 0 && Float.isFinite(biasL2), "biasL2", "at least 0", biasL2);
    }
}
