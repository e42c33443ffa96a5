package dev.longtail.association;

import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.SparseRows;
import dev.longtail.output.SearchReport;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds the labels that an arm takes for likely: adds up the connections of an example's features, by ascending
 * feature, so that scores do not depend on the number of threads. Labels without a connection to a feature are not
 * found. Scratch of 8 bytes a label and thread. For one caller at a time.
 */
public final class AssociationSearch {

    private static final int BATCH = 256;

    private final AssociationArm arm;
    private final Workers workers;
    private final LabelSums[] sums;
    private final long[] met;

    public AssociationSearch(AssociationArm arm, Workers workers) {
        this.arm = arm;
        this.workers = workers;
        this.sums = new LabelSums[workers.threads()];
        Arrays.setAll(sums, i -> new LabelSums(arm.labels()));
        this.met = new long[workers.threads()];
    }

    /**
     * Finds the best labels of the first {@code examples} examples of a batch.
     *
     * @param into started and filled here
     * @return what was looked at
     */
    public SearchReport search(SparseBatch batch, int examples, TopLabels into) {
        Arrays.fill(met, 0);
        into.start(examples);
        workers.run(examples, (example, worker) -> {
            int from = batch.start(example);
            int end = batch.start(example + 1);
            add(worker, batch.columns(), batch.values(), from, end);
            met[worker] += sums[worker].offer(worker, example, into);
        });
        long scored = Arrays.stream(met).sum();
        long labels = (long) arm.labels() * examples;
        return new SearchReport(examples, scored, labels - scored, 0, 0, scored, labels);
    }

    private void add(int worker, int[] columns, float[] values, int from, int end) {
        for (int entry = from; entry < end; entry++) {
            sums[worker].add(arm.postings(), columns[entry], values[entry]);
        }
    }

    /**
     * The best labels of each row, best first.
     *
     * @param width labels of a row at most
     * @param progress hears how many rows are done
     */
    public FewIds candidates(SparseRows rows, int width, IntConsumer progress) {
        FewIds candidates = new FewIds(rows.rows(), width, arm.labels());
        TopLabels top = new TopLabels(width, BATCH, workers.threads());
        int[][] labels = new int[workers.threads()][width];
        float[][] scores = new float[workers.threads()][width];
        for (int first = 0; first < rows.rows(); first += BATCH) {
            int size = Math.min(BATCH, rows.rows() - first);
            int start = first;
            top.start(size);
            workers.run(size, (example, worker) -> {
                int row = start + example;
                add(worker, rows.columns(), rows.values(), rows.start(row), rows.start(row + 1));
                sums[worker].offer(worker, example, top);
                candidates.set(row, labels[worker], top.result(example, labels[worker], scores[worker]));
            });
            progress.accept(first + size);
        }
        return candidates;
    }
}
