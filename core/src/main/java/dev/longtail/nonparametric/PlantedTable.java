package dev.longtail.nonparametric;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A table whose anchors and transform are known, drawn from the model that the objective is the limit of (section 3.2
 * and Appendix B of Liang et al., ICLR 2021):
 *
 * <pre>
 *   Z ~ IndianBuffet(a, b)   objects x K, binary
 *   W ~ Exponential(1)       weights of the anchors that an object has
 *   A ~ Normal(0, 1)         K x dimension
 *   E = (Z o W) A            T = Z o W is the transform
 * </pre>
 *
 * <p>What depends on the rows is drawn with {@link Emission}: with f the rest of a model, y ~ Emission(f(E)).
 *
 * @param transform T, anchors ascending in each row, weights above 0
 * @param anchors A, float[K][dimension], row after row
 * @param dimension length of a row
 */
public record PlantedTable(SparseRows transform, float[] anchors, int dimension) {

    /** Draws a table. */
    public static PlantedTable of(PlantedConfig config) {
        Selection selection =
                new IndianBuffet(config.mass(), config.concentration()).buffet(config.objects(), config.seed());
        return new PlantedTable(
                weighted(selection, config.seed()),
                gaussian(selection.anchors(), config.dimension(), config.seed()),
                config.dimension());
    }

    private static SparseRows weighted(Selection selection, long seed) {
        SparseRows transform = new SparseRows(selection.objects(), selection.size());
        int[] ids = selection.rows().ids();
        for (int object = 0; object < selection.objects(); object++) {
            SplittableRandom random = RandomStream.of(seed, 2, object);
            int start = selection.rows().start(object);
            int count = selection.rows().start(object + 1) - start;
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = Math.max(Float.MIN_NORMAL, (float) Draws.exponential(random));
            }
            transform.add(Arrays.copyOfRange(ids, start, start + count), weights, count);
        }
        return transform;
    }

    private static float[] gaussian(int anchors, int dimension, long seed) {
        float[] values = new float[Math.multiplyExact(anchors, dimension)];
        for (int anchor = 0; anchor < anchors; anchor++) {
            SplittableRandom random = RandomStream.of(seed, 3, anchor);
            for (int i = 0; i < dimension; i++) {
                values[anchor * dimension + i] = (float) Draws.gaussian(random);
            }
        }
        return values;
    }

    /** Number of objects. */
    public int objects() {
        return transform.rows();
    }

    /** K, number of anchors. */
    public int anchorCount() {
        return anchors.length / dimension;
    }

    /** Non-zeros of T. */
    public int nnz() {
        return transform.start(transform.rows());
    }

    /** Row of E of an object. @param row float[dimension] that is written */
    public void row(int object, float[] row) {
        Arrays.fill(row, 0, dimension, 0);
        for (int at = transform.start(object); at < transform.start(object + 1); at++) {
            int anchor = transform.columns()[at];
            Vectors.addScaled(transform.values()[at], anchors, anchor * dimension, row, 0, dimension);
        }
    }
}
