package dev.longtail.train;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.output.Positives;
import dev.longtail.output.RowRanges;
import java.util.Arrays;
import java.util.BitSet;

/** Chooses the clusters whose labels a step visits: the best of each example, and those of the examples' own labels. */
final class Shortlist {

    private final int length;
    private final BitSet chosen;
    /** The best scores of each example, best first, float[batch][length], and their clusters. */
    private final float[] best;

    private final int[] bestClusters;
    private final int[] found;
    private final RowRanges rows = new RowRanges();

    /** @param length clusters an example chooses, fewer when there are not that many */
    Shortlist(int clusters, int length, int maxBatch) {
        this.length = Math.min(length, clusters);
        this.chosen = new BitSet(clusters);
        this.best = new float[Math.multiplyExact(maxBatch, this.length)];
        this.bestClusters = new int[best.length];
        this.found = new int[maxBatch];
    }

    /**
     * Chooses for a batch; among equal scores the lower cluster comes first.
     *
     * @param scores [clusters][batch]
     */
    void choose(Panel scores, int batch, Positives positives, Shards clusters) {
        chosen.clear();
        Arrays.fill(found, 0, batch, 0);
        for (int cluster = 0; cluster < clusters.count(); cluster++) {
            for (int example = 0; example < batch; example++) {
                insert(example, cluster, scores.values()[scores.at(cluster * batch + example)]);
            }
        }
        for (int example = 0; example < batch; example++) {
            for (int rank = 0; rank < found[example]; rank++) {
                chosen.set(bestClusters[example * length + rank]);
            }
        }
        for (int pair = 0; pair < positives.size(); pair++) {
            chosen.set(clusters.of(positives.label(pair)));
        }
    }

    private void insert(int example, int cluster, float score) {
        int start = example * length;
        int place = found[example];
        if (place == length) {
            if (score <= best[start + length - 1]) {
                return;
            }
            place--;
        } else {
            found[example]++;
        }
        while (place > 0 && best[start + place - 1] < score) {
            best[start + place] = best[start + place - 1];
            bestClusters[start + place] = bestClusters[start + place - 1];
            place--;
        }
        best[start + place] = score;
        bestClusters[start + place] = cluster;
    }

    /** The rows of the chosen clusters, widened to whole groups of {@code group} rows. */
    RowRanges rows(Shards clusters, int group) {
        rows.clear();
        for (int cluster = chosen.nextSetBit(0); cluster >= 0; cluster = chosen.nextSetBit(cluster + 1)) {
            int first = clusters.first(cluster) / group * group;
            int end = (int) Math.min(clusters.rows(), (clusters.first(cluster + 1) + group - 1L) / group * group);
            rows.add(first, end);
        }
        return rows;
    }
}
