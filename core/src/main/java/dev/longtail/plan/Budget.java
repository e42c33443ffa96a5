package dev.longtail.plan;

import dev.longtail.config.Require;

/**
 * What a run may take; what is not limited is as large as its type can hold.
 *
 * @param memoryBytes of the process at its peak, above 0
 * @param modelBytes of the finished model, above 0
 * @param seconds on the wall, above 0
 */
public record Budget(long memoryBytes, long modelBytes, double seconds) {

    /** Nothing is limited. */
    public static final Budget NONE = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY);

    /** Predictions of sizes of models and of times are kept below their limits by as much as they are uncertain. */
    private static final double MODEL_SAFETY = 1.06;

    private static final double TIME_SAFETY = 1.15;

    public Budget {
        Require.that(memoryBytes > 0, "memoryBytes", "above 0", memoryBytes);
        Require.that(modelBytes > 0, "modelBytes", "above 0", modelBytes);
        Require.that(seconds > 0, "seconds", "above 0", seconds);
    }

    boolean limitsTime() {
        return seconds < Double.POSITIVE_INFINITY;
    }

    boolean limitsModel() {
        return modelBytes < Long.MAX_VALUE;
    }

    /** The limit on memory alone. */
    Budget ofMemory() {
        return new Budget(memoryBytes, NONE.modelBytes, NONE.seconds);
    }

    /** This budget without its limit on time. */
    Budget withoutTime() {
        return new Budget(memoryBytes, modelBytes, Double.POSITIVE_INFINITY);
    }

    /**
     * By how much a run goes past the limits, as shares of them; 0 where it fits. All phases that take too much memory
     * count, so that whatever makes one of them smaller is seen to help.
     */
    double excess(Plan plan) {
        return memory(plan)
                + over(MODEL_SAFETY * plan.modelBytes(), modelBytes)
                + over(TIME_SAFETY * plan.time().total().seconds(), seconds);
    }

    private double memory(Plan plan) {
        return plan.alive().phases().keySet().stream()
                .mapToDouble(phase -> over(plan.leastMemory(phase), memoryBytes))
                .sum();
    }

    private static double over(double value, double limit) {
        return Math.max(0, value / limit - 1);
    }

    /** The smallest budget of the same limits that a run would fit. */
    Budget atLeast(Plan plan) {
        return new Budget(
                memoryBytes == Long.MAX_VALUE ? memoryBytes : Math.max(memoryBytes, plan.leastMemory()),
                modelBytes == Long.MAX_VALUE
                        ? modelBytes
                        : Math.max(modelBytes, (long) Math.ceil(MODEL_SAFETY * plan.modelBytes())),
                limitsTime()
                        ? Math.max(seconds, TIME_SAFETY * plan.time().total().seconds())
                        : seconds);
    }
}
