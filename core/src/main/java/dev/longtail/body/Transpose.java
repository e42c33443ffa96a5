package dev.longtail.body;

import dev.longtail.kernel.Panel;

/** Between the layout of bags, [example][unit], and that of the layers above, [unit][example]. */
final class Transpose {

    private static final int BLOCK = 16;

    private Transpose() {}

    /** out[c * rows + r] = in[r * columns + c], in blocks that stay in the first cache. */
    static void apply(Panel in, int rows, int columns, Panel out) {
        for (int row = 0; row < rows; row += BLOCK) {
            for (int column = 0; column < columns; column += BLOCK) {
                int rowEnd = Math.min(rows, row + BLOCK);
                int columnEnd = Math.min(columns, column + BLOCK);
                for (int c = column; c < columnEnd; c++) {
                    int to = out.at(c * rows);
                    for (int r = row; r < rowEnd; r++) {
                        out.values()[to + r] = in.values()[in.at(r * columns + c)];
                    }
                }
            }
        }
    }
}
