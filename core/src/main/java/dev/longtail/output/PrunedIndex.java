package dev.longtail.output;

import dev.longtail.config.Require;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.WeightRow;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a layer, arranged so that a label can be given up after a part of its weights.
 *
 * <p>A score is s = b + sum of w_j x_j. Slots are cut into pieces, the largest |w_j| first. After a piece the score is
 * at most what has been added up + |w over the rest| |x over the rest|, by Cauchy and Schwarz; the length of the rest
 * of w is kept for each piece, and that of x is at most the length of its r largest coordinates, where r slots are
 * left. A label whose bound is below the k-th best score so far cannot come back. (Teflioudi, Gemulla, Mykytiuk, LEMP,
 * SIGMOD 2015, for dense vectors in one fixed order of coordinates; the largest weights first suits sparse rows, each
 * with an order of its own.) Dense rows share one order, inputs by the length of their column of weights, so that
 * pieces stay contiguous; there the rest of x is known.
 *
 * <p>Labels stand in the order of |w|, the largest first, so that high scores come early, in blocks: b + |w| |x| may
 * give up a whole block, as it does with labels that hardly ever occurred. Pieces of a block's labels stand together:
 * what is not read is not fetched. Centroids of similar labels with their radius bound nothing in hundreds of
 * dimensions (bench/results/pruned-search-ideas.md).
 */
final class PrunedIndex implements SearchIndex {

    /** Weights of a piece; with 16 fewer are read, and it takes longer (bench/results/pruned-search-ideas.md). */
    private static final int SPARSE_PIECE = 32;

    /** A gather multiplies several times slower than the kernels for batches do; bounds save less than that. */
    private static final int FEW = 4;

    private static final int DENSE_PIECE = 64;
    private static final long LARGEST = 1L << 28;

    private final RowsLayer layer;
    private final SearchConfig config;
    private final int width;
    private final int piece;
    private final int blockSize;
    private final int[] inputOrder;
    private final List<Page> pages = new ArrayList<>();
    private final double seconds;

    /**
     * Whole blocks of labels, as many as arrays hold.
     *
     * @param rows int[labels], place in the layer
     * @param bias float[labels]
     * @param rests float[blocks][pieces][labels of the block]: |w| from the piece's first slot on
     * @param weights float[blocks][pieces][labels of the block][slots of the piece]
     * @param indices the inputs of the weights; empty for dense rows
     */
    record Page(int[] rows, float[] bias, float[] rests, float[] weights, char[] indices) {}

    PrunedIndex(RowsLayer layer, SearchConfig config, Workers workers) {
        long start = System.nanoTime();
        this.layer = layer;
        this.config = config;
        this.width = layer.rows(0).width();
        boolean sparse = isSparse();
        Require.that(
                !sparse || layer.inputs() <= 1 << Character.SIZE,
                "hidden units",
                "at most 65536 for pruned search",
                layer.inputs());
        this.piece = Math.min(width, sparse ? SPARSE_PIECE : DENSE_PIECE);
        double[] columns = new double[sparse ? 0 : width];
        int[] order = byLength(columns);
        this.inputOrder = sparse ? new int[0] : descending(columns);
        this.blockSize = (int) Math.min(config.blockSize(), LARGEST / width);
        int perPage = (int) (LARGEST / width / blockSize) * blockSize;
        for (int from = 0; from < order.length; from += perPage) {
            int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + perPage));
            pages.add(newPage(rows, workers));
        }
        this.seconds = (System.nanoTime() - start) / 1e9;
    }

    boolean isSparse() {
        return layer.rows(0) instanceof FixedFanIn;
    }

    /** Rows of the layer by decreasing length; adds up the squares of every column of dense rows. */
    private int[] byLength(double[] columns) {
        double[] lengths = new double[layer.labels()];
        WeightRow row = new WeightRow(width);
        for (int shard = 0, at = 0; shard < layer.shards().count(); shard++) {
            LabelRows labels = layer.rows(shard);
            for (int label = 0; label < labels.labels(); label++) {
                labels.read(label, row);
                double square = 0;
                for (int slot = 0; slot < width; slot++) {
                    double weight = row.values()[row.offset() + slot];
                    square += weight * weight;
                    if (columns.length > 0) {
                        columns[slot] += weight * weight;
                    }
                }
                lengths[at++] = square;
            }
        }
        return descending(lengths);
    }

    /** Places of an array by decreasing value, the earlier first among equals; values are at least 0. */
    private static int[] descending(double[] values) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            // bits of floats of one sign are in the order of their values
            keys[i] = (long) -Float.floatToIntBits((float) values[i]) << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        Arrays.setAll(order, i -> (int) keys[i]);
        return order;
    }

    private Page newPage(int[] rows, Workers workers) {
        int count = rows.length * width;
        Page page = new Page(
                rows,
                new float[rows.length],
                new float[rows.length * pieces()],
                new float[count],
                new char[isSparse() ? count : 0]);
        PrunedRow[] scratch = new PrunedRow[workers.threads()];
        Arrays.setAll(scratch, i -> new PrunedRow(this));
        int blocks = (rows.length + blockSize - 1) / blockSize;
        workers.run(blocks, (block, worker) -> {
            int first = block * blockSize;
            int labels = Math.min(blockSize, rows.length - first);
            for (int label = 0; label < labels; label++) {
                scratch[worker].put(page, first, labels, label);
            }
        });
        return page;
    }

    RowsLayer layer() {
        return layer;
    }

    float confidence() {
        return config.confidence();
    }

    /** Labels of a block; the last one may have fewer. */
    int blockSize() {
        return blockSize;
    }

    /** Weights of a label. */
    int width() {
        return width;
    }

    /** Parts that a label's weights are cut into. */
    int pieces() {
        return (width + piece - 1) / piece;
    }

    /** First slot of a piece. */
    int start(int number) {
        return Math.min(width, number * piece);
    }

    /** Inputs in the order of the weights of dense rows. */
    int[] inputOrder() {
        return inputOrder;
    }

    List<Page> pages() {
        return pages;
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (Page page : pages) {
            bytes += (long) Integer.BYTES * page.rows.length
                    + (long) Float.BYTES * page.bias.length
                    + (long) Float.BYTES * page.rests.length
                    + (long) Float.BYTES * page.weights.length
                    + (long) Character.BYTES * page.indices.length;
        }
        return bytes;
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public int mostExamples() {
        return FEW;
    }

    @Override
    public LabelSearch newSearch(Workers workers) {
        return new PrunedSearch(this, workers);
    }
}
