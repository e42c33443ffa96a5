package dev.longtail.format;

/**
 * How much was changed at once in a finished model.
 *
 * @param added labels that are new
 * @param renamed labels whose name changed
 * @param retired labels that went
 * @param merged labels that went and whose examples count for others
 * @param examples that new labels were given
 * @param feedback texts whose suggestions people had judged, and that count in the model's rows since then
 */
public record LabelChanges(int added, int renamed, int retired, int merged, int examples, int feedback) {

    /** Nothing. */
    public static final LabelChanges NONE = new LabelChanges(0, 0, 0, 0, 0, 0);

    /** The same with judged texts. */
    public LabelChanges withFeedback(int texts) {
        return new LabelChanges(added, renamed, retired, merged, examples, texts);
    }
}
