package dev.longtail.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is in memory in each phase of a run, in bytes, by what it is for.
 *
 * @param phases those that hold much, in their order
 */
public record MemoryPlan(Map<Phase, Map<Part, Long>> phases) {

    public MemoryPlan {
        Map<Phase, Map<Part, Long>> copy = new EnumMap<>(Phase.class);
        phases.forEach((phase, parts) -> copy.put(phase, Collections.unmodifiableMap(new EnumMap<>(parts))));
        phases = Collections.unmodifiableMap(copy);
    }

    /** Bytes of a part in a phase. */
    public long bytes(Phase phase, Part part) {
        return phases.getOrDefault(phase, Map.of()).getOrDefault(part, 0L);
    }

    /** Bytes in a phase. */
    public long bytes(Phase phase) {
        return phases.getOrDefault(phase, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Bytes in a phase that no collector can take away. */
    public long alive(Phase phase) {
        return bytes(phase) - bytes(phase, Part.UNCOLLECTED);
    }

    /** The phase that takes most. */
    public Phase largest() {
        return phases.keySet().stream()
                .max(Comparator.comparingLong(this::bytes))
                .orElse(Phase.START);
    }

    /** Largest memory of the process: what the system shows as its peak resident size. */
    public long peak() {
        return bytes(largest());
    }

    /** The parts that some phase holds, in their order. */
    public List<Part> parts() {
        return List.of(Part.values()).stream()
                .filter(part -> phases.keySet().stream().anyMatch(phase -> bytes(phase, part) > 0))
                .toList();
    }
}
