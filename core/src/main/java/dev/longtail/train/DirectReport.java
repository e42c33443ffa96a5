package dev.longtail.train;

/**
 * How far the training of the direct arm is.
 *
 * @param part what is being done
 * @param done examples or labels that are done
 * @param all of them
 */
public record DirectReport(Part part, int done, int all) {

    /** Parts of the training, in their order. */
    public enum Part {
        /** Another arm says which labels are likely for each training example. */
        CANDIDATES,
        /** Labels learn to tell their examples from those. */
        LABELS
    }
}
