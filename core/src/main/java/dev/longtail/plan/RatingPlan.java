package dev.longtail.plan;

import dev.longtail.train.RatingConfig;

/**
 * What the training of a rating model will take.
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
public record RatingPlan(
        RatingConfig config,
        RatingShape data,
        MemoryPlan alive,
        MemoryPlan memory,
        TimePlan time,
        long temporaryBytes,
        long checkpointBytes,
        ModelSize model)
        implements Plan {

    /**
     * The size of a finished rating model's folder, in bytes, by what it holds.
     *
     * @param users their vectors and biases
     * @param items their vectors and biases
     * @param seen the items that each user has rated
     * @param texts identifiers, names and settings
     */
    public record ModelSize(long users, long items, long seen, long texts) {

        /** All of it. */
        public long total() {
            return users + items + seen + texts;
        }
    }

    @Override
    public long modelBytes() {
        return model.total();
    }
}
