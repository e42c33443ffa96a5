package dev.longtail.explain;

import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The score of one label for one example, taken apart.
 *
 * @param association what each feature adds by this arm, times the weight of the arm
 * @param embedding the same of the embedding arm
 * @param direct the same of the direct arm
 * @param anchors how each number of {@code embedding} is divided over anchors
 * @param fixed what belongs to no feature
 */
record LabelParts(
        double[] association,
        double[] embedding,
        double[] direct,
        List<List<AnchorPart>> anchors,
        List<FixedPart> fixed) {

    /** What arms count in a score. */
    private record ArmWeights(double association, double embedding, double direct) {}

    /** The score that the mixture of all arms has. */
    static LabelParts mixed(LabelModel model, ExampleParts example, int label) {
        Mixture mixture = model.mixture();
        return of(
                model,
                example,
                label,
                new ArmWeights(mixture.association(), mixture.embedding(), mixture.direct()),
                new ArrayList<>());
    }

    /**
     * The score of a label that is ranked behind the candidates: what the arm that finds them says of it, moved so that
     * it follows them.
     *
     * @param moved by how much
     */
    static LabelParts behind(LabelModel model, ExampleParts example, int label, double moved) {
        Mixture mixture = model.mixture();
        ArmWeights finder = model.association().isPresent()
                ? new ArmWeights(mixture.association(), 0, 0)
                : new ArmWeights(0, mixture.embedding(), 0);
        List<FixedPart> fixed = new ArrayList<>();
        add(fixed, "place behind the candidates", moved);
        return of(model, example, label, finder, fixed);
    }

    private static LabelParts of(
            LabelModel model, ExampleParts example, int label, ArmWeights arms, List<FixedPart> fixed) {
        double[] association = weighted(example.association(label), arms.association);
        double[] direct = weighted(example.direct(label), arms.direct);
        double[] embedding = new double[association.length];
        List<List<AnchorPart>> anchors = Collections.nCopies(association.length, List.of());
        EmbeddingParts parts = example.embedding();
        if (parts != null && arms.embedding != 0) {
            EmbeddingParts.Score score = parts.new Score(label);
            embedding = weighted(score.words(), arms.embedding);
            anchors = parts.anchors(label, score, arms.embedding);
            add(fixed, "bias of the output layer", arms.embedding * score.outputBias());
            add(fixed, "biases of the intermediate layer", arms.embedding * score.bodyBias());
        }
        model.direct().ifPresent(arm -> add(fixed, "bias of the direct arm", arms.direct * arm.bias(label)));
        return new LabelParts(association, embedding, direct, anchors, fixed);
    }

    private static void add(List<FixedPart> fixed, String name, double value) {
        if (value != 0) {
            fixed.add(new FixedPart(name, value));
        }
    }

    private static double[] weighted(double[] words, double weight) {
        for (int i = 0; i < words.length; i++) {
            words[i] *= weight;
        }
        return words;
    }

    /** What a feature adds by all arms. */
    double word(int i) {
        return association[i] + embedding[i] + direct[i];
    }

    /** The sum of all parts. */
    double sum() {
        double sum = fixed.stream().mapToDouble(FixedPart::value).sum();
        for (int i = 0; i < association.length; i++) {
            sum += word(i);
        }
        return sum;
    }
}
