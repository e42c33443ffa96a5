package dev.longtail.output;

/** Scores a few labels for one example. Scratch of one thread. */
@FunctionalInterface
public interface PairScorer {

    /**
     * Scores labels. Those of a {@link RowsLayer} have the bits of {@link OutputLayer#indexForEach}, those of a
     * {@link BottleneckLayer} may differ in the last ones, since one example is projected here and a batch there.
     *
     * @param x float[inputs] from {@code offset} on, the hidden vector of the example
     * @param labels the first {@code count} of them are scored
     * @param scores parallel to {@code labels}, written
     */
    void score(float[] x, int offset, int[] labels, int count, float[] scores);
}
