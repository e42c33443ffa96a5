package dev.longtail.direct;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * The direct arm and how it is trained.
 *
 * @param candidates labels of an example that the direct arm scores, 0 for no direct arm: those of highest score by the
 *     association arm, or by the embedding arm where there is none
 * @param positiveCost C of an example that carries the label
 * @param negativeCost C of an example that does not
 * @param smallest smallest weight that is kept
 * @param sweeps passes over the examples of a label at most
 * @param tolerance largest violation of optimality with which a label is done
 * @param share of the embedding arm in the score without a validation part, of what an association arm leaves
 */
public record DirectConfig(
        @Setting("candidates, labels that get a score straight from the features, in [0, 1000]: those of highest"
                + " score by the association arm, or by the embedding arm where there is none; 0 for no direct arm")
        int candidates,

        @Setting("cost of an example that carries a label and is scored below its margin, above 0")
        float positiveCost,

        @Setting("cost of an example that does not carry a label and is scored above its margin, above 0; smaller than"
                + " positiveCost where labels that would be right are missing in the training data")
        float negativeCost,

        @Setting("weights of the direct arm below this are left out, at least 0")
        float smallest,

        @Setting("passes over the examples of a label at most, at least 1")
        int sweeps,

        @Setting("largest violation of optimality with which a label is done, above 0")
        float tolerance,

        @Setting("share of the embedding arm in a score when there is no validation part to choose it on, in [0, 1]; of"
                + " what the association arm leaves where there is one")
        float share) {

    /** No direct arm; the other settings are those it would have. */
    public static final DirectConfig OFF = new DirectConfig(0, 0.3f, 0.1f, 0.1f, 10, 0.1f, 0.5f);

    public DirectConfig {
        Require.that(candidates >= 0 && candidates <= 1000, "direct.candidates", "in [0, 1000]", candidates);
        Require.that(positiveCost > 0 && positiveCost <= 1e6f, "positiveCost", "above 0, at most 1e6", positiveCost);
        Require.that(negativeCost > 0 && negativeCost <= 1e6f, "negativeCost", "above 0, at most 1e6", negativeCost);
        Require.that(smallest >= 0 && smallest <= 1e6f, "smallest", "at least 0, at most 1e6", smallest);
        Require.that(sweeps >= 1, "sweeps", "at least 1", sweeps);
        Require.that(tolerance > 0 && tolerance < 1, "tolerance", "in (0, 1)", tolerance);
        Require.that(share >= 0 && share <= 1, "share", "in [0, 1]", share);
    }

    /** Whether there is a direct arm. */
    public boolean isOn() {
        return candidates > 0;
    }

    /** This with another number of candidates. */
    public DirectConfig withCandidates(int number) {
        return new DirectConfig(number, positiveCost, negativeCost, smallest, sweeps, tolerance, share);
    }
}
