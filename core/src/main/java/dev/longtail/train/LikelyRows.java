package dev.longtail.train;

import dev.longtail.matrix.FewIds;
import dev.longtail.output.OutputLayer;
import dev.longtail.output.Positives;
import dev.longtail.output.RowRanges;
import java.util.BitSet;

/**
 * The rows of the output layer that a step visits when it does not visit all: those of the likely labels of the batch's
 * examples, and of the labels that they carry. Every example of the batch learns from all of them, so what is likely
 * for one is a chance negative for the others, drawn as often as it is likely anywhere.
 */
final class LikelyRows {

    private final FewIds candidates;
    private final int most;
    private final OutputLayer output;
    private final int group;
    private final BitSet chosen;
    private final RowRanges rows = new RowRanges();

    /**
     * @param candidates of each training example, best first
     * @param most candidates of an example that take part
     * @param group rows that are visited together
     */
    LikelyRows(FewIds candidates, int most, OutputLayer output, int group) {
        this.candidates = candidates;
        this.most = Math.min(most, candidates.width());
        this.output = output;
        this.group = group;
        this.chosen = new BitSet(output.labels());
    }

    /** The rows for the examples {@code order[from .. to)}; valid until the next call. */
    RowRanges of(int[] order, int from, int to, Positives positives) {
        chosen.clear();
        for (int i = from; i < to; i++) {
            for (int place = 0; place < most; place++) {
                int label = candidates.get(order[i], place);
                if (label < 0) {
                    break;
                }
                choose(output.row(label));
            }
        }
        for (int pair = 0; pair < positives.size(); pair++) {
            choose(positives.label(pair));
        }
        rows.clear();
        for (int first = chosen.nextSetBit(0); first >= 0; first = chosen.nextSetBit(first)) {
            int end = chosen.nextClearBit(first);
            rows.add(first, end);
            first = end;
        }
        return rows;
    }

    private void choose(int row) {
        int first = row / group * group;
        chosen.set(first, Math.min(first + group, output.labels()));
    }
}
