package dev.longtail.tune;

import dev.longtail.config.Require;

/**
 * How settings are searched for.
 *
 * @param budgetSeconds wall time of the search and of the training with what it found, above 0
 * @param metric what is made as large as possible on the validation part
 * @param eta one in so many candidates passes a rung, and the next rung has so many times the examples, at least 2
 * @param rungs most rungs, at least 1
 * @param leastExamples training examples of the first rung at least, at least 1; below that a rung says little
 * @param candidates most that are drawn, at least 0; more would be told apart by the luck of the first rung
 * @param memoryBytes what parameters and optimiser state of a candidate may take, above 0
 */
public record TuneConfig(
        double budgetSeconds,
        TuneMetric metric,
        int eta,
        int rungs,
        int leastExamples,
        int candidates,
        long memoryBytes) {

    public TuneConfig {
        Require.that(
                budgetSeconds > 0 && Double.isFinite(budgetSeconds), "the time to tune for", "above 0", budgetSeconds);
        Require.that(eta >= 2, "eta", "at least 2", eta);
        Require.that(rungs >= 1, "rungs", "at least 1", rungs);
        Require.that(leastExamples >= 1, "leastExamples", "at least 1", leastExamples);
        Require.that(candidates >= 0, "candidates", "at least 0", candidates);
        Require.that(memoryBytes > 0, "memoryBytes", "above 0", memoryBytes);
    }

    /**
     * The usual search: eta 3, rungs of a 27th, a ninth, a third and all of the examples where the first has 1000, and
     * at most 243 candidates, of which nine then reach the last rung.
     */
    public TuneConfig(double budgetSeconds, TuneMetric metric, long memoryBytes) {
        this(budgetSeconds, metric, 3, 4, 1000, 243, memoryBytes);
    }
}
