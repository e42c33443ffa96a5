package dev.longtail.topology;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * N:M patterns: of every {@code block} = M consecutive inputs a label holds exactly N = fan-in * M / inputs.
 *
 * @param block M, at least 2
 * @param shrink lambda of SR-STE (Zhou et al., ICLR 2021, eq. 9), the decay of weights outside the pattern, at least 0
 * @param soft share of all steps over which weights outside the pattern still count, in [0, 1]
 */
public record PatternConfig(
        @Setting("policy pattern: consecutive inputs of which a label holds equally many, at least 2; divides the"
                + " inputs, and fan-in * block is a multiple of them")
        int block,

        @Setting("policy pattern: decay of weights outside the pattern (lambda of SR-STE), at least 0")
        float shrink,

        @Setting("policy pattern: share of all steps over which weights outside the pattern still count, times a"
                + " factor that falls from 1 to 0; 0 for a hard pattern from the start, in [0, 1]")
        float soft) {

    /** Two of eight at a sparsity of 75 %, lambda as published. */
    public static final PatternConfig DEFAULT = new PatternConfig(8, 2e-4f, 0);

    public PatternConfig {
        Require.that(block >= 2, "block", "at least 2", block);
        Require.that(shrink >= 0 && Float.isFinite(shrink), "shrink", "at least 0", shrink);
        Require.that(soft >= 0 && soft <= 1, "soft", "in [0, 1]", soft);
    }

    /**
     * N for a layer.
     *
     * @throws IllegalArgumentException when inputs are no multiple of the block, or fan-in is no multiple of the blocks
     */
    public int held(int inputs, int fanIn) {
        Require.that(inputs % block == 0, "block", "a divisor of the inputs, " + inputs, block);
        int blocks = inputs / block;
        Require.that(fanIn % blocks == 0, "fanIn", "a multiple of the " + blocks + " blocks of inputs", fanIn);
        return fanIn / blocks;
    }

    /**
     * What a weight outside the pattern counts at a step: falls linearly from 1 to 0 over the soft share of the run
     * (decaying masks, Kao et al. 2022).
     */
    public float factorAt(long step, long steps) {
        double length = soft * (double) steps;
        return step >= length ? 0 : (float) (1 - step / length);
    }
}
