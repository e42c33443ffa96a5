package dev.longtail.explain;

import dev.longtail.data.Example;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.RawExample;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.TextPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The features of one example as people know them: how the text spells them, where they stand, what they weigh. */
final class ExampleWords {

    private final FeatureSpace space;
    private final Example example;
    private final String text;
    private final Map<Integer, List<TextPlace>> places = new HashMap<>();
    /** Square of the length by which weights were divided, 0 where they were not. */
    private final double squaredLength;

    ExampleWords(FeatureSpace space, RawExample raw, Example example) {
        this.space = space;
        this.example = example;
        this.text = raw.text == null ? "" : raw.text;
        double squares = 0;
        if (space instanceof TextFeatureSpace texts) {
            for (TextPlace place : texts.features().newEncoder().places(text)) {
                places.computeIfAbsent(place.feature(), feature -> new ArrayList<>())
                        .add(place);
            }
            squares = squares(texts.features());
        }
        this.squaredLength = squares;
    }

    /** |u|^2 for weights u / |u|, from one of them: u is known by how often a term occurs. */
    private double squares(TextFeatures features) {
        if (!features.config().l2Normalise() || example.featureCount == 0) {
            return 0;
        }
        int largest = 0;
        for (int i = 1; i < example.featureCount; i++) {
            largest = example.weights[i] > example.weights[largest] ? i : largest;
        }
        int feature = example.features[largest];
        int times = places.getOrDefault(feature, List.of()).size();
        double frequency = features.config().logTermFrequency() ? 1 + Math.log(times) : times;
        double length = frequency * features.inverseFrequency(feature) / example.weights[largest];
        return length * length;
    }

    /** Whether a feature has a name: buckets of hashed n-grams have none. */
    boolean isNamed(int feature) {
        return !(space instanceof TextFeatureSpace texts)
                || feature < texts.features().vocabulary().size();
    }

    /** Where a feature stands in the text. */
    List<TextPlace> places(int feature) {
        return places.getOrDefault(feature, List.of());
    }

    /** A feature as the text spells it: where it stands first, or all n-grams that fell into a bucket. */
    String word(int feature) {
        List<TextPlace> found = places(feature);
        if (found.isEmpty()) {
            return space.name(feature);
        }
        return found.stream()
                .limit(isNamed(feature) ? 1 : found.size())
                .map(place -> text.substring(place.start(), place.end()))
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /**
     * The weight that a feature would have which the example has not: of a text that held it once, of numbered features
     * 1. The other weights are taken as they are.
     */
    double weightIfPresent(int feature) {
        if (!(space instanceof TextFeatureSpace texts)) {
            return 1;
        }
        double own = texts.features().inverseFrequency(feature);
        return squaredLength == 0 ? own : own / Math.sqrt(squaredLength + own * own);
    }
}
