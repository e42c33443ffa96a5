package dev.longtail.plan;

import dev.longtail.config.Require;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What a Java machine takes beside the arrays that are alive: itself, the room for new objects, and what is no longer
 * needed and not yet collected. Measured with the launcher's options, see bench/results/plan.md.
 *
 * @param heapBytes most that the Java heap may take; the launcher sets it from a limit on memory
 */
public record JavaMachine(long heapBytes) {

    /** What a limit on memory leaves for code, compiler, collector and stacks, which take no more than that. */
    public static final long OUTSIDE = 150_000_000;

    /** What they take of it, beside what grows with the heap. */
    private static final long CODE = 63_000_000;

    /** What the compiled kernels of the embedding arm or a rating model and their compiler take as well. */
    private static final long KERNELS = 32_000_000;

    /** The room for new objects that the launcher gives. */
    private static final long NEW = 64L << 20;

    /** The least room for new objects that the launcher gives under a limit on memory. */
    private static final long LEAST_NEW = 16L << 20;

    /**
     * Share of what is alive that small garbage, the ends of regions and the collector's maps of the heap take beside
     * it, where the heap may grow.
     */
    private static final double UNCOLLECTED = 0.1;

    /** Share of the heap that gaps between large arrays take when it is full. */
    private static final double GAPS = 0.08;

    public JavaMachine {
        Require.that(heapBytes > 0, "heapBytes", "above 0", heapBytes);
    }

    /** The heap that a limit on the memory of the process leaves; the launcher computes the same. */
    public static long heapFor(long memoryBytes) {
        return memoryBytes - OUTSIDE;
    }

    /**
     * Memory of the process in each phase.
     *
     * @param alive arrays that are alive, and large ones that are garbage for a while
     */
    MemoryPlan process(MemoryPlan alive) {
        Set<Phase> learning = alive.phases().keySet();
        boolean steps = learning.contains(Phase.EMBEDDING) || learning.contains(Phase.LEARNING);
        long outside = CODE + (steps ? KERNELS : 0);
        Map<Phase, Map<Part, Long>> phases = new EnumMap<>(Phase.class);
        alive.phases().forEach((phase, parts) -> {
            Map<Part, Long> all = new EnumMap<>(parts);
            long held = alive.alive(phase);
            long garbage = alive.bytes(phase) - held + Math.round(UNCOLLECTED * held);
            all.put(Part.UNCOLLECTED, Math.min(garbage, Math.max(0, heapBytes - NEW - held)));
            all.put(Part.JAVA_MACHINE, outside + Math.min(NEW, Math.max(LEAST_NEW, heapBytes - held)));
            phases.put(phase, all);
        });
        return new MemoryPlan(phases);
    }

    /** The least limit on the memory of the process under which so much can be alive. */
    static long least(long aliveBytes) {
        return OUTSIDE + LEAST_NEW + Math.round((1 + GAPS) * aliveBytes);
    }
}
