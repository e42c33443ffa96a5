package dev.longtail.plan;

import dev.longtail.train.LabelConfig;

/**
 * What a run will take.
 *
 * @param config its settings
 * @param data counts of its data
 * @param alive arrays that are alive in each phase
 * @param memory of the process in each phase, as the system shows it
 * @param time of each phase
 * @param temporaryBytes most that lies in temporary files
 * @param checkpointBytes most that checkpoints take on disk, while the third one is written
 * @param model size of the finished model
 */
public record RunPlan(
        LabelConfig config,
        DataShape data,
        MemoryPlan alive,
        MemoryPlan memory,
        TimePlan time,
        long temporaryBytes,
        long checkpointBytes,
        ModelBytes model)
        implements Plan {

    @Override
    public long modelBytes() {
        return model.total();
    }
}
