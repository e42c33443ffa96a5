package dev.longtail.topology;

import dev.longtail.parallel.Workers;

/**
 * Redistribution of sparse momentum (Dettmers and Zettlemoyer 2019) for a constant fan-in. There the number of slots
 * goes where the gradients are; here a label cannot gain slots, so what is shared out is how many of them move: in all
 * floor(fraction * slots), to each index row in proportion to the mean magnitude of its smoothed gradients. These are
 * known for the candidates only, so the mean is over them. No row moves more than half of its slots, or the fraction
 * when that is more.
 */
final class SharedMoves implements Pruning {

    private static final float MOST = 0.5f;

    /** Shares are integers in units of 2^-20 of a move, so that they add up exactly. */
    private static final int UNIT_BITS = 20;

    private final RewireSchedule schedule;
    private final SparseLayer layer;
    private final CandidateGrowth growth;

    SharedMoves(RewireSchedule schedule, SparseLayer layer, CandidateGrowth growth) {
        this.schedule = schedule;
        this.layer = layer;
        this.growth = growth;
    }

    @Override
    public Verdict at(long step, Workers workers) {
        float[] momenta = momenta(step, workers);
        int width = layer.shards().get(0).rows().width();
        float fraction = schedule.fraction(step);
        int free = Bank.of(layer.shards().get(0).rows()).stream()
                .mapToInt(bank -> Math.min(bank.free(), bank.endSlot() - bank.firstSlot()))
                .sum();
        int most = Math.min(free, (int) (Math.max(MOST, fraction) * width));
        int[] moves = share(momenta, (long) (fraction * (double) layer.slots()), most);
        return (shard, row, scratch) ->
                scratch.markSmallest(moves[layer.shards().get(shard).firstIndexRow() + row]);
    }

    private float[] momenta(long step, Workers workers) {
        SparseLayer.Shard last = layer.shards().get(layer.shards().size() - 1);
        float[] momenta = new float[last.firstIndexRow() + last.rows().indexRows()];
        workers.run(layer.shards().size(), (number, worker) -> {
            SparseLayer.Shard shard = layer.shards().get(number);
            for (int row = 0; row < shard.rows().indexRows(); row++) {
                momenta[shard.firstIndexRow() + row] = growth.momentum(number, row, step);
            }
        });
        return momenta;
    }

    /**
     * Shares moves among rows in proportion to weights, at most {@code most} for a row; what that cuts off goes to the
     * others, first to those with a weight.
     *
     * @param weights at least 0
     * @return moves of each row, in all exactly {@code total}, or {@code most} each when that is less
     */
    static int[] share(float[] weights, long total, int most) {
        long moves = Math.min(total, (long) weights.length * most);
        double[] level = level(weights, moves, most);
        long cap = (long) most << UNIT_BITS;
        long missing = moves << UNIT_BITS;
        for (float weight : weights) {
            missing -= share(weight, level, most);
        }
        int[] shares = new int[weights.length];
        long sum = 0;
        for (int row = 0; row < shares.length; row++) {
            long share = share(weights[row], level, most);
            long added = Math.max(0, Math.min(missing, cap - share));
            missing -= added;
            long before = sum;
            // rounding may have made the shares a unit too large in all
            sum = Math.min(moves << UNIT_BITS, sum + share + added);
            shares[row] = (int) ((sum >> UNIT_BITS) - (before >> UNIT_BITS));
        }
        return shares;
    }

    private static long share(float weight, double[] level, int most) {
        double share = weight > 0 ? weight * level[0] : level[1];
        return (long) (Math.min(most, share) * (1L << UNIT_BITS));
    }

    /**
     * Moves for each unit of weight, and for each row without weight, such that they add up with the bound: rows whose
     * share is above it get the bound, the rest is shared again, until no further row is above it.
     */
    private static double[] level(float[] weights, long moves, int most) {
        double level = 0;
        int full = -1;
        while (true) {
            int above = 0;
            int zeros = 0;
            double weight = 0;
            for (float each : weights) {
                if (each == 0) {
                    zeros++;
                } else if (each * level >= most) {
                    above++;
                } else {
                    weight += each;
                }
            }
            double left = moves - (double) above * most;
            if (weight == 0) {
                return new double[] {level, zeros == 0 ? 0 : left / zeros};
            }
            if (above == full) {
                return new double[] {level, 0};
            }
            full = above;
            level = left / weight;
        }
    }
}
