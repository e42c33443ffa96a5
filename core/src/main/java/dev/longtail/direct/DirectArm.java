package dev.longtail.direct;

import dev.longtail.config.Require;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sparse linear scorers of labels over the raw features: score(label) = bias[label] + scales[label] * sum over its
 * features of byte times value. A weight takes 3 bytes: a feature and a signed byte.
 *
 * <p>A 16-bit index tells 65,536 features apart. As in {@link FixedFanIn}, more of them are cut into banks of so many;
 * the weights of a label stand bank after bank, features ascending.
 *
 * <p>A label's scorer was trained against examples for which another arm takes the label for likely. So it scores such
 * candidates and no others. Any number of threads may read an arm at once.
 */
public final class DirectArm {

    private static final int TENSORS = 6;

    private final int features;
    private final int banks;
    private final int candidates;
    private final int[] starts;
    private final char[] indices;
    private final byte[] weights;
    private final float[] scales;
    private final float[] bias;

    /**
     * The arrays of an arm.
     *
     * @param starts first weight of each label and bank, int[labels * banks + 1]
     * @param indices feature of each weight, counted from the first of its bank
     * @param weights parallel to {@code indices}
     * @param scales what bytes are multiplied by, float[labels]
     * @param bias float[labels]
     */
    record Scorers(int[] starts, char[] indices, byte[] weights, float[] scales, float[] bias) {}

    /**
     * An arm over arrays that are taken over.
     *
     * @param features number of features
     * @param candidates labels of an example that it is to score, at least 1
     */
    DirectArm(int features, int candidates, Scorers scorers) {
        this.features = features;
        this.banks = banks(features);
        this.candidates = candidates;
        this.starts = scorers.starts;
        this.indices = scorers.indices;
        this.weights = scorers.weights;
        this.scales = scorers.scales;
        this.bias = scorers.bias;
    }

    static int banks(int features) {
        return Math.max(1, (features + FixedFanIn.BANK - 1) / FixedFanIn.BANK);
    }

    /** Number of labels. */
    public int labels() {
        return bias.length;
    }

    /** Number of features. */
    public int features() {
        return features;
    }

    /** Labels of an example that the arm is to score: those that another arm takes for likely. */
    public int candidates() {
        return candidates;
    }

    /** Number of weights of all labels. */
    public int size() {
        return weights.length;
    }

    /**
     * The arm's own score of a label.
     *
     * @param columns features of an example, ascending, in {@code [from, end)}
     * @param values parallel to {@code columns}
     */
    public float score(int label, int[] columns, float[] values, int from, int end) {
        float sum = 0;
        int bank = 0;
        int place = starts[label * banks];
        int last = starts[label * banks + 1];
        for (int at = from; at < end; at++) {
            while (columns[at] >= (bank + 1) * FixedFanIn.BANK) {
                bank++;
                place = starts[label * banks + bank];
                last = starts[label * banks + bank + 1];
            }
            int found = Arrays.binarySearch(indices, place, last, (char) (columns[at] - bank * FixedFanIn.BANK));
            place = found >= 0 ? found : -found - 1;
            sum += found >= 0 ? values[at] * weights[found] : 0;
        }
        return bias[label] + scales[label] * sum;
    }

    /** The weight of a feature for a label, 0 where they are not connected. */
    public float weight(int label, int feature) {
        int bank = feature / FixedFanIn.BANK;
        int at = label * banks + bank;
        int found = Arrays.binarySearch(indices, starts[at], starts[at + 1], (char) (feature - bank * FixedFanIn.BANK));
        return found >= 0 ? scales[label] * weights[found] : 0;
    }

    /** For each feature the sum over labels of its squared weights, float[features]. */
    public float[] squaredNorms() {
        float[] norms = new float[features];
        for (int label = 0; label < labels(); label++) {
            for (int bank = 0; bank < banks; bank++) {
                for (int place = start(label, bank); place < start(label, bank + 1); place++) {
                    float weight = scales[label] * weights[place];
                    norms[bank * FixedFanIn.BANK + indices[place]] += weight * weight;
                }
            }
        }
        return norms;
    }

    /** The bias of a label. */
    public float bias(int label) {
        return bias[label];
    }

    /** First weight of a label among all; those of the last label end at {@link #size}. */
    public int firstWeight(int label) {
        return starts[label * banks];
    }

    /**
     * The same arm for fewer features.
     *
     * @param kept the features that stay, ascending; number i is feature {@code kept[i]} of this arm
     */
    public DirectArm withFeatures(int[] kept) {
        int[] now = new int[features];
        Arrays.fill(now, -1);
        for (int i = 0; i < kept.length; i++) {
            now[kept[i]] = i;
        }
        DirectArmBuilder builder = new DirectArmBuilder(labels(), kept.length, candidates);
        for (int label = 0; label < labels(); label++) {
            builder.copy(label, this, now);
        }
        return builder.build();
    }

    /** Whether another arm for the same features has the same scorer of a label, to the bit. */
    public boolean hasScorerOf(DirectArm other, int label) {
        int from = firstWeight(label);
        int end = start(label, banks);
        int otherFrom = other.firstWeight(label);
        int otherEnd = other.start(label, banks);
        return features == other.features
                && Arrays.equals(indices, from, end, other.indices, otherFrom, otherEnd)
                && Arrays.equals(weights, from, end, other.weights, otherFrom, otherEnd)
                && scales[label] == other.scales[label]
                && bias[label] == other.bias[label];
    }

    /** The scorer of a label, a copy. */
    public DirectScorer scorer(int label) {
        int first = firstWeight(label);
        int[] found = new int[start(label, banks) - first];
        float[] values = new float[found.length];
        for (int bank = 0; bank < banks; bank++) {
            for (int place = start(label, bank); place < start(label, bank + 1); place++) {
                found[place - first] = bank * FixedFanIn.BANK + indices[place];
                values[place - first] = scales[label] * weights[place];
            }
        }
        return new DirectScorer(found, values, bias[label]);
    }

    /**
     * The same arm for other labels. Those that come from this one have the very numbers that they have here.
     *
     * @param from label of this arm that each one is, -1 for one that only {@code learned} knows
     * @param learned scorers in place of those of this arm, by the new numbers; weights become bytes
     * @throws IllegalArgumentException when a label has no scorer, or a weight is not finite
     */
    public DirectArm withLabels(int[] from, Map<Integer, DirectScorer> learned) {
        DirectArmBuilder builder = new DirectArmBuilder(from.length, features, candidates);
        int[] same = IntStream.range(0, features).toArray();
        for (int label = 0; label < from.length; label++) {
            DirectScorer scorer = learned.get(label);
            if (scorer == null) {
                Require.that(
                        from[label] >= 0, "label " + label + " of a direct arm", "of an arm or learned", "neither");
                builder.copy(label, this, from[label], same);
            } else {
                int[] found = scorer.features();
                builder.set(label, found, scorer.weights(), found.length, scorer.bias());
            }
        }
        return builder.build();
    }

    /** Where the weights of a label in a bank begin. */
    int start(int label, int bank) {
        return starts[label * banks + bank];
    }

    int banks() {
        return banks;
    }

    char index(int place) {
        return indices[place];
    }

    byte step(int place) {
        return weights[place];
    }

    float scale(int label) {
        return scales[label];
    }

    /** All learned numbers under their names in the model file. */
    public List<Tensor> tensors() {
        return List.of(
                ints("direct.shape", new int[] {features, candidates}),
                ints("direct.starts", starts),
                new Tensor.Chars("direct.indices", List.of((long) indices.length), List.of(indices)),
                new Tensor.Bytes("direct.weights", List.of((long) weights.length), List.of(weights)),
                floats("direct.scales", scales),
                floats("direct.bias", bias));
    }

    private static Tensor ints(String name, int[] values) {
        return new Tensor.Ints(name, List.of((long) values.length), List.of(values));
    }

    private static Tensor floats(String name, float[] values) {
        return new Tensor.Floats(name, List.of((long) values.length), List.of(values));
    }

    /**
     * An arm from what {@link #tensors} gave.
     *
     * @param labels of the model
     * @param features of the model
     * @throws IllegalArgumentException when that is no arm for so many labels and features
     */
    public static DirectArm ofTensors(List<Tensor> tensors, int labels, int features) {
        Map<String, Tensor> byName = tensors.stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
        int[] shape = page(byName, "direct.shape", Tensor.Ints.class).pages().get(0);
        Require.that(
                byName.size() == TENSORS && shape.length == 2 && shape[0] == features && shape[1] >= 1,
                "the direct arm",
                "of " + TENSORS + " tensors for " + features + " features and at least one candidate",
                byName.size() + " tensors, " + Arrays.toString(shape));
        Scorers scorers = new Scorers(
                page(byName, "direct.starts", Tensor.Ints.class).pages().get(0),
                page(byName, "direct.indices", Tensor.Chars.class).pages().get(0),
                page(byName, "direct.weights", Tensor.Bytes.class).pages().get(0),
                page(byName, "direct.scales", Tensor.Floats.class).pages().get(0),
                page(byName, "direct.bias", Tensor.Floats.class).pages().get(0));
        DirectArm arm = new DirectArm(features, shape[1], scorers);
        arm.check(labels);
        return arm;
    }

    private static <T extends Tensor> T page(Map<String, Tensor> tensors, String name, Class<T> type) {
        Tensor tensor = tensors.get(name);
        if (!type.isInstance(tensor)) {
            throw new IllegalArgumentException(
                    "a direct arm needs the tensor " + name + " of type " + type.getSimpleName());
        }
        return type.cast(tensor);
    }

    private void check(int wanted) {
        Require.that(
                bias.length == wanted && scales.length == wanted, "labels of the direct arm", "" + wanted, bias.length);
        Require.that(
                starts.length == (long) wanted * banks + 1
                        && starts[0] == 0
                        && starts[wanted * banks] == weights.length,
                "direct.starts",
                "from 0 to the number of weights, " + weights.length,
                starts.length + " numbers");
        Require.that(indices.length == weights.length, "direct.indices", "" + weights.length, indices.length);
        for (int at = 1; at < starts.length; at++) {
            Require.that(starts[at] >= starts[at - 1], "direct.starts", "ascending", starts[at]);
        }
        for (int label = 0; label < wanted; label++) {
            if (!(Float.isFinite(bias[label]) && Float.isFinite(scales[label]) && scales[label] >= 0)) {
                throw Require.violated(
                        "bias and scale of label " + label, "finite", bias[label] + " and " + scales[label]);
            }
            for (int bank = 0; bank < banks; bank++) {
                checkBank(label, bank);
            }
        }
    }

    private void checkBank(int label, int bank) {
        int end = Math.min(FixedFanIn.BANK, features - bank * FixedFanIn.BANK);
        int before = -1;
        for (int place = start(label, bank); place < starts[label * banks + bank + 1]; place++) {
            if (indices[place] <= before || indices[place] >= end) {
                throw Require.violated(
                        "features of label " + label + " in the direct arm", "ascending and below " + features, (int)
                                indices[place]);
            }
            before = indices[place];
        }
    }
}
