package dev.longtail.association;

import dev.longtail.association.AssociationArm.Postings;
import dev.longtail.config.Require;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the postings of an arm together anew for other labels. The scale of a feature stays what it is as long as a
 * label of the arm is connected to it, so that none of those scores changes by a bit; a learned weight can then be no
 * larger than the largest that the feature had.
 */
final class PostingsEdit {

    private static final int LARGEST = Byte.MAX_VALUE;

    private final AssociationArm arm;
    private final int labelCount;
    /** New number of each label of the arm, -1 for those that go or are learned anew. */
    private final int[] now;
    /** Learned weights by feature, labels ascending. */
    private final int[] starts;

    private final int[] labels;
    private final float[] weights;

    /**
     * An edit.
     *
     * @param from label of the arm that each new one is, ascending where it is one
     */
    PostingsEdit(AssociationArm arm, int[] from, Map<Integer, AssociationRow> learned) {
        this.arm = arm;
        this.labelCount = from.length;
        this.now = new int[arm.labels()];
        Arrays.fill(now, -1);
        int before = -1;
        for (int label = 0; label < from.length; label++) {
            if (from[label] >= 0) {
                Require.that(from[label] > before, "labels of an arm", "in their order", from[label]);
                before = from[label];
                now[from[label]] = learned.containsKey(label) ? -1 : label;
            }
        }
        this.starts = new int[arm.features() + 1];
        learned.values().forEach(row -> Arrays.stream(row.features()).forEach(feature -> starts[feature + 1]++));
        Arrays.parallelPrefix(starts, Math::addExact);
        this.labels = new int[starts[arm.features()]];
        this.weights = new float[labels.length];
        int[] next = starts.clone();
        new TreeMap<>(learned).forEach((label, row) -> {
            for (int i = 0; i < row.features().length; i++) {
                int place = next[row.features()[i]]++;
                labels[place] = label;
                weights[place] = row.values()[i];
            }
        });
    }

    AssociationArm build() {
        Postings old = arm.postings();
        int features = arm.features();
        int[] ends = new int[features + 1];
        float[] scales = old.scales().clone();
        int[] ids = new int[Math.addExact(arm.size(), labels.length)];
        byte[] bytes = new byte[ids.length];
        int size = 0;
        for (int feature = 0; feature < features; feature++) {
            int first = size;
            for (int place = old.starts()[feature]; place < old.starts()[feature + 1]; place++) {
                int label = now[old.labels().at(place)];
                if (label >= 0) {
                    ids[size] = label;
                    bytes[size++] = old.weights()[place];
                }
            }
            if (size == first) {
                scales[feature] = largest(feature) / LARGEST;
            }
            size = insert(feature, scales[feature], ids, bytes, first, size);
            ends[feature + 1] = size;
        }
        LabelIds kept = LabelIds.of(ids, size, labelCount);
        return new AssociationArm(
                labelCount, arm.candidates(), new Postings(ends, kept, Arrays.copyOf(bytes, size), scales));
    }

    private float largest(int feature) {
        float largest = 0;
        for (int place = starts[feature]; place < starts[feature + 1]; place++) {
            largest = Math.max(largest, Math.abs(weights[place]));
        }
        return largest;
    }

    /** Puts learned weights of a feature between the labels from {@code first} on; returns the new end. */
    private int insert(int feature, float scale, int[] ids, byte[] bytes, int first, int end) {
        int size = end;
        for (int place = starts[feature]; place < starts[feature + 1]; place++) {
            double steps = scale == 0 ? 0 : Math.rint(weights[place] / (double) scale);
            byte step = (byte) Math.max(-LARGEST, Math.min(LARGEST, steps));
            if (step == 0) {
                continue;
            }
            int at = Arrays.binarySearch(ids, first, size, labels[place]);
            int to = -at - 1;
            System.arraycopy(ids, to, ids, to + 1, size - to);
            System.arraycopy(bytes, to, bytes, to + 1, size - to);
            ids[to] = labels[place];
            bytes[to] = step;
            size++;
        }
        return size;
    }
}
