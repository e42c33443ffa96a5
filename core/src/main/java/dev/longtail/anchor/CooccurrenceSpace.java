package dev.longtail.anchor;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.Cooccurrences;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * A space in which objects lie near each other that co-occur with the same others: the rows of the matrix P of positive
 * pointwise mutual information (Bullinaria and Levy 2007), reduced to a few dimensions. For an orthonormal basis Q of
 * the span of P's largest eigenvectors, the row of an object is its row of P Q, brought to length 1. That is the
 * truncated singular value decomposition of P up to a rotation, which changes no distance, so no eigenvector is ever
 * computed. Q is found by subspace iteration from random signs (Halko, Martinsson and Tropp 2011, algorithm 4.4, with P
 * symmetric): Q becomes an orthonormal basis of P Q, a few times.
 */
public final class CooccurrenceSpace {

    private static final int ITERATIONS = 4;

    private final SparseRows matrix;
    private final int dimension;
    private final Workers workers;

    private CooccurrenceSpace(SparseRows matrix, int dimension, Workers workers) {
        this.matrix = matrix;
        this.dimension = dimension;
        this.workers = workers;
    }

    /**
     * The space of all objects that co-occur with another more often than by chance; the others have no vector. Takes
     * 16 bytes a pair and 8 bytes an object and dimension.
     *
     * @param dimension length of the vectors, at least 1
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    public static ObjectVectors of(Cooccurrences counted, int dimension, long seed, Workers workers) {
        CooccurrenceSpace space = new CooccurrenceSpace(counted.ppmiRows(), dimension, workers);
        ObjectVectors basis = space.signs(seed);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the space of co-occurrence was interrupted");
            }
            basis = space.times(basis);
            Orthonormal.make(basis, workers);
        }
        ObjectVectors rows = space.times(basis);
        return space.ofLengthOne(rows);
    }

    private ObjectVectors signs(long seed) {
        ObjectVectors signs = new ObjectVectors(matrix.rows(), dimension);
        float[] row = new float[dimension];
        for (int object = 0; object < matrix.rows(); object++) {
            SplittableRandom random = RandomStream.of(seed, 0, object);
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextBoolean() ? 1 : -1;
            }
            signs.set(object, row, 0);
        }
        return signs;
    }

    /** The matrix times vectors. */
    private ObjectVectors times(ObjectVectors vectors) {
        ObjectVectors product = new ObjectVectors(matrix.rows(), dimension);
        Shards shards = vectors.shards();
        workers.run(shards.count(), (task, worker) -> {
            float[] sum = new float[dimension];
            for (int row = shards.first(task); row < shards.first(task + 1); row++) {
                Arrays.fill(sum, 0);
                for (int at = matrix.start(row); at < matrix.start(row + 1); at++) {
                    int column = matrix.columns()[at];
                    int shard = shards.of(column);
                    int offset = (column - shards.first(shard)) * dimension;
                    Vectors.addScaled(matrix.values()[at], vectors.page(shard), offset, sum, 0, dimension);
                }
                product.set(row, sum, 0);
            }
        });
        return product;
    }

    private ObjectVectors ofLengthOne(ObjectVectors rows) {
        ObjectVectors unit = new ObjectVectors(matrix.rows(), dimension);
        float[] row = new float[dimension];
        float[] zero = new float[dimension];
        for (int object = 0; object < matrix.rows(); object++) {
            rows.read(object, row, 0);
            double length = Math.sqrt(Distances.squared(row, 0, zero, 0, dimension));
            if (length > 0) {
                for (int i = 0; i < dimension; i++) {
                    row[i] = (float) (row[i] / length);
                }
                unit.set(object, row, 0);
            }
        }
        return unit;
    }
}
