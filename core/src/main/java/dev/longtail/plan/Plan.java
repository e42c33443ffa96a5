package dev.longtail.plan;

/** What a run will take, whatever it learns. */
public sealed interface Plan permits RunPlan, RatingPlan {

    /** Settings of the run. */
    Record config();

    /** Arrays that are alive in each phase. */
    MemoryPlan alive();

    /** Memory of the process in each phase, as the system shows it. */
    MemoryPlan memory();

    /** Time of each phase. */
    TimePlan time();

    /** Most bytes that lie in temporary files. */
    long temporaryBytes();

    /** Most bytes that checkpoints take on disk, while the third one is written. */
    long checkpointBytes();

    /** Bytes of the finished model. */
    long modelBytes();

    /** Smallest limit on the memory of the process under which the run should pass, in bytes. */
    default long leastMemory() {
        return alive().phases().keySet().stream()
                .mapToLong(this::leastMemory)
                .max()
                .orElse(JavaMachine.OUTSIDE);
    }

    /** The same for one of its phases. */
    default long leastMemory(Phase phase) {
        // a large array needs room in one piece: what it replaces was collected, but its place may be in use again
        return JavaMachine.least(alive().bytes(phase));
    }
}
