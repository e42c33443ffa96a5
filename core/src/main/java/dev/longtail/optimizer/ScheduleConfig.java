package dev.longtail.optimizer;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How learning rates move over a run: up linearly during the warm-up, then along the curve.
 *
 * @param curve shape after the warm-up
 * @param warmup share of all steps, in [0, 1)
 * @param floor factor at the last step, in [0, 1]
 * @param every steps after the warm-up between two falls of {@link Curve#STEPS}, at least 1
 * @param decay factor of each fall, in (0, 1]
 */
public record ScheduleConfig(
        @Setting("course of the learning rate after the warm-up: constant, linear, cosine, or steps, which multiplies"
                + " it by decay"
                + " again and again")
        Curve curve,

        @Setting("share of all steps in which the learning rate rises from 0, in [0, 1)")
        float warmup,

        @Setting("share of the learning rate that is left at the last step, in [0, 1]; with steps, at least")
        float floor,

        @Setting("with curve steps: number of steps after which the learning rate falls, at least 1")
        int every,

        @Setting("with curve steps: what the learning rate is multiplied by each time, in (0, 1]")
        float decay) {

    /** Shapes. */
    public enum Curve {
        CONSTANT,
        LINEAR,
        COSINE,
        /** Falls by a factor after every so many steps. */
        STEPS
    }

    private static final int USUAL_EVERY = 100_000;
    private static final float USUAL_DECAY = 0.5f;

    public ScheduleConfig {
        Require.that(warmup >= 0 && warmup < 1, "warmup", "in [0, 1)", warmup);
        Require.that(floor >= 0 && floor <= 1, "floor", "in [0, 1]", floor);
        Require.that(every >= 1, "every", "at least 1", every);
        Require.that(decay > 0 && decay <= 1, "decay", "in (0, 1]", decay);
    }

    /** A schedule that does not fall in steps; what only such a one has is as usual: a half every 100,000 steps. */
    public ScheduleConfig(Curve curve, float warmup, float floor) {
        this(curve, warmup, floor, USUAL_EVERY, USUAL_DECAY);
    }

    /**
     * The step size at {@code step} of {@code steps}, the first being 1.
     *
     * <p>Warm-up: factor = step / (warmup steps). After it, with t from 0 to 1 over the remaining steps: linear
     * floor + (1 - floor)(1 - t), cosine floor + (1 - floor)(1 + cos(pi t)) / 2; in steps decay^n, at least the floor,
     * where n is the number of times that {@code every} steps have passed before this one.
     */
    public StepSize at(long step, long steps) {
        double rise = warmup * (double) steps;
        if (step <= rise) {
            return new StepSize(step, (float) (step / rise));
        }
        if (curve == Curve.STEPS) {
            long falls = (step - 1 - (long) rise) / every;
            return new StepSize(step, (float) Math.max(floor, Math.pow(decay, falls)));
        }
        double t = Math.min(1, (step - rise) / Math.max(1, steps - rise));
        double fall = switch (curve) {
            case CONSTANT, STEPS -> 1;
            case LINEAR -> 1 - t;
            case COSINE -> (1 + Math.cos(Math.PI * t)) / 2;
        };
        return new StepSize(step, (float) (curve == Curve.CONSTANT ? 1 : floor + (1 - floor) * fall));
    }
}
