package dev.longtail.output;

/**
 * What a search looked at, summed over examples.
 *
 * @param examples searched for
 * @param scored labels whose score was computed to the end
 * @param skipped labels that were given up before; with {@code scored} the number of labels times {@code examples}
 * @param blocks of labels that were come to, 0 when the search has none
 * @param blocksSkipped those of them given up without a look at their labels
 * @param weightsRead weights multiplied with an input, those of final scores counted again
 * @param weights in all labels times {@code examples}
 */
public record SearchReport(
        long examples, long scored, long skipped, long blocks, long blocksSkipped, long weightsRead, long weights) {

    /** Of nothing. */
    public static final SearchReport NONE = new SearchReport(0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public SearchReport plus(SearchReport other) {
        return new SearchReport(
                examples + other.examples,
                scored + other.scored,
                skipped + other.skipped,
                blocks + other.blocks,
                blocksSkipped + other.blocksSkipped,
                weightsRead + other.weightsRead,
                weights + other.weights);
    }

    /** Share of the labels given up, in [0, 1]. */
    public double skippedShare() {
        return share(skipped, scored + skipped);
    }

    /** Share of the blocks given up unseen, in [0, 1]. */
    public double blocksSkippedShare() {
        return share(blocksSkipped, blocks);
    }

    /** Multiplications as a share of those of a search through everything. */
    public double readShare() {
        return share(weightsRead, weights);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
