package dev.longtail.explain;

import dev.longtail.association.AssociationArm;
import dev.longtail.data.Example;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import org.jspecify.annotations.Nullable;

/** The scores of all arms for one example, taken apart into what its features add. */
final class ExampleParts {

    private final LabelModel model;
    private final Example example;
    private final @Nullable EmbeddingParts embedding;

    ExampleParts(LabelModel model, Example example, Workers workers) {
        this.model = model;
        this.example = example;
        boolean finds = model.association().isEmpty();
        boolean counts = model.config().embedding() && model.mixture().embedding() > 0;
        this.embedding = finds || counts ? new EmbeddingParts(model, example, workers) : null;
    }

    /** The embedding arm; null where it neither finds candidates nor counts in scores. */
    @Nullable
    EmbeddingParts embedding() {
        return embedding;
    }

    /** What each feature adds to the association arm's own score; zeros without that arm. */
    double[] association(int label) {
        double[] words = new double[example.featureCount];
        AssociationArm arm = model.association().orElse(null);
        for (int i = 0; i < words.length && arm != null; i++) {
            words[i] = (double) example.weights[i] * arm.weight(label, example.features[i]);
        }
        return words;
    }

    /** What each feature adds to the direct arm's own score, which begins at the arm's bias; zeros without that arm. */
    double[] direct(int label) {
        double[] words = new double[example.featureCount];
        DirectArm arm = model.direct().orElse(null);
        for (int i = 0; i < words.length && arm != null; i++) {
            words[i] = (double) example.weights[i] * arm.weight(label, example.features[i]);
        }
        return words;
    }

    /** Score of a label by the arm that finds candidates, alone. */
    double found(int label) {
        if (model.association().isEmpty() && embedding != null) {
            return embedding.new Score(label).total();
        }
        double sum = 0;
        for (double word : association(label)) {
            sum += word;
        }
        return sum;
    }
}
