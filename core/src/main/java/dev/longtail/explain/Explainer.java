package dev.longtail.explain;

import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.data.FeatureEncoder;
import dev.longtail.data.RawExample;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Tells why a model suggests labels: what each word contributes to the score of a label, over all arms, and what
 * belongs to no word. The parts add up to the score that prediction gives, but for the rounding of its 32-bit sums.
 *
 * <p>Nothing is approximated. The association arm and the direct arm are linear in the features, and so is the
 * embedding arm but for its intermediate layer; for one example that layer is an affine function too, with the
 * rectifiers open or shut and the values divided by the deviation as they are for this example ({@link
 * dev.longtail.body.LocalBody}). Weights of words are those that they have in this text, its length taken as it is: a
 * part says what a word adds here, not what would happen without it.
 *
 * <p>For one thread at a time; several may share a model.
 */
public final class Explainer {

    private final LabelModel model;
    private final Workers workers;
    private final Ranking ranking;
    private final MissingWords missing;
    private final FeatureEncoder encoder;
    private final Example example = new Example();

    /**
     * Explanations of the labels of a model.
     *
     * @param top labels that count as suggested, at least 1
     * @param missing words to be named of each arm that would have spoken for a label that is not suggested, 0 for none
     */
    public Explainer(LabelModel model, int top, int missing, Workers workers) {
        Require.that(top >= 1, "top", "at least 1", top);
        Require.that(missing >= 0, "missing", "at least 0", missing);
        this.model = model;
        this.workers = workers;
        this.ranking = new Ranking(model, top, workers);
        this.missing = new MissingWords(model, missing, workers);
        this.encoder = model.features().newEncoder();
    }

    /**
     * Explains the suggested labels of a text, best first; empty when it holds no word that the model knows.
     *
     * @throws dev.longtail.config.InputException when the model was not trained on texts
     */
    public List<Explanation> explain(String text) {
        return explain(new RawExample().setText(text));
    }

    /**
     * Explains the suggested labels of an example, best first: those of {@link dev.longtail.predict.Predictor}. Empty
     * when the example holds no feature that the model knows.
     *
     * @throws dev.longtail.config.InputException when the example is of the other kind than the model's training data
     */
    public List<Explanation> explain(RawExample raw) {
        if (!knows(raw)) {
            return List.of();
        }
        Taken taken = take(raw);
        List<Explanation> explanations = new ArrayList<>();
        for (int place = 0; place < ranking.suggested(); place++) {
            explanations.add(explain(ranking.label(place), taken));
        }
        return explanations;
    }

    /**
     * Explains the scores of given labels for an example, whether they are suggested or not.
     *
     * @param labels their numbers, see {@link LabelLookup}
     * @return parallel to {@code labels}; empty when the example holds no feature that the model knows, so that there
     *     is no score to explain
     * @throws dev.longtail.config.InputException as {@link #explain(RawExample)}
     */
    public List<Explanation> explain(RawExample raw, List<Integer> labels) {
        for (int label : labels) {
            Require.that(
                    label >= 0 && label < model.labels().size(),
                    "label",
                    "from 0 to " + (model.labels().size() - 1),
                    label);
        }
        if (!knows(raw)) {
            return List.of();
        }
        Taken taken = take(raw);
        return labels.stream().map(label -> explain(label, taken)).toList();
    }

    /**
     * What is known of an example whatever the label is.
     *
     * @param leastFound score of the last candidate by the arm that finds them; absent where all labels are candidates,
     *     or none
     */
    private record Taken(ExampleWords words, ExampleParts parts, OptionalDouble leastFound) {}

    /** Takes an example; false when the model knows nothing of it. */
    private boolean knows(RawExample raw) {
        encoder.encode(raw, example);
        return example.featureCount > 0;
    }

    private Taken take(RawExample raw) {
        ranking.rank(example);
        ExampleParts parts = new ExampleParts(model, example, workers);
        OptionalDouble leastFound = ranking.allAreCandidates()
                ? OptionalDouble.empty()
                : IntStream.range(0, ranking.candidates())
                        .mapToDouble(place -> parts.found(ranking.label(place)))
                        .min();
        return new Taken(new ExampleWords(model.features(), raw, example), parts, leastFound);
    }

    private Explanation explain(int label, Taken taken) {
        OptionalInt place = place(label);
        boolean behind = place.isPresent() && place.getAsInt() >= ranking.candidates();
        LabelParts parts = behind
                ? LabelParts.behind(model, taken.parts, label, moved(taken.leastFound.orElseThrow()))
                : LabelParts.mixed(model, taken.parts, label);
        double score = parts.sum();
        OptionalDouble probability = OptionalDouble.empty();
        if (place.isPresent()) {
            float own = score(label, place.getAsInt());
            score = own;
            probability = OptionalDouble.of(model.probability(label, place.getAsInt(), own));
        }
        Standing standing = standing(place, taken.parts.found(label), taken.leastFound);
        return new Explanation(
                label,
                model.labels().id(label),
                model.labels().name(label),
                score,
                probability,
                standing,
                words(parts, taken.words),
                parts.fixed(),
                standing.suggested() ? List.of() : missing.of(label, example, taken.words, taken.parts));
    }

    /** Place of a label in the ranking, from 0; empty when it is not ranked. */
    private OptionalInt place(int label) {
        int place = ranking.place(label);
        if (place >= 0) {
            return OptionalInt.of(place);
        }
        return ranking.allAreCandidates() ? OptionalInt.of(ranking.placeOfAny(label)) : OptionalInt.empty();
    }

    private float score(int label, int place) {
        return ranking.place(label) >= 0 ? ranking.score(place) : ranking.scoreOfAny(label);
    }

    private Standing standing(OptionalInt place, double found, OptionalDouble leastFound) {
        int candidates = ranking.candidates();
        int suggested = ranking.suggested();
        int rank = place.orElse(-1) + 1;
        return new Standing(
                rank >= 1 && rank <= suggested,
                rank >= 1 && rank <= candidates,
                rank,
                candidates,
                model.association().isPresent() ? Arm.ASSOCIATION : Arm.EMBEDDING,
                found,
                leastFound,
                suggested == 0 ? OptionalDouble.empty() : OptionalDouble.of(ranking.score(suggested - 1)));
    }

    /** How far labels behind the candidates are moved so that they follow them, see {@link LabelParts#behind}. */
    private double moved(double leastFound) {
        float weight = model.association().isPresent()
                ? model.mixture().association()
                : model.mixture().embedding();
        return ranking.score(ranking.candidates() - 1) - weight * leastFound;
    }

    private List<WordPart> words(LabelParts parts, ExampleWords words) {
        List<WordPart> all = new ArrayList<>();
        for (int i = 0; i < example.featureCount; i++) {
            int feature = example.features[i];
            all.add(new WordPart(
                    feature,
                    words.word(feature),
                    model.features().name(feature),
                    words.places(feature),
                    example.weights[i],
                    parts.association()[i],
                    parts.embedding()[i],
                    parts.direct()[i],
                    parts.anchors().get(i)));
        }
        all.sort(Comparator.comparingDouble((WordPart part) -> -Math.abs(part.value()))
                .thenComparingInt(WordPart::feature));
        return all;
    }
}
