package dev.longtail.output;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How the labels of highest score are found.
 *
 * @param mode whether all labels are scored
 * @param confidence what share of the largest possible rest of a score is believed in, in (0, 1]. The part of a score
 *     that is not computed yet is at most |w| |x| (Cauchy and Schwarz) over what is left of weights and inputs; real
 *     rests are a small part of that, because in hundreds of dimensions two vectors hardly ever point the same
 *     way. On finna-yso-en 0.4 finds 99.9 % of the five best labels, 0.3 finds 96 to 99 %
 *     (bench/results/pruned-search.md).
 * @param blockSize labels whose largest score is bounded together, at least 1
 */
public record SearchConfig(
        @Setting("how labels are found: exact scores all of them, pruned gives a label up as soon as it cannot be among"
                + " the best any more")
        Mode mode,

        @Setting("in (0, 1]: with 1 pruned search finds the same as exact search; lower values give labels up earlier"
                + " and may miss some")
        float confidence,

        @Setting("labels that pruned search bounds together, at least 1")
        int blockSize) {

    /** Scores all labels, for a batch at a time. */
    public static final SearchConfig EXACT = new SearchConfig(Mode.EXACT, 1, 64);

    /** Kinds of search. */
    public enum Mode {
        /** Every label is scored. */
        EXACT,
        /** Labels are given up by bounds on their scores, see {@link PrunedIndex}. */
        PRUNED
    }

    public SearchConfig {
        Require.that(confidence > 0 && confidence <= 1, "confidence", "above 0 and at most 1", confidence);
        Require.that(blockSize >= 1 && blockSize <= 1 << 16, "blockSize", "in [1, 65536]", blockSize);
    }

    /** Pruned search with this confidence. */
    public static SearchConfig pruned(float confidence) {
        return new SearchConfig(Mode.PRUNED, confidence, EXACT.blockSize);
    }
}
