package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Examples in which every label has three features of its own, among others that mean nothing. */
final class Planted {

    private static final int NOISE = 50;

    private Planted() {}

    static int features(int labels) {
        return 3 * labels + NOISE;
    }

    static LabelModel model(ModelConfig config, int labels) {
        List<String> ids = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            ids.add("label" + label);
        }
        int[] frequencies = new int[labels];
        Arrays.fill(frequencies, 3);
        LabelSet set = new LabelSet(ids, Collections.nCopies(labels, "a name"), frequencies);
        return new LabelModel(config, new NumericFeatureSpace(features(labels), false), set, 1000);
    }

    static Examples examples(int size, int labels, long seed) {
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void read(int example, Example into) {
                SplittableRandom random = new SplittableRandom(seed * 1_000_003 + example);
                int label = random.nextInt(labels);
                into.labels = new int[] {label};
                into.labelCount = 1;
                int noise = 3 * labels + random.nextInt(NOISE);
                into.features = new int[] {3 * label, 3 * label + 1 + random.nextInt(2), noise};
                into.weights = new float[] {0.6f, 0.6f, 0.5f};
                into.featureCount = 3;
            }
        };
    }
}
