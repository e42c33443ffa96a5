package dev.longtail.table;

import dev.longtail.config.Require;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows of a table of mixed dimensions have which length.
 *
 * @param starts first feature of each block, and the number of features
 * @param widths length of the rows of each block
 */
record MixedBlocks(int[] starts, int[] widths) {

    /**
     * Cuts features into blocks of the same popularity, and gives the rows of block b the length
     *
     * <pre>
     *   width[b] = dimension (mean count in b / mean count in the first block)^temperature
     * </pre>
     *
     * rounded, at least 1: algorithms 2 and 3 of Ginart et al. As blocks have the same popularity, what counts is that
     * of their rows, as in the programs of Ginart et al. and of Anchor and Transform. A feature that is more popular
     * than a block should be makes one alone, and there are fewer.
     *
     * @param counts of features, in falling order
     */
    static MixedBlocks of(int[] counts, int dimension, MixedConfig config) {
        long total = Arrays.stream(counts).asLongStream().sum();
        IntArrayList starts = new IntArrayList();
        long before = 0;
        long block = -1;
        for (int feature = 0; feature < counts.length; feature++) {
            boolean sorted = feature == 0 || counts[feature] <= counts[feature - 1];
            Require.that(sorted, "counts of the features of a mixed table", "in falling order", counts[feature]);
            long own = total == 0 ? 0 : Math.min(config.blocks() - 1, before * config.blocks() / total);
            if (own > block) {
                starts.add(feature);
                block = own;
            }
            before += counts[feature];
        }
        starts.add(counts.length);
        return new MixedBlocks(starts.toIntArray(), widths(starts.toIntArray(), counts, dimension, config));
    }

    private static int[] widths(int[] starts, int[] counts, int dimension, MixedConfig config) {
        int[] widths = new int[starts.length - 1];
        double first = mean(counts, starts[0], starts[1]);
        for (int block = 0; block < widths.length; block++) {
            double relative = first == 0 ? 1 : mean(counts, starts[block], starts[block + 1]) / first;
            double width = dimension * Math.pow(relative, config.temperature());
            int rounded = config.rounding().round(Math.max(1, width));
            widths[block] = block == 0 ? dimension : Math.min(dimension, rounded);
        }
        return widths;
    }

    private static double mean(int[] counts, int from, int to) {
        return Arrays.stream(counts, from, to).asLongStream().sum() / (double) (to - from);
    }

    /** Number of blocks. */
    int count() {
        return widths.length;
    }

    int features() {
        return starts[widths.length];
    }

    /** Block of a feature. */
    int of(int feature) {
        int found = Arrays.binarySearch(starts, feature);
        return found >= 0 ? found : -found - 2;
    }

    /** Rows of a block. */
    int size(int block) {
        return starts[block + 1] - starts[block];
    }

    /** Numbers of all rows, and of the projections of those that are shorter than the dimension. */
    long parameters(int dimension) {
        long sum = 0;
        for (int block = 0; block < widths.length; block++) {
            sum += size(block) * (long) widths[block];
            sum += widths[block] < dimension ? widths[block] * (long) dimension : 0;
        }
        return sum;
    }

    /** Names and shapes of all tensors of a table: of each block its rows, then its projection where it has one. */
    Map<String, List<Long>> shapes(int dimension, String table) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (int block = 0; block < widths.length; block++) {
            long width = widths[block];
            shapes.put(table + ".rows." + block, List.of((long) size(block), width));
            if (width < dimension) {
                shapes.put(table + ".projection." + block, List.of(width, (long) dimension));
            }
        }
        return shapes;
    }
}
