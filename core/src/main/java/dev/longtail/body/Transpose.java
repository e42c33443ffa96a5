package dev.longtail.body;

/** Between the layout of bags, [example][unit], and that of the layers above, [unit][example]. */
final class Transpose {

    private static final int BLOCK = 16;

    private Transpose() {}

    /** out[c * rows + r] = in[r * columns + c], in blocks that stay in the first cache. */
    static void apply(float[] in, int rows, int columns, float[] out) {
        for (int rowBlock = 0; rowBlock < rows; rowBlock += BLOCK) {
            for (int columnBlock = 0; columnBlock < columns; columnBlock += BLOCK) {
                block(in, rows, columns, out, rowBlock, columnBlock);
            }
        }
    }

    private static void block(float[] in, int rows, int columns, float[] out, int rowBlock, int columnBlock) {
        int rowEnd = Math.min(rows, rowBlock + BLOCK);
        int columnEnd = Math.min(columns, columnBlock + BLOCK);
        for (int c = columnBlock; c < columnEnd; c++) {
            for (int r = rowBlock; r < rowEnd; r++) {
                out[c * rows + r] = in[r * columns + c];
            }
        }
    }
}
