package dev.longtail.calibration;

import dev.longtail.data.Example;
import java.util.SplittableRandom;

/** Held-out suggestions for tests. */
final class HeldOutData {

    private HeldOutData() {}

    /**
     * Adds an example with one suggestion, which is right or not; where it is not, a label that the model does not know
     * is true of the example.
     */
    static void add(HeldOut heldOut, int label, double score, boolean right) {
        Example example = new Example();
        example.labels = new int[] {label};
        example.labelCount = right ? 1 : 0;
        example.unknownLabels = right ? 0 : 1;
        heldOut.add(new int[] {label}, new float[] {(float) score}, 1, example);
    }

    /** Suggestions of label 0, an example each. */
    static HeldOut of(double[] scores, boolean[] right) {
        HeldOut heldOut = new HeldOut(1);
        for (int i = 0; i < scores.length; i++) {
            add(heldOut, 0, scores[i], right[i]);
        }
        return heldOut;
    }

    /** Suggestions whose scores are log odds, three an example, for a few labels. */
    static HeldOut random(int labels, int examples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HeldOut heldOut = new HeldOut(labels);
        for (int i = 0; i < examples; i++) {
            int first = random.nextInt(labels);
            int[] suggested = {first, (first + 1) % labels, (first + 2) % labels};
            float[] scores = new float[3];
            Example example = new Example();
            double score = random.nextDouble(-1, 2);
            for (int rank = 0; rank < 3; rank++) {
                // two digits, so that equal scores occur
                scores[rank] = Math.round(score * 100) / 100f;
                score -= random.nextDouble(0, 1.5);
            }
            boolean[] right = new boolean[labels];
            for (int rank = 0; rank < 3; rank++) {
                right[suggested[rank]] = random.nextDouble() < Logistic.probability(scores[rank]);
            }
            for (int label = 0; label < labels; label++) {
                if (right[label]) {
                    example.labels[example.labelCount++] = label;
                }
            }
            example.unknownLabels = random.nextInt(2);
            heldOut.add(suggested, scores, 3, example);
        }
        return heldOut;
    }
}
