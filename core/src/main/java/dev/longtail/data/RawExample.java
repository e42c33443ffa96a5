package dev.longtail.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One example as it stands in a file: either a text or numbered features, and the ids of its labels. A reusable buffer
 * that {@link ExampleReader#next} fills.
 */
public final class RawExample {

    /** The text, null where the example consists of numbered features. */
    public @Nullable String text;

    /** Feature ids, ascending and distinct: the first {@link #featureCount} entries. */
    public int[] features = new int[32];

    /** Value of each feature, finite, parallel to {@link #features}. */
    public float[] values = new float[32];

    public int featureCount;

    /** Number of features the file declares, 0 where the example is a text. */
    public int declaredFeatures;

    /** Number of labels the file declares, 0 where the example is a text. */
    public int declaredLabels;

    /** Number of examples the file declares, 0 where the example is a text. */
    public long declaredExamples;

    /**
     * JSON text of the member "id" of an object of {@link DataFormat#JSONL}, a string or a number; null where there is
     * none.
     */
    public @Nullable String jsonId;

    /** Members of that object beside "id", "text" and "labels", which are passed over. */
    public int otherMembers;

    /** Label ids in the order of the file, repetitions included. */
    public final List<String> labels = new ArrayList<>();

    /** File or stream the example stands in, for messages. */
    public String source = "input";

    /** Line the example stands on, from 1; 0 where it comes from no file. */
    public long line;

    /** Makes this an example of the given text with no labels. */
    public RawExample setText(String newText) {
        text = newText;
        featureCount = 0;
        declaredFeatures = 0;
        declaredLabels = 0;
        declaredExamples = 0;
        jsonId = null;
        otherMembers = 0;
        labels.clear();
        return this;
    }

    /** Keeps the first of equal labels; returns how many were removed. */
    int removeRepeatedLabels() {
        if (labels.size() < 2) {
            return 0;
        }
        LinkedHashSet<String> distinct = new LinkedHashSet<>(labels);
        int removed = labels.size() - distinct.size();
        if (removed > 0) {
            labels.clear();
            labels.addAll(distinct);
        }
        return removed;
    }
}
