package dev.longtail.association;

import dev.longtail.association.AssociationArm.Postings;
import java.util.SplittableRandom;

/** Arms of random connections, and arms of given ones. */
final class RandomArms {

    private RandomArms() {}

    /** Each feature is connected to up to 9 labels; the last feature to none. */
    static AssociationArm of(int labels, int features, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] connected = new int[features][];
        byte[][] weights = new byte[features][];
        float[] scales = new float[features];
        for (int feature = 0; feature < features; feature++) {
            int count = feature == features - 1 ? 0 : random.nextInt(10);
            connected[feature] =
                    random.ints(count, 0, labels).distinct().sorted().toArray();
            weights[feature] = new byte[connected[feature].length];
            for (int i = 0; i < weights[feature].length; i++) {
                weights[feature][i] =
                        (byte) (random.nextInt(4) == 0 ? -random.nextInt(1, 128) : random.nextInt(1, 128));
            }
            scales[feature] = (float) random.nextDouble(0.001, 0.01);
        }
        return of(labels, connected, weights, scales);
    }

    /**
     * An arm for 5 candidates.
     *
     * @param connected labels of each feature, ascending
     * @param weights parallel to {@code connected}
     */
    static AssociationArm of(int labels, int[][] connected, byte[][] weights, float[] scales) {
        int[] starts = new int[scales.length + 1];
        for (int feature = 0; feature < scales.length; feature++) {
            starts[feature + 1] = starts[feature] + connected[feature].length;
        }
        int[] ids = new int[starts[scales.length]];
        byte[] bytes = new byte[ids.length];
        for (int feature = 0; feature < scales.length; feature++) {
            System.arraycopy(connected[feature], 0, ids, starts[feature], connected[feature].length);
            System.arraycopy(weights[feature], 0, bytes, starts[feature], weights[feature].length);
        }
        LabelIds labelIds = LabelIds.of(ids, ids.length, labels);
        return new AssociationArm(labels, 5, new Postings(starts, labelIds, bytes, scales));
    }
}
