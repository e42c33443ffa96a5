package dev.longtail.plan;

import dev.longtail.train.LabelConfig;

/**
 * How many connections the association arm and the direct arm have.
 *
 * @param kept connections that labels keep while associations are counted
 * @param postings those of them that features keep: the connections of the association arm
 * @param weights of the direct arm
 * @param longest entries of the examples that the largest label is solved on
 */
public record ArmShape(long kept, long postings, long weights, long longest) {

    /** Neither arm. */
    public static final ArmShape NONE = new ArmShape(0, 0, 0, 0);

    /**
     * The most that it can come to where nothing but shapes is known: all connections that labels may keep, and as many
     * in the direct arm.
     */
    public static ArmShape most(LabelConfig config, int features, int labels) {
        long kept =
                (long) labels * Math.min(features, config.train().association().slots());
        return new ArmShape(kept, kept, config.train().direct().isOn() ? kept : 0, 0);
    }
}
