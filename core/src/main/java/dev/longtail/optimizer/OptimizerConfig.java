package dev.longtail.optimizer;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * An update rule and its constants.
 *
 * @param kind which rule
 * @param learningRate step length at the peak of the schedule, above 0
 * @param momentum for {@link Kind#MOMENTUM}, in [0, 1)
 * @param beta1 for {@link Kind#ADAMW}, {@link Kind#YOGI} and {@link Kind#FACTORED_ADAMW}, in [0, 1)
 * @param beta2 for the same and {@link Kind#ADALOMO}, in [0, 1)
 * @param epsilon for the adaptive rules, above 0
 * @param weightDecay decoupled, at least 0
 * @param leastScale for {@link Kind#ADALOMO}: what the size of a row's weights counts at least, above 0
 */
public record OptimizerConfig(
        @Setting("update rule: sgd keeps no state, row-adagrad one number a row, momentum and adagrad one a parameter,"
                + " adamw and yogi two; factored-adamw two a row and two bits a parameter, adalomo one a row")
        Kind kind,

        @Setting("step length at the peak of the schedule, above 0")
        float learningRate,

        @Setting("momentum of the rule of that name, in [0, 1)")
        float momentum,

        @Setting("decay of the first moment in adamw, yogi and factored-adamw, in [0, 1); with 0 factored-adamw keeps"
                + " no such"
                + " moment, which was better for the output layer where it was tried")
        float beta1,

        @Setting("decay of the second moment in adamw, yogi, factored-adamw and adalomo, in [0, 1)")
        float beta2,

        @Setting("added to the root of squares by the adaptive rules, above 0; damps gradients of about its size and"
                + " below, as those are that objective.normalisation mean makes; 1e-3 is usual with yogi")
        float epsilon,

        @Setting("decoupled weight decay, at least 0; acts on rows that have a gradient")
        float weightDecay,

        @Setting("adalomo's steps are a share of the root mean square of a row's weights, or of this if it is larger,"
                + " above 0")
        float leastScale) {

    /** Update rules. */
    public enum Kind {
        /** Plain gradient descent, no state. */
        SGD,
        /** Gradient descent with momentum: one number a parameter. */
        MOMENTUM,
        /** AdaGrad (Duchi et al. 2011): one number a parameter. */
        ADAGRAD,
        /** AdaGrad with the mean square of a row's gradient: one number a row. */
        ROW_ADAGRAD,
        /** AdamW (Loshchilov and Hutter 2019): two numbers a parameter. */
        ADAMW,
        /**
         * AdamW with factored moments (after SMMF, Park and Lee 2024): two numbers a row and two bits a parameter, or
         * one number a row with beta1 = 0.
         */
        FACTORED_ADAMW,
        /** AdaLomo (Lv et al. 2023), factored second moment and steps relative to the weights: one number a row. */
        ADALOMO,
        /** Yogi (Zaheer et al. 2018), the additive form of AdamW: two numbers a parameter. */
        YOGI
    }

    public OptimizerConfig {
        Require.that(learningRate > 0 && Float.isFinite(learningRate), "learningRate", "above 0", learningRate);
        Require.that(momentum >= 0 && momentum < 1, "momentum", "in [0, 1)", momentum);
        Require.that(beta1 >= 0 && beta1 < 1, "beta1", "in [0, 1)", beta1);
        Require.that(beta2 >= 0 && beta2 < 1, "beta2", "in [0, 1)", beta2);
        Require.that(epsilon > 0 && Float.isFinite(epsilon), "epsilon", "above 0", epsilon);
        Require.that(weightDecay >= 0 && Float.isFinite(weightDecay), "weightDecay", "at least 0", weightDecay);
        Require.that(leastScale > 0 && Float.isFinite(leastScale), "leastScale", "above 0", leastScale);
    }

    /**
     * A rule with the usual constants: momentum 0.9, betas 0.9 and 0.999, epsilon 1e-8 (Yogi: 1e-3), no weight decay,
     * scale 0.1.
     */
    public static OptimizerConfig of(Kind kind, float learningRate) {
        float epsilon = kind == Kind.YOGI ? 1e-3f : 1e-8f;
        return new OptimizerConfig(kind, learningRate, 0.9f, 0.9f, 0.999f, epsilon, 0, 0.1f);
    }

    /** Step length at a point of a run. */
    float rate(StepSize step) {
        return learningRate * step.factor();
    }

    /** Whether rows share state: then one thread updates all rows of a state, and calls {@code endStep}. */
    public boolean sharesColumns() {
        return kind == Kind.FACTORED_ADAMW || kind == Kind.ADALOMO;
    }

    /** The rule with fresh state for {@code rows} full rows of {@code width} parameters. */
    public OptimizerState newState(int rows, int width) {
        return newState(rows, width, Columns.dense(width));
    }

    /** The rule with fresh state for {@code rows} rows of {@code width} parameters. */
    public OptimizerState newState(int rows, int width, Columns columns) {
        int parameters = Math.multiplyExact(rows, width);
        return switch (kind) {
            case SGD -> new Sgd(this, width);
            case MOMENTUM -> new Momentum(this, width, new float[parameters]);
            case ADAGRAD -> new AdaGrad(this, width, new float[parameters]);
            case ROW_ADAGRAD -> new RowAdaGrad(this, width, new float[rows]);
            case ADAMW -> new AdamW(this, width, parameters);
            case FACTORED_ADAMW -> new FactoredAdamW(this, rows, width, columns);
            case ADALOMO -> new AdaLomo(this, rows, width, columns);
            case YOGI -> new Yogi(this, width, parameters);
        };
    }
}
