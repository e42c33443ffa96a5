package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.WeightRow;
import dev.longtail.output.PrunedIndex.Page;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * Search by the bounds of a {@link PrunedIndex}, each example by one worker. A label that is not given up is scored by
 * the layer itself, so with confidence 1 labels and scores are, bit for bit, those of an exact search for one example.
 */
final class PrunedSearch implements LabelSearch {

    private final PrunedIndex index;
    private final Workers workers;
    private final Single[] singles;

    PrunedSearch(PrunedIndex index, Workers workers) {
        this.index = index;
        this.workers = workers;
        this.singles = new Single[workers.threads()];
        Arrays.setAll(singles, i -> new Single());
    }

    @Override
    public SearchReport search(Panel hidden, int batch, int examples, TopLabels into) {
        into.start(examples);
        for (Single one : singles) {
            one.report = SearchReport.NONE;
        }
        workers.run(examples, (example, worker) -> {
            Single mine = singles[worker];
            ExactSearch.column(hidden, batch, example, mine.x.length, mine.x, 0);
            mine.search(example, worker, into);
        });
        SearchReport report = SearchReport.NONE;
        for (Single one : singles) {
            report = report.plus(one.report);
        }
        return report;
    }

    /** What one worker needs to search for one example. */
    private final class Single {

        private final float[] x = new float[index.layer().inputs()];
        /** Inputs in the order of dense weights; squares in descending order for sparse ones. */
        private final float[] arranged = new float[x.length];
        /** Length of x over the slots from each piece on, at most; times the confidence. */
        private final float[] reach = new float[index.pieces() + 1];

        private final float[] partial = new float[index.blockSize()];
        private final int[] alive = new int[partial.length];
        private final WeightRow row = new WeightRow(index.width());
        private final int[] buffer = new int[Math.max(64, Vectors.lanes())];
        private SearchReport report = SearchReport.NONE;
        /** What rounding may add to a score, for each unit of |w| and of |b|. */
        private float slack;

        private float biasSlack;
        private long scored;
        private long blocksSkipped;
        private long read;

        void search(int example, int worker, TopLabels into) {
            measure();
            scored = 0;
            blocksSkipped = 0;
            read = 0;
            long blocks = 0;
            for (Page page : index.pages()) {
                int size = index.blockSize();
                for (int first = 0; first < page.rows().length; first += size) {
                    searchBlock(page, first, Math.min(size, page.rows().length - first), example, worker, into);
                    blocks++;
                }
            }
            long labels = index.layer().labels();
            report = report.plus(
                    new SearchReport(1, scored, labels - scored, blocks, blocksSkipped, read, labels * index.width()));
        }

        /** Lengths of the parts of x. */
        private void measure() {
            double square = 0;
            for (int i = 0; i < x.length; i++) {
                arranged[i] = index.isSparse() ? x[i] * x[i] : x[index.inputOrder()[i]];
                square += (double) x[i] * x[i];
            }
            if (index.isSparse()) {
                Arrays.sort(arranged);
            }
            double rest = 0;
            for (int piece = index.pieces() - 1, left = 0; piece >= 0; piece--) {
                for (; left < index.width() - index.start(piece); left++) {
                    float last = arranged[arranged.length - 1 - left];
                    rest += index.isSparse() ? last : (double) last * last;
                }
                reach[piece] = index.confidence() * Math.nextUp((float) Math.sqrt(rest));
            }
            // A sum of n products in any order is off by at most n 2^-24 |w| |x| (Higham, Accuracy and Stability of
            // Numerical Algorithms, 3.1); there are two such sums, with the bias, and the bound's own few operations.
            float unit = (index.width() + 16) * 0x1p-23f;
            slack = unit * (float) Math.sqrt(square);
            biasSlack = unit;
        }

        private void searchBlock(Page page, int first, int labels, int example, int worker, TopLabels into) {
            float threshold = into.threshold(worker, example);
            int left = start(page, first, labels, threshold);
            if (left == 0) {
                blocksSkipped++;
                return;
            }
            int rests = first * index.pieces();
            for (int piece = 0; piece < index.pieces() && left > 0; piece++) {
                int from = index.start(piece);
                int length = index.start(piece + 1) - from;
                read += (long) left * length;
                add(page, first * index.width() + labels * from, length, from, left);
                int next = piece + 1 < index.pieces() ? rests + labels * (piece + 1) : -1;
                left = keep(page, rests, next, reach[piece + 1], left, threshold);
            }
            for (int i = 0; i < left; i++) {
                score(page.rows()[first + alive[i]], example, worker, into);
            }
            scored += left;
            read += (long) left * index.width();
        }

        /** Begins the sums of a block with the biases; returns how many labels may reach the threshold at all. */
        private int start(Page page, int first, int labels, float threshold) {
            int left = 0;
            int rests = first * index.pieces();
            for (int label = 0; label < labels; label++) {
                float bias = page.bias()[first + label];
                float bound = bias + biasSlack * Math.abs(bias) + (reach[0] + slack) * page.rests()[rests + label];
                partial[label] = bias + biasSlack * Math.abs(bias);
                alive[left] = label;
                left += bound < threshold ? 0 : 1;
            }
            return left;
        }

        private void add(Page page, int at, int length, int slot, int left) {
            if (index.isSparse()) {
                for (int i = 0; i < left; i++) {
                    int place = at + alive[i] * length;
                    partial[alive[i]] +=
                            Vectors.gatherDot(page.weights(), place, page.indices(), place, length, x, 0, buffer);
                }
            } else {
                for (int i = 0; i < left; i++) {
                    int place = at + alive[i] * length;
                    partial[alive[i]] += Vectors.dot(page.weights(), place, arranged, slot, length);
                }
            }
        }

        /** Drops the labels whose bound is below the threshold; {@code next} is where lengths of the rests begin. */
        private int keep(Page page, int norms, int next, float reached, int left, float threshold) {
            int kept = 0;
            for (int i = 0; i < left; i++) {
                int label = alive[i];
                float rest = next < 0 ? 0 : reached * page.rests()[next + label];
                float bound = partial[label] + rest + slack * page.rests()[norms + label];
                alive[kept] = label;
                kept += bound < threshold ? 0 : 1;
            }
            return kept;
        }

        private void score(int place, int example, int worker, TopLabels into) {
            RowsLayer layer = index.layer();
            int shard = layer.shards().of(place);
            LabelRows rows = layer.rows(shard);
            int label = place - layer.shards().first(shard);
            rows.read(label, row);
            into.offer(worker, example, layer.label(place), rows.score(label, row, x, 0));
        }
    }
}
