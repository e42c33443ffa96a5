package dev.longtail.onnx;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.parallel.Workers;
import dev.longtail.table.InputTable;

/** The vectors of a table of any kind, one after the other: what each feature alone makes a bag of. */
final class TableRows {

    private static final int BATCH = 256;

    private TableRows() {}

    /**
     * Reads the first vectors of a table.
     *
     * @param count how many
     * @param zeros rows of zeros to stand behind them
     * @return float[count + zeros][dimension], row-major
     */
    static float[] of(InputTable table, int count, int zeros) {
        int dimension = table.dimension();
        float[] rows = new float[Math.multiplyExact(count + zeros, dimension)];
        Panel bags = Panel.of(BATCH * dimension);
        SparseBatch batch = new SparseBatch();
        int[] features = new int[BATCH];
        try (Workers one = new Workers(1)) {
            for (int from = 0; from < count; from += BATCH) {
                int size = Math.min(BATCH, count - from);
                for (int i = 0; i < size; i++) {
                    features[i] = from + i;
                }
                batch.setSingles(features, size);
                table.bags(batch, bags, one);
                System.arraycopy(bags.values(), bags.at(0), rows, from * dimension, size * dimension);
            }
        }
        return rows;
    }
}
