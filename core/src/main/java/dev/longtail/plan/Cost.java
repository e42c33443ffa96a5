package dev.longtail.plan;

import java.util.function.LongSupplier;

/**
 * Time that something takes.
 *
 * @param cpuSeconds of all processors together
 * @param seconds on the wall
 */
public record Cost(double cpuSeconds, double seconds) {

    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0);

    /** Both together. */
    public Cost plus(Cost other) {
        return new Cost(cpuSeconds + other.cpuSeconds, seconds + other.seconds);
    }

    /** So many times as much. */
    public Cost times(double factor) {
        return new Cost(factor * cpuSeconds, factor * seconds);
    }

    /** The same, and 0 in place of what is below it. */
    Cost atLeastNothing() {
        return new Cost(Math.max(0, cpuSeconds), Math.max(0, seconds));
    }

    /**
     * Takes the time of one piece of work after the other.
     *
     * @param cpuNanos processor time of the process so far
     */
    public record Clock(LongSupplier cpuNanos) {

        /** A watch that runs from now on. */
        public Watch start() {
            return new Watch(cpuNanos, cpuNanos.getAsLong(), System.nanoTime());
        }
    }

    /** A running watch. */
    public record Watch(LongSupplier cpuNanos, long startCpu, long start) {

        /** The time since the start. */
        public Cost cost() {
            return new Cost((cpuNanos.getAsLong() - startCpu) / 1e9, (System.nanoTime() - start) / 1e9);
        }
    }
}
