package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.InputException;
import dev.longtail.text.TextConfig;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.VocabularyBuilder;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest {

    private static RawExample numbered(int declared, int[] features, float... values) {
        RawExample example = new RawExample();
        example.features = features;
        example.values = values;
        example.featureCount = features.length;
        example.declaredFeatures = declared;
        example.source = "f.txt";
        example.line = 7;
        return example;
    }

    @Test
    void scalesNumberedFeaturesAndDropsZeros() {
        Example example = new Example();
        RawExample raw = numbered(10, new int[] {1, 4, 9}, 3, 0, 4);
        new NumericFeatureSpace(10, true).newEncoder().encode(raw, example);
        assertThat(example.featureCount).isEqualTo(2);
        assertThat(example.features).startsWith(1, 9);
        assertThat(example.weights).startsWith(0.6f, 0.8f);
        new NumericFeatureSpace(10, false).newEncoder().encode(raw, example);
        assertThat(example.weights).startsWith(3, 4);
    }

    @Test
    void rareFeaturesWeighMore() {
        // N = 3: df 3 has idf ln(4/4) + 1 = 1, df 0 has ln(4) + 1 = 2.3862944, df 1 ln(2) + 1 = 1.6931472
        int[] frequencies = {3, 0, 1};
        Example example = new Example();
        RawExample raw = numbered(3, new int[] {0, 1, 2}, 1, 1, 2);
        NumericFeatureSpace.weighted(false, frequencies, 3, 1).newEncoder().encode(raw, example);
        assertThat(example.weights).startsWith(1, 2.3862944f, 3.3862944f);
        NumericFeatureSpace half = NumericFeatureSpace.weighted(true, frequencies, 3, 0.5f);
        half.newEncoder().encode(raw, example);
        double length = Math.sqrt(1 + 2.3862944 + 4 * 1.6931472);
        assertThat((double) example.weights[2]).isCloseTo(2 * Math.sqrt(1.6931472) / length, within(1e-6));
        assertThat(half)
                .isEqualTo(NumericFeatureSpace.weighted(true, frequencies, 3, 0.5f))
                .isNotEqualTo(new NumericFeatureSpace(3, true));
        assertThatThrownBy(() -> new NumericFeatureSpace(3, true, new float[2])).hasMessageContaining("factors");
        assertThatThrownBy(() -> new NumericFeatureSpace(1, true, new float[] {Float.NaN}))
                .hasMessageContaining("factor 0");
    }

    @Test
    void refusesTheOtherKindOfExample() {
        VocabularyBuilder builder = new VocabularyBuilder(TextConfig.DEFAULT, 100);
        builder.add("a");
        builder.add("a");
        FeatureSpace text = new TextFeatureSpace(new TextFeatures(TextConfig.DEFAULT, builder.build()));
        FeatureSpace numeric = new NumericFeatureSpace(10, true);
        RawExample raw = numbered(10, new int[0]);
        assertThatThrownBy(() -> text.newEncoder().encode(raw, new Example()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("f.txt:7: holds numbered features, the model was trained on texts");
        raw.setText("a");
        assertThatThrownBy(() -> numeric.newEncoder().encode(raw, new Example()))
                .hasMessageStartingWith("f.txt:7: holds a text, the model was trained on numbered features");
        Example example = new Example();
        text.newEncoder().encode(raw, example);
        assertThat(example.featureCount).isEqualTo(1);
        assertThat(text.name(example.features[0])).isEqualTo("a");
    }

    @Test
    void refusesAnotherNumberOfFeatures() {
        RawExample raw = numbered(11, new int[] {10}, 1);
        assertThatThrownBy(() -> new NumericFeatureSpace(10, true).newEncoder().encode(raw, new Example()))
                .hasMessage("f.txt:7: the header declares 11 features, the model has 10");
    }
}
