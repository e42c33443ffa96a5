package dev.longtail.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long each phase of a run takes.
 *
 * @param phases in their order
 */
public record TimePlan(Map<Phase, Cost> phases) {

    public TimePlan {
        phases = Collections.unmodifiableMap(new EnumMap<>(phases));
    }

    /** Time of a phase. */
    public Cost cost(Phase phase) {
        return phases.getOrDefault(phase, Cost.NONE);
    }

    /** Time of the run. */
    public Cost total() {
        return phases.values().stream().reduce(Cost.NONE, Cost::plus);
    }
}
