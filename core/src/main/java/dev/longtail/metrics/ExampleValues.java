package dev.longtail.metrics;

import java.util.ArrayList;
import java.util.List;

/** One row of numbers per example: exact sums for the means, and the rows themselves, as floats, for the bootstrap. */
final class ExampleValues {

    private static final int PAGE_EXAMPLES = 1 << 12;

    private final List<float[]> pages = new ArrayList<>(); // PAGE_EXAMPLES rows each
    private final double[] sums;
    private int examples;

    ExampleValues(int columns) {
        sums = new double[columns];
    }

    int columns() {
        return sums.length;
    }

    int examples() {
        return examples;
    }

    double sum(int column) {
        return sums[column];
    }

    void add(double[] row) {
        int inPage = examples % PAGE_EXAMPLES;
        if (inPage == 0) {
            pages.add(new float[PAGE_EXAMPLES * sums.length]);
        }
        float[] page = pages.get(pages.size() - 1);
        for (int column = 0; column < sums.length; column++) {
            sums[column] += row[column];
            page[inPage * sums.length + column] = (float) row[column];
        }
        examples = Math.addExact(examples, 1);
    }

    /** sum[column] += value of the example in that column. */
    void addTo(double[] sum, int example) {
        float[] page = pages.get(example / PAGE_EXAMPLES);
        int offset = example % PAGE_EXAMPLES * sums.length;
        for (int column = 0; column < sum.length; column++) {
            sum[column] += page[offset + column];
        }
    }
}
