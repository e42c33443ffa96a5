package dev.longtail.cluster;

import dev.longtail.data.Example;
import java.util.Arrays;

/** Adds up feature vectors of examples; a buffer that is filled again for each label. */
final class Centroid {

    /** Feature in the upper half, bits of the weight in the lower. */
    private long[] entries = new long[1024];

    private int size;
    private int[] features = new int[256];
    private float[] sums = new float[256];
    private long[] ranking = new long[256];

    void clear() {
        size = 0;
    }

    /** Adds an example's vector, brought to length 1; the zero vector adds nothing. */
    void add(Example example) {
        double squares = 0;
        for (int i = 0; i < example.featureCount; i++) {
            squares += (double) example.weights[i] * example.weights[i];
        }
        if (squares == 0) {
            return;
        }
        if (size + example.featureCount > entries.length) {
            entries = Arrays.copyOf(entries, Math.max(size + example.featureCount, 2 * entries.length));
        }
        double scale = 1 / Math.sqrt(squares);
        for (int i = 0; i < example.featureCount; i++) {
            int bits = Float.floatToIntBits((float) (scale * example.weights[i]));
            entries[size++] = (long) example.features[i] << 32 | (bits & 0xFFFFFFFFL);
        }
    }

    /**
     * Writes the sum's entries of largest magnitude, ascending by feature, brought to length 1; among equals the
     * smaller feature comes first.
     *
     * @param most entries to write at most
     * @return number of entries written from {@code start} on
     */
    int strongest(int most, int[] intoFeatures, float[] intoValues, int start) {
        int count = merge();
        for (int i = 0; i < count; i++) {
            int strength = Float.floatToIntBits(Math.abs(sums[i])); // not negative, and ascending like the number
            ranking[i] = (long) (Integer.MAX_VALUE - strength) << 32 | i;
        }
        Arrays.sort(ranking, 0, count);
        int kept = Math.min(most, count);
        double squares = 0;
        for (int i = 0; i < kept; i++) {
            ranking[i] = (int) ranking[i];
            squares += (double) sums[(int) ranking[i]] * sums[(int) ranking[i]];
        }
        Arrays.sort(ranking, 0, kept);
        for (int i = 0; i < kept; i++) {
            intoFeatures[start + i] = features[(int) ranking[i]];
            intoValues[start + i] = (float) (sums[(int) ranking[i]] / Math.sqrt(squares));
        }
        return kept;
    }

    /** Adds up what was noted for the same feature. @return number of features whose sum is not zero */
    private int merge() {
        Arrays.sort(entries, 0, size);
        int count = 0;
        int entry = 0;
        while (entry < size) {
            int feature = (int) (entries[entry] >>> 32);
            double sum = 0;
            while (entry < size && (int) (entries[entry] >>> 32) == feature) {
                sum += Float.intBitsToFloat((int) entries[entry++]);
            }
            if ((float) sum != 0) {
                append(count++, feature, (float) sum);
            }
        }
        return count;
    }

    private void append(int place, int feature, float sum) {
        if (place == features.length) {
            features = Arrays.copyOf(features, 2 * place);
            sums = Arrays.copyOf(sums, 2 * place);
            ranking = new long[2 * place];
        }
        features[place] = feature;
        sums[place] = sum;
    }
}
