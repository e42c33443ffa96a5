package dev.longtail.anchor;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Scratch;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;

/**
 * How near points are to centres, a block of points at a time: the score of point x and centre c is
 *
 * <pre>
 *   s = (x - m) (c - m) - |c - m|^2 / 2,   so that   |x - c|^2 = |x - m|^2 - 2 s
 * </pre>
 *
 * <p>with m the mean of the points, which keeps the numbers small where all points are far from 0. The nearest centre
 * has the largest score. A block is transposed first, since the kernels run over points.
 */
final class CentreScores {

    /** Points in a block: four vectors of sixteen floats. */
    static final int BLOCK = 64;

    private final int clusters;
    private final int dimension;
    private final float[] mean;
    private final float[] centres;
    private final float[] bias;

    /**
     * @param centres [clusters][dimension], copied
     * @param mean [dimension], of the points
     */
    CentreScores(float[] centres, float[] mean) {
        this.dimension = mean.length;
        this.clusters = centres.length / dimension;
        this.mean = mean;
        this.centres = centres.clone();
        this.bias = new float[clusters];
        for (int cluster = 0; cluster < clusters; cluster++) {
            double squares = 0;
            for (int i = 0; i < dimension; i++) {
                this.centres[cluster * dimension + i] -= mean[i];
                double value = this.centres[cluster * dimension + i];
                squares += value * value;
            }
            bias[cluster] = (float) (-squares / 2);
        }
    }

    /** Takes the scores of a block. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param first first point of the block
         * @param points number of points, at most {@value CentreScores#BLOCK}
         * @param scores [clusters][{@value CentreScores#BLOCK}]; valid during the call
         */
        void accept(int first, int points, float[] scores);
    }

    /** Calls with every block once, on any worker's thread. */
    void each(ObjectVectors points, Workers workers, Sink sink) {
        Shards shards = points.shards();
        int longest = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
            longest = Math.max(longest, shards.size(shard));
        }
        int blocks = (longest + BLOCK - 1) / BLOCK;
        Panel[] transposed = new Panel[workers.threads()];
        float[][] scores = new float[workers.threads()][];
        workers.run(Math.multiplyExact(shards.count(), blocks), (task, worker) -> {
            int shard = task / blocks;
            int row = task % blocks * BLOCK;
            int size = Math.min(BLOCK, shards.size(shard) - row);
            if (size <= 0) {
                return;
            }
            if (scores[worker] == null) {
                transposed[worker] = Scratch.of(dimension * BLOCK).panel(0);
                scores[worker] = new float[clusters * BLOCK];
            }
            transpose(points.page(shard), row, size, transposed[worker]);
            for (int cluster = 0; cluster < clusters; cluster++) {
                Vectors.denseScores(
                        centres,
                        cluster * dimension,
                        dimension,
                        bias[cluster],
                        transposed[worker].values(),
                        transposed[worker].offset(),
                        BLOCK,
                        scores[worker],
                        cluster * BLOCK);
            }
            sink.accept(shards.first(shard) + row, size, scores[worker]);
        });
    }

    private void transpose(float[] page, int row, int size, Panel into) {
        float[] values = into.values();
        for (int point = 0; point < size; point++) {
            int from = (row + point) * dimension;
            for (int i = 0; i < dimension; i++) {
                values[into.at(i * BLOCK + point)] = page[from + i] - mean[i];
            }
        }
    }
}
