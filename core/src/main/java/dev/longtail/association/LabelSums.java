package dev.longtail.association;

import dev.longtail.association.AssociationArm.Postings;
import dev.longtail.output.TopLabels;
import java.util.Arrays;

/** Scores of the labels that the features of one example are connected to. Scratch of one thread. */
final class LabelSums {

    private final float[] sums;
    private int[] touched = new int[256];
    private int count;

    LabelSums(int labels) {
        sums = new float[labels];
    }

    /** Adds what a feature of this value says. */
    void add(Postings postings, int feature, float value) {
        float factor = value * postings.scales()[feature];
        int from = postings.starts()[feature];
        int end = postings.starts()[feature + 1];
        count = postings.labels().isNarrow()
                ? add(postings.labels().narrow(), postings.weights(), from, end, factor)
                : add(postings.labels().wide(), postings.weights(), from, end, factor);
    }

    // a label whose sum has come back to exactly 0 is noted once more, and offered once all the same
    private int add(char[] labels, byte[] weights, int from, int end, float factor) {
        int met = count;
        reserve(met + end - from);
        for (int place = from; place < end; place++) {
            int label = labels[place];
            if (sums[label] == 0) {
                touched[met++] = label;
            }
            sums[label] += factor * weights[place];
        }
        return met;
    }

    private int add(int[] labels, byte[] weights, int from, int end, float factor) {
        int met = count;
        reserve(met + end - from);
        for (int place = from; place < end; place++) {
            int label = labels[place];
            if (sums[label] == 0) {
                touched[met++] = label;
            }
            sums[label] += factor * weights[place];
        }
        return met;
    }

    private void reserve(int most) {
        if (touched.length < most) {
            touched = Arrays.copyOf(touched, Math.max(most, 2 * touched.length));
        }
    }

    /** Offers all labels whose score is not 0, starts anew, and returns how many were offered. */
    int offer(int worker, int example, TopLabels into) {
        int offered = 0;
        for (int i = 0; i < count; i++) {
            int label = touched[i];
            float score = sums[label];
            sums[label] = 0;
            if (score != 0) {
                into.offer(worker, example, label, score);
                offered++;
            }
        }
        count = 0;
        return offered;
    }
}
