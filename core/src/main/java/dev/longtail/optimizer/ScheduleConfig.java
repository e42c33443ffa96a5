package dev.longtail.optimizer;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How learning rates move over a run: up linearly during the warm-up, then along the curve.
 *
 * @param curve shape after the warm-up
 * @param warmup share of all steps, in [0, 1)
 * @param floor factor at the last step, in [0, 1]
 */
public record ScheduleConfig(
        @Setting("course of the learning rate after the warm-up: constant, linear or cosine")
        Curve curve,

        @Setting("share of all steps in which the learning rate rises from 0, in [0, 1)")
        float warmup,

        @Setting("share of the learning rate that is left at the last step, in [0, 1]")
        float floor) {

    /** Shapes. */
    public enum Curve {
        CONSTANT,
        LINEAR,
        COSINE
    }

    public ScheduleConfig {
        Require.that(warmup >= 0 && warmup < 1, "warmup", "in [0, 1)", warmup);
        Require.that(floor >= 0 && floor <= 1, "floor", "in [0, 1]", floor);
    }

    /**
     * The step size at {@code step} of {@code steps}, the first being 1.
     *
     * <p>Warm-up: factor = step / (warmup steps). After it, with t from 0 to 1 over the remaining steps: linear
     * floor + (1 - floor)(1 - t), cosine floor + (1 - floor)(1 + cos(pi t)) / 2.
     */
    public StepSize at(long step, long steps) {
        double rise = warmup * (double) steps;
        if (step <= rise) {
            return new StepSize(step, (float) (step / rise));
        }
        double t = Math.min(1, (step - rise) / Math.max(1, steps - rise));
        double fall = switch (curve) {
            case CONSTANT -> 1;
            case LINEAR -> 1 - t;
            case COSINE -> (1 + Math.cos(Math.PI * t)) / 2;
        };
        return new StepSize(step, (float) (curve == Curve.CONSTANT ? 1 : floor + (1 - floor) * fall));
    }
}
