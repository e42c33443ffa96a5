package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.parallel.RandomStream;

/** How connections start. */
@FunctionalInterface
public interface ConnectionStart {

    /** Every index row holds inputs drawn at random, without repetition. */
    ConnectionStart RANDOM = (rows, firstIndexRow, seed) -> {
        for (int row = 0; row < rows.indexRows(); row++) {
            rows.drawTopology(row, RandomStream.of(seed, 0, firstIndexRow + row));
        }
    };

    /**
     * Connects all slots.
     *
     * @param firstIndexRow number of the first index row in the layer
     * @param seed of the run; the inputs of a row depend on it and on the row's number only
     */
    void connect(FixedFanIn rows, int firstIndexRow, long seed);
}
