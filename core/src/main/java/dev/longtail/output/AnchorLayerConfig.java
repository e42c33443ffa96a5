package dev.longtail.output;

import static dev.longtail.table.AnchorConfig.Mixing.LINEAR;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.table.AnchorConfig;

/**
 * The shape of the output layer of kind {@code anchors}: its labels start without links, so that every score starts at
 * its bias, and gain those that lower the loss most.
 *
 * @param count anchors K, rows of A
 * @param growth new links of a label in a step at most
 * @param mostLinks links of a label at most, 0 for no limit
 * @param layout how links are stored while they are learned
 * @param orthogonality weight of the penalty on anchors that resemble each other
 * @param anchorRate learning rate of the anchors, as a multiple of that of the links
 * @param least gradients of scores that are left out
 * @param penalty on the links
 */
public record AnchorLayerConfig(
        @Setting("anchors of the output layer, from 1 to 65,535: the weights of each label are a mix of a few of them")
        int count,

        @Setting("links that a label gains in a step at most, at least 1, where they are stored sparsely: those that"
                + " lower the loss most")
        int growth,

        @Setting("links of a label at most, at least 0; 0 for no limit")
        int mostLinks,

        @Setting("how links of labels are stored while they are learned: full has room for all, sparse for those that"
                + " are not 0; auto is sparse where mostLinks limits them")
        AnchorConfig.Layout layout,

        @Setting("weight of the penalty |a . b| on every pair of different anchors of the output layer, at least 0")
        float orthogonality,

        @Setting("learning rate of these anchors, as a multiple of the learning rate of the output layer, at least 0")
        float anchorRate,

        @Setting("derivative of the loss by a score up to which a label does not learn from an example, at least 0;"
                + " above 0 it makes steps with logistic loss cheap")
        float least,

        ProximalConfig penalty) {

    /** 256 anchors, sixteen of them for a label at most, penalised as in the paper. */
    public static final AnchorLayerConfig DEFAULT =
            new AnchorLayerConfig(256, 8, 16, AnchorConfig.Layout.AUTO, 0, 1, 0.001f, ProximalConfig.PAPER);

    public AnchorLayerConfig {
        Require.that(growth >= 1, "growth", "at least 1; labels start without links", growth);
        Require.that(
                mostLinks == 0 || layout != AnchorConfig.Layout.FULL,
                "mostLinks",
                "0 with layout full, which has room for all links",
                mostLinks);
        Require.that(least >= 0 && Float.isFinite(least), "least", "at least 0", least);
        // which checks the others
        new AnchorConfig(count, 1, LINEAR, 0, growth, mostLinks, layout, orthogonality, anchorRate, penalty);
    }

    /** Whether links are stored sparsely while they are learned. */
    public boolean isSparse() {
        return layout == AnchorConfig.Layout.SPARSE
                || (layout == AnchorConfig.Layout.AUTO && mostLinks > 0 && mostLinks < count);
    }

    /** The table of this shape. */
    AnchorConfig table() {
        AnchorConfig.Layout chosen = isSparse() ? AnchorConfig.Layout.SPARSE : AnchorConfig.Layout.FULL;
        return new AnchorConfig(count, 1, LINEAR, 0, growth, mostLinks, chosen, orthogonality, anchorRate, penalty);
    }
}
