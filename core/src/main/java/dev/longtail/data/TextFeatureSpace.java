package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.text.FeatureBuffer;
import dev.longtail.text.TextEncoder;
import dev.longtail.text.TextFeatures;

/** Features are the terms of texts. */
public record TextFeatureSpace(TextFeatures features) implements FeatureSpace {

    @Override
    public int size() {
        return features.size();
    }

    @Override
    public int words() {
        return features.vocabulary().words();
    }

    @Override
    public String name(int feature) {
        return features.name(feature);
    }

    @Override
    public FeatureEncoder newEncoder() {
        TextEncoder encoder = features.newEncoder();
        return (example, into) -> {
            if (example.text == null) {
                throw new InputException(
                        example.source,
                        example.line,
                        "holds numbered features, the model was trained on texts; give it annif, fasttext or jsonl");
            }
            FeatureBuffer buffer = encoder.encode(example.text);
            into.ensureFeatures(buffer.count);
            into.featureCount = buffer.count;
            System.arraycopy(buffer.features, 0, into.features, 0, buffer.count);
            System.arraycopy(buffer.weights, 0, into.weights, 0, buffer.count);
        };
    }
}
