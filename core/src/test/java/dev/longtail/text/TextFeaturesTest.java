package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextFeaturesTest {

    private static TextFeatures features(TextConfig config, String... texts) {
        VocabularyBuilder builder = new VocabularyBuilder(config, 1000);
        for (String text : texts) {
            builder.add(text);
        }
        return new TextFeatures(config, builder.build());
    }

    private static Map<String, Double> encoded(TextFeatures features, String text) {
        FeatureBuffer buffer = features.newEncoder().encode(text);
        Map<String, Double> weights = new TreeMap<>();
        for (int i = 0; i < buffer.count; i++) {
            assertThat(i == 0 || buffer.features[i - 1] < buffer.features[i]).isTrue();
            weights.put(features.name(buffer.features[i]), (double) buffer.weights[i]);
        }
        return weights;
    }

    // Three documents; df(cat) = 3, df(dog) = 2, df(fox) = 1, so with N = 3
    //   idf(cat) = ln(4/4) + 1 = 1,  idf(dog) = ln(4/3) + 1 = 1.2876821,  idf(fox) = ln(4/2) + 1 = 1.6931472.
    private static final String[] DOCUMENTS = {"cat dog", "Cat dog", "cat fox"};

    @Test
    void agreesWithHandWorkedWeights() {
        TextFeatures features =
                features(TextConfig.DEFAULT.withVocabulary(1, 0).withWeights(true, false, false), DOCUMENTS);
        Map<String, Double> weights = encoded(features, "dog fox dog, CAT bird");
        assertThat(weights).containsOnlyKeys("cat", "dog", "fox");
        assertThat(weights.get("cat")).isCloseTo(1.0, within(1e-6));
        assertThat(weights.get("dog")).isCloseTo(2.5753641, within(1e-6));
        assertThat(weights.get("fox")).isCloseTo(1.6931472, within(1e-6));
    }

    @Test
    void scalesToLengthOne() {
        // Length of (1, 2.5753641, 1.6931472) is 3.2402543.
        TextFeatures features = features(TextConfig.DEFAULT.withVocabulary(1, 0), DOCUMENTS);
        Map<String, Double> weights = encoded(features, "dog fox dog, CAT bird");
        assertThat(weights.get("cat")).isCloseTo(1.0 / 3.2402543, within(1e-6));
        assertThat(weights.get("dog")).isCloseTo(2.5753641 / 3.2402543, within(1e-6));
        assertThat(weights.get("fox")).isCloseTo(1.6931472 / 3.2402543, within(1e-6));
    }

    @Test
    void runsOfWordsCountTheirOwnWeight() {
        // df(cat dog) = 2: idf 1.2876821, times 0.5; single words keep theirs
        TextConfig config = Settings.override(
                TextConfig.DEFAULT.withVocabulary(1, 0).withWordNgrams(2).withWeights(true, false, false),
                Map.of("ngramWeight", "0.5"));
        Map<String, Double> weights = encoded(features(config, DOCUMENTS), "cat dog");
        assertThat(weights).containsOnlyKeys("cat", "dog", "cat dog");
        assertThat(weights.get("cat")).isCloseTo(1.0, within(1e-6));
        assertThat(weights.get("dog")).isCloseTo(1.2876821, within(1e-6));
        assertThat(weights.get("cat dog")).isCloseTo(0.5 * 1.2876821, within(1e-6));
        assertThatThrownBy(() -> Settings.override(config, Map.of("ngramWeight", "0")))
                .hasMessageContaining("ngramWeight");
    }

    @Test
    void takesTheLogarithmOfTermFrequency() {
        TextFeatures features =
                features(TextConfig.DEFAULT.withVocabulary(1, 0).withWeights(false, true, false), DOCUMENTS);
        Map<String, Double> weights = encoded(features, "dog fox dog dog");
        assertThat(weights.get("dog")).isCloseTo(2.0986123, within(1e-6)); // 1 + ln 3
        assertThat(weights.get("fox")).isEqualTo(1.0);
    }

    @Test
    void leavesUnknownWordsOut() {
        TextFeatures features = features(TextConfig.DEFAULT, DOCUMENTS);
        assertThat(features.size()).isEqualTo(2);
        assertThat(encoded(features, "fox bird")).isEmpty();
        assertThat(encoded(features, "")).isEmpty();
    }

    @Test
    void findsWordNgrams() {
        TextConfig config = TextConfig.DEFAULT.withVocabulary(1, 0).withWordNgrams(2);
        assertThat(encoded(features(config, "a b c"), "c b a b")).containsOnlyKeys("a", "b", "c", "a b");
    }

    @Test
    void hashesCharacterNgramsOfMarkedWordsBehindTheVocabulary() {
        int buckets = 1 << 20;
        TextConfig config = TextConfig.DEFAULT
                .withVocabulary(1, 0)
                .withCharacterNgrams(3, 4, buckets)
                .withWeights(false, false, false);
        TextFeatures features = features(config, "été 😀x");
        assertThat(features.size()).isEqualTo(features.vocabulary().size() + buckets);
        Map<String, Double> expected = new HashMap<>();
        expected.put("été", 1.0);
        expected.put("x", 1.0);
        for (String ngram : new String[] {"<ét", "été", "té>", "<été", "été>", "<x>"}) {
            expected.put("character n-grams of bucket " + bucket(ngram, buckets), 1.0);
        }
        assertThat(encoded(features, "Été x")).isEqualTo(expected);
    }

    // FNV-1a written a second time, over bytes, with the remainder taken of unsigned 32 bits.
    private static long bucket(String ngram, int buckets) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : ngram.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ octet & 0xffL) * 0x100000001b3L;
        }
        return ((hash ^ hash >>> 32) & 0xffffffffL) % buckets;
    }

    @Test
    void countsCollisionsAsOneFeature() {
        TextConfig config = TextConfig.DEFAULT.withCharacterNgrams(1, 1, 1).withWeights(false, false, false);
        assertThat(encoded(features(config, "other"), "abc")).isEqualTo(Map.of("character n-grams of bucket 0", 3.0));
    }

    @Test
    void numbersTermsBeforeBuckets() {
        TextConfig config = TextConfig.DEFAULT.withCharacterNgrams(1, 2, 1 << 30);
        assertThat(features(config, "a", "a").size()).isEqualTo((1 << 30) + 1);
    }

    @Test
    void checksItsSettings() {
        assertThatThrownBy(() -> TextConfig.DEFAULT.withWordNgrams(6))
                .hasMessage("wordNgrams must be from 1 to 5, got 6");
        assertThatThrownBy(() -> TextConfig.DEFAULT.withVocabulary(0, 0))
                .hasMessage("minFrequency must be at least 1, got 0");
        assertThatThrownBy(() -> TextConfig.DEFAULT.withCharacterNgrams(0, 3, 8))
                .hasMessageContaining("both 0");
        assertThatThrownBy(() -> TextConfig.DEFAULT.withCharacterNgrams(4, 3, 8))
                .hasMessage("characterNgramMin must be from 0 to characterNgramMax (3), got 4");
    }
}
