package dev.longtail.plan;

import java.util.List;

/**
 * A plan that fits a budget.
 *
 * @param <P> the kind of plan, by what is learned
 * @param plan of the run with the settings that were chosen
 * @param changes what was given up, none where the settings fit as they were
 */
public record FittedPlan<P extends Plan>(P plan, List<Change> changes) {

    public FittedPlan {
        changes = List.copyOf(changes);
    }

    /**
     * A setting that was changed.
     *
     * @param path its full name
     * @param before value that it had, as it is written
     * @param now value that it has
     */
    public record Change(String path, String before, String now) {}
}
