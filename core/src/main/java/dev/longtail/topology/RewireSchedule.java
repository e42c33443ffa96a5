package dev.longtail.topology;

/**
 * When connections move in a run of a length, and how many: the schedule of a policy.
 *
 * @param config settings
 * @param steps length of the run
 */
record RewireSchedule(RewireConfig config, long steps) {

    private static final double LOWEST_THRESHOLD = 1e-4;

    /** Whether connections move after {@code step}, the first being 1. */
    boolean due(long step) {
        return step % config.interval() == 0 && step <= config.end() * (double) steps;
    }

    /** Whether {@code step} is one of the last {@code observe} steps up to the next rewire. */
    boolean observes(long step) {
        long next = window(step) * config.interval();
        return next - step < config.growth().observe() && due(next);
    }

    /** Number of the next rewire: the same for all steps between two. */
    long window(long step) {
        return (step + config.interval() - 1) / config.interval();
    }

    /** Number of steps watched before a rewire. */
    int observed() {
        return Math.min(config.growth().observe(), config.interval());
    }

    /** Share of the slots that falls: constant, or fraction (1 + cos(pi t)) / 2 (RigL, Evci et al. 2020). */
    float fraction(long step) {
        return config.prune().decay() == PruneConfig.Decay.CONSTANT
                ? config.prune().fraction()
                : (float) (config.prune().fraction() * cosine(step));
    }

    /** thr(t) = 1e-4 + (thr0 - 1e-4) (1 + cos(pi t)) / 2. */
    float threshold(long step) {
        return (float) (LOWEST_THRESHOLD + (config.prune().threshold() - LOWEST_THRESHOLD) * cosine(step));
    }

    /** (1 + cos(pi t)) / 2, t from 0 to 1 over the steps in which connections move. */
    private double cosine(long step) {
        double t = Math.min(1, step / Math.max(1, config.end() * (double) steps));
        return (1 + Math.cos(Math.PI * t)) / 2;
    }
}
