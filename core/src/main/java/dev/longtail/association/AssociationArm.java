package dev.longtail.association;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sparse weights between features and labels that are counted, not learned: score(label) = sum over the features of an
 * example of value * w(label, feature), see {@link AssociationCounts}. They are kept by feature, so that an example
 * finds its likely labels ({@link AssociationSearch}) by walking a few hundred connections of each of its features,
 * whatever the number of labels. A weight takes 3 bytes: a label and a signed byte, with a scale for each feature; 5
 * where there are more than 65,536 labels. Any number of threads may read an arm at once.
 */
public final class AssociationArm {

    private static final int TENSORS = 5;

    private final int labelCount;
    private final int candidates;
    private final Postings postings;

    /**
     * Connections of each feature, one feature after the other.
     *
     * @param starts first connection of each feature, int[features + 1]
     * @param labels ascending within a feature
     * @param weights parallel to {@code labels}
     * @param scales what the bytes of a feature are multiplied by, float[features]
     */
    record Postings(int[] starts, LabelIds labels, byte[] weights, float[] scales) {}

    /**
     * An arm over arrays that are taken over.
     *
     * @param candidates labels of an example that it is to find, at least 1
     */
    AssociationArm(int labelCount, int candidates, Postings postings) {
        this.labelCount = labelCount;
        this.candidates = candidates;
        this.postings = postings;
    }

    /** Number of labels. */
    public int labels() {
        return labelCount;
    }

    /** Number of features. */
    public int features() {
        return postings.scales.length;
    }

    /** Labels of an example that the arm is to find for the other arms to score. */
    public int candidates() {
        return candidates;
    }

    /** Number of connections. */
    public int size() {
        return postings.weights.length;
    }

    Postings postings() {
        return postings;
    }

    /** The weight between a label and a feature, 0 where they are not connected. */
    public float weight(int label, int feature) {
        int low = postings.starts[feature];
        int high = postings.starts[feature + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = postings.labels.at(middle);
            if (found == label) {
                return postings.scales[feature] * postings.weights[middle];
            }
            if (found < label) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return 0;
    }

    /** For each feature the sum over labels of its squared weights, float[features]. */
    public float[] squaredNorms() {
        float[] norms = new float[features()];
        for (int feature = 0; feature < norms.length; feature++) {
            for (int place = postings.starts[feature]; place < postings.starts[feature + 1]; place++) {
                float weight = postings.scales[feature] * postings.weights[place];
                norms[feature] += weight * weight;
            }
        }
        return norms;
    }

    /**
     * The same arm for fewer features.
     *
     * @param kept the features that stay, ascending; number i is feature {@code kept[i]} of this arm
     */
    public AssociationArm withFeatures(int[] kept) {
        int[] starts = new int[kept.length + 1];
        float[] scales = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            starts[i + 1] = starts[i] + postings.starts[kept[i] + 1] - postings.starts[kept[i]];
            scales[i] = postings.scales[kept[i]];
        }
        int[] labels = new int[starts[kept.length]];
        byte[] weights = new byte[labels.length];
        for (int i = 0; i < kept.length; i++) {
            for (int place = starts[i]; place < starts[i + 1]; place++) {
                int from = postings.starts[kept[i]] + place - starts[i];
                labels[place] = postings.labels.at(from);
                weights[place] = postings.weights[from];
            }
        }
        LabelIds ids = LabelIds.of(labels, labels.length, labelCount);
        return new AssociationArm(labelCount, candidates, new Postings(starts, ids, weights, scales));
    }

    /**
     * The same arm for other labels. Those that come from this one have the very weights that they have here.
     *
     * @param from label of this arm that each one is, ascending, -1 for one that only {@code learned} knows
     * @param learned rows in place of those of this arm, by the new numbers; weights become steps of the features'
     *     scales, at most 127 of them
     */
    public AssociationArm withLabels(int[] from, Map<Integer, AssociationRow> learned) {
        return new PostingsEdit(this, from, learned).build();
    }

    /** All numbers under their names in the model file. */
    public List<Tensor> tensors() {
        return List.of(
                new Tensor.Ints("association.shape", shape(2), List.of(new int[] {features(), candidates})),
                new Tensor.Ints("association.starts", shape(postings.starts.length), List.of(postings.starts)),
                postings.labels.tensor("association.labels", labelCount),
                new Tensor.Bytes("association.weights", shape(postings.weights.length), List.of(postings.weights)),
                new Tensor.Floats("association.scales", shape(postings.scales.length), List.of(postings.scales)));
    }

    private static List<Long> shape(int length) {
        return List.of((long) length);
    }

    /**
     * An arm from what {@link #tensors} gave.
     *
     * @param labels of the model
     * @param features of the model
     * @throws IllegalArgumentException when that is no arm for so many labels and features
     */
    public static AssociationArm ofTensors(List<Tensor> tensors, int labels, int features) {
        Map<String, Tensor> byName = tensors.stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
        Require.that(byName.size() == TENSORS, "the association arm", "of " + TENSORS + " tensors", byName.keySet());
        LabelIds ids = LabelIds.areNarrow(labels)
                ? new LabelIds(
                        page(byName, "association.labels", Tensor.Chars.class)
                                .pages()
                                .get(0),
                        new int[0])
                : new LabelIds(
                        new char[0],
                        page(byName, "association.labels", Tensor.Ints.class)
                                .pages()
                                .get(0));
        Postings postings = new Postings(
                page(byName, "association.starts", Tensor.Ints.class).pages().get(0),
                ids,
                page(byName, "association.weights", Tensor.Bytes.class).pages().get(0),
                page(byName, "association.scales", Tensor.Floats.class).pages().get(0));
        int[] shape =
                page(byName, "association.shape", Tensor.Ints.class).pages().get(0);
        Require.that(
                shape.length == 2 && shape[0] == features && shape[1] >= 1,
                "association.shape",
                features + " features and at least one candidate",
                Arrays.toString(shape));
        AssociationArm arm = new AssociationArm(labels, shape[1], postings);
        arm.check(features);
        return arm;
    }

    private static <T extends Tensor> T page(Map<String, Tensor> tensors, String name, Class<T> type) {
        Tensor tensor = tensors.get(name);
        if (!type.isInstance(tensor)) {
            throw new IllegalArgumentException(
                    "an association arm needs the tensor " + name + " of type " + type.getSimpleName());
        }
        return type.cast(tensor);
    }

    private void check(int features) {
        int[] starts = postings.starts;
        Require.that(
                postings.scales.length == features && starts.length == (long) features + 1,
                "features of the association arm",
                "" + features,
                postings.scales.length + " scales and " + starts.length + " starts");
        Require.that(
                starts[0] == 0 && starts[features] == size() && postings.labels.size() == size(),
                "association.starts",
                "from 0 to the number of weights and of labels, " + size(),
                starts[0] + " to " + starts[features] + " with " + postings.labels.size() + " labels");
        for (int feature = 0; feature < features; feature++) { // before any place is looked at
            Require.that(
                    starts[feature + 1] >= starts[feature], "association.starts", "ascending", starts[feature + 1]);
        }
        for (int feature = 0; feature < features; feature++) {
            float scale = postings.scales[feature];
            if (!(scale >= 0 && scale <= Float.MAX_VALUE)) {
                throw Require.violated("scale of feature " + feature, "finite, at least 0", scale);
            }
            checkLabels(feature);
        }
    }

    private void checkLabels(int feature) {
        int before = -1;
        for (int place = postings.starts[feature]; place < postings.starts[feature + 1]; place++) {
            int label = postings.labels.at(place);
            if (label <= before || label >= labelCount) {
                throw Require.violated(
                        "labels of feature " + feature + " in the association arm",
                        "ascending and below " + labelCount,
                        label);
            }
            before = label;
        }
    }
}
