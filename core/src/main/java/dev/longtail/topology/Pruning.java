package dev.longtail.topology;

import dev.longtail.parallel.Workers;

/** Which slots fall at a rewire. */
@FunctionalInterface
interface Pruning {

    /** What falls after a step; may look at the whole layer, whose shards are at rest. */
    Verdict at(long step, Workers workers);

    /** The slots that fall, row by row; asked for several shards at once. */
    @FunctionalInterface
    interface Verdict {

        /**
         * Marks the slots of an index row that fall.
         *
         * @param scratch with the row's magnitudes
         * @return how many fall
         */
        int mark(int shard, int row, RowScratch scratch);
    }

    /** The floor(fraction * fan-in) smallest of every row. */
    static Pruning smallestOfRows(RewireSchedule schedule) {
        return (step, workers) -> {
            float fraction = schedule.fraction(step);
            return (shard, row, scratch) -> scratch.markSmallest((int) (fraction * scratch.magnitudes.length));
        };
    }

    /** Everything below the threshold of the step. */
    static Pruning below(RewireSchedule schedule) {
        return (step, workers) -> {
            float threshold = schedule.threshold(step);
            return (shard, row, scratch) -> scratch.markBelow(threshold);
        };
    }
}
