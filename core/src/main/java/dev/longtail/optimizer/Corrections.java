package dev.longtail.optimizer;

/**
 * How far the moving averages of the two moments have come, 1 - beta^step, computed once a step: the powers take as
 * long as the update of a row of 16. Threads may ask at the same time.
 */
final class Corrections {

    private final float beta1;
    private final float beta2;
    private Pair latest;

    /** Of one step. */
    record Pair(long step, float first, float second) {}

    Corrections(OptimizerConfig config) {
        beta1 = config.beta1();
        beta2 = config.beta2();
        latest = of(1);
    }

    Pair at(StepSize step) {
        Pair pair = latest;
        if (pair.step != step.step()) {
            pair = of(step.step());
            latest = pair; // another thread writes the same one
        }
        return pair;
    }

    private Pair of(long step) {
        return new Pair(step, AdamW.correction(beta1, step), AdamW.correction(beta2, step));
    }
}
