package dev.longtail.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.synthetic.SyntheticExamples.Part;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SyntheticExamplesTest {

    private static final SyntheticConfig CONFIG = SyntheticConfig.DEFAULT.withSize(1000, 5000, 3000);

    @Test
    void anExampleIsAFunctionOfSeedPartAndNumber() {
        Example used = new Example();
        CONFIG.train().read(2999, used);
        CONFIG.train().read(17, used);
        Example fresh = new Example();
        CONFIG.withSize(1000, 5000, 18).train().read(17, fresh);
        assertThat(text(used)).isEqualTo(text(fresh));

        CONFIG.part(Part.VALIDATION, 100).read(17, fresh);
        assertThat(text(fresh)).isNotEqualTo(text(used));
        Settings.override(CONFIG, Map.of("seed", "2")).train().read(17, fresh);
        assertThat(text(fresh)).isNotEqualTo(text(used));
    }

    private static String text(Example example) {
        return Arrays.toString(Arrays.copyOf(example.features, example.featureCount))
                + Arrays.toString(Arrays.copyOf(example.weights, example.featureCount))
                + Arrays.toString(Arrays.copyOf(example.labels, example.labelCount));
    }

    @Test
    void examplesKeepWhatTheyPromise() {
        Example example = new Example();
        double labels = 0;
        double words = 0;
        for (int number = 0; number < 3000; number++) {
            CONFIG.train().read(number, example);
            Set<Integer> topics = new TreeSet<>();
            for (int i = 0; i < example.labelCount; i++) {
                topics.add(example.labels[i] / CONFIG.clusterSize());
                assertThat(example.labels[i]).isBetween(i == 0 ? 0 : example.labels[i - 1] + 1, 999);
            }
            assertThat(topics).hasSize(1);
            double squares = 0;
            for (int i = 0; i < example.featureCount; i++) {
                assertThat(example.features[i]).isBetween(i == 0 ? 0 : example.features[i - 1] + 1, 4999);
                squares += example.weights[i] * example.weights[i];
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
            labels += example.labelCount;
            words += example.featureCount;
        }
        assertThat(labels / 3000).isBetween(2.85, 3.15);
        assertThat(words / 3000).isBetween(18.0, 24.0); // repeated words count once
    }

    @Test
    void frequenciesAreCountedAndFollowZipfsLaw() {
        SyntheticConfig single =
                Settings.override(CONFIG.withSize(200, 100, 100_000), Map.of("labelsAnExample", "1", "exponent", "1"));
        int[] frequencies = single.train().labelFrequencies();
        assertThat(Arrays.stream(frequencies).sum()).isEqualTo(100_000);
        Example example = new Example();
        int carry = 0;
        for (int number = 0; number < 100_000; number++) {
            single.train().read(number, example);
            carry += example.labels[0] == 42 ? 1 : 0;
        }
        assertThat(frequencies[42]).isEqualTo(carry);

        int[] descending = Arrays.stream(frequencies)
                .map(count -> -count)
                .sorted()
                .map(count -> -count)
                .toArray();
        double harmonic = 0;
        for (int k = 1; k <= 200; k++) {
            harmonic += 1.0 / k;
        }
        for (int k : new int[] {1, 2, 3, 5, 10, 20, 50}) {
            double expected = 100_000 / (k * harmonic);
            assertThat((double) descending[k - 1]).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void smallTopicsHaveFewLabels() {
        SyntheticConfig alone = Settings.override(CONFIG, Map.of("clusterSize", "1", "labelsAnExample", "50"));
        Example example = new Example();
        alone.train().read(0, example);
        assertThat(example.labelCount).isEqualTo(1);
        SyntheticConfig pairs = Settings.override(CONFIG, Map.of("clusterSize", "2", "labelsAnExample", "100"));
        int two = 0;
        for (int number = 0; number < 200; number++) {
            pairs.train().read(number, example);
            two += example.labelCount == 2 ? 1 : 0;
        }
        assertThat(two).isGreaterThan(190);
    }

    @Test
    void boundsAreNamed() {
        assertThatThrownBy(() -> CONFIG.withSize(0, 1, 1)).hasMessage("labels must be at least 1, got 0");
        assertThatThrownBy(() -> Settings.override(CONFIG, Map.of("noise", "1.5")))
                .hasMessage("noise must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> Settings.override(CONFIG, Map.of("labelsAnExample", "0.5")))
                .hasMessage("labelsAnExample must be in [1, 100], got 0.5");
    }
}
