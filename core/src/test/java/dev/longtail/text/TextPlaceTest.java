package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPlaceTest {

    private static TextFeatures features(Map<String, String> settings, String... texts) {
        TextConfig config = Settings.override(TextConfig.DEFAULT.withVocabulary(1, 0), settings);
        VocabularyBuilder builder = new VocabularyBuilder(config, 1000);
        for (String text : texts) {
            builder.add(text);
        }
        return new TextFeatures(config, builder.build());
    }

    private static List<String> spelled(TextFeatures features, String text) {
        return features.newEncoder().places(text).stream()
                .map(place -> features.name(place.feature()) + "=" + text.substring(place.start(), place.end()))
                .toList();
    }

    @Test
    void wordsAreSpelledAsInTheText() {
        TextFeatures features = features(Map.of("wordNgrams", "2"), "red fox of the north", "fox fox");
        assertThat(spelled(features, " The RED,  fox; unheard Fox of"))
                .containsExactly(
                        "the=The", "red=RED", "red fox=RED,  fox", "fox=fox", "fox=Fox", "fox of=Fox of", "of=of");
        assertThat(spelled(features, "")).isEmpty();
    }

    @Test
    void charactersThatFoldingChangesOrDropsKeepTheirPlaces() {
        String word = "e\u0301te\u0301";
        TextFeatures features = features(Map.of(), "Donaudampf 𝒳𐐀b σσ 北 " + word);
        String text = "\u0301 Donau\u00addampf\u00ad 𝒳𐐀B ΣΣ 北京 E\u0301TE\u0301.";
        assertThat(spelled(features, text))
                .containsExactlyInAnyOrder(
                        "donaudampf=Donau\u00addampf", "𝒳𐐨b=𝒳𐐀B", "σσ=ΣΣ", "北=北", word + "=E\u0301TE\u0301");
    }

    @Test
    void characterNgramsStandInsideTheirWord() {
        TextFeatures features =
                features(Map.of("characterNgramMin", "2", "characterNgramMax", "2", "characterBuckets", "64"), "zzz");
        String text = "An a\u00adB";
        List<String> pieces = features.newEncoder().places(text).stream()
                .map(place -> text.substring(place.start(), place.end()))
                .toList();
        // <a an n> and <a ab b>
        assertThat(pieces).containsExactly("A", "An", "n", "a\u00ad", "a\u00adB", "B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the red fox, the fox", "Fox", "nothing here", "a a a a"})
    void placesAreThoseOfTheFeatures(String text) {
        TextFeatures features = features(
                Map.of(
                        "wordNgrams", "3",
                        "characterNgramMin", "3",
                        "characterNgramMax", "5",
                        "characterBuckets", "16",
                        "tfIdf", "false",
                        "l2Normalise", "false"),
                "the red fox",
                "the red fox and a hen");
        TextEncoder encoder = features.newEncoder();
        List<TextPlace> places = encoder.places(text);
        FeatureBuffer buffer = encoder.encode(text);
        double[] counts = new double[features.size()];
        places.forEach(place -> counts[place.feature()]++);
        double[] weights = new double[features.size()];
        for (int i = 0; i < buffer.count; i++) {
            weights[buffer.features[i]] = buffer.weights[i];
        }
        assertThat(counts).isEqualTo(weights);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(places.size());
    }
}
