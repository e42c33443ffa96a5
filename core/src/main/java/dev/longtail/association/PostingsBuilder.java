package dev.longtail.association;

import dev.longtail.association.LabelRow.Kept;
import java.util.Arrays;

/** Turns the rows of labels into the postings of features, and keeps the largest of each feature in 8 bits. */
final class PostingsBuilder {

    private static final int LARGEST = Byte.MAX_VALUE;

    private final int labelCount;
    private final int[] starts;
    private final int[] labels;
    private final float[] weights;

    /** @param kept row of each label; taken apart, so that rows and postings are never there together in whole */
    PostingsBuilder(Kept[] kept, int features) {
        labelCount = kept.length;
        starts = new int[features + 1];
        for (Kept row : kept) {
            for (int feature : row.slots()) {
                starts[feature + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Math::addExact);
        labels = new int[starts[features]];
        weights = new float[labels.length];
        int[] next = starts.clone();
        for (int label = 0; label < kept.length; label++) {
            Kept row = kept[label];
            for (int i = 0; i < row.slots().length; i++) {
                int place = next[row.slots()[i]]++;
                labels[place] = label;
                weights[place] = row.weights()[i];
            }
            kept[label] = new Kept(new int[0], new float[0]);
        }
    }

    /**
     * The arm of the {@code most} largest weights of each feature, of equal ones those of the smaller labels.
     *
     * @param candidates labels of an example that it is to find
     */
    AssociationArm build(int most, int candidates) {
        int features = starts.length - 1;
        int[] ends = new int[features + 1];
        float[] scales = new float[features];
        byte[] bytes = new byte[labels.length];
        int size = 0;
        for (int feature = 0; feature < features; feature++) {
            int end = cut(starts[feature], starts[feature + 1], most);
            scales[feature] = largest(starts[feature], end) / LARGEST;
            for (int place = starts[feature]; place < end; place++) {
                byte step = step(weights[place], scales[feature]);
                if (step != 0) {
                    labels[size] = labels[place];
                    bytes[size++] = step;
                }
            }
            ends[feature + 1] = size;
        }
        LabelIds ids = LabelIds.of(labels, size, labelCount);
        return new AssociationArm(
                labelCount, candidates, new AssociationArm.Postings(ends, ids, Arrays.copyOf(bytes, size), scales));
    }

    private static byte step(float weight, float scale) {
        return scale == 0 ? 0 : (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.rint(weight / (double) scale)));
    }

    private float largest(int from, int end) {
        float largest = 0;
        for (int place = from; place < end; place++) {
            largest = Math.max(largest, Math.abs(weights[place]));
        }
        return largest;
    }

    /** Moves the largest weights of a feature to the front, labels ascending, and returns where they end. */
    private int cut(int from, int end, int most) {
        if (end - from <= most) {
            return end;
        }
        long[] keys = new long[end - from];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) -Float.floatToIntBits(Math.abs(weights[from + i])) << 32 | i;
        }
        Arrays.sort(keys);
        int[] kept = new int[most];
        Arrays.setAll(kept, i -> (int) keys[i]);
        Arrays.sort(kept);
        for (int i = 0; i < most; i++) {
            labels[from + i] = labels[from + kept[i]];
            weights[from + i] = weights[from + kept[i]];
        }
        return from + most;
    }
}
