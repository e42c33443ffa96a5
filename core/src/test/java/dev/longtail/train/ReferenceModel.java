package dev.longtail.train;

import dev.longtail.body.Activation;
import dev.longtail.body.BodyConfig;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A label model as one would write it on paper: double precision, one example and one label at a time. */
final class ReferenceModel {

    private final LabelModel model;
    private final Map<String, int[]> ranges = new HashMap<>();
    private final double[] parameters;
    private final Map<String, char[]> indices = new HashMap<>();
    /** Row of each label. */
    private final int[] rows;

    ReferenceModel(LabelModel model) {
        this.model = model;
        double[] all = new double[0];
        for (Tensor tensor : model.tensors()) {
            if (tensor instanceof Tensor.Floats floats) {
                int start = all.length;
                for (float[] page : floats.pages()) {
                    int end = all.length;
                    all = Arrays.copyOf(all, end + page.length);
                    for (int i = 0; i < page.length; i++) {
                        all[end + i] = page[i];
                    }
                }
                ranges.put(tensor.name(), new int[] {start, all.length});
            } else if (tensor instanceof Tensor.Chars chars) {
                char[] slots = new char[0];
                for (char[] page : chars.pages()) {
                    int end = slots.length;
                    slots = Arrays.copyOf(slots, end + page.length);
                    System.arraycopy(page, 0, slots, end, page.length);
                }
                indices.put(tensor.name(), slots);
            }
        }
        this.parameters = all;
        this.rows = new int[model.labels().size()];
        Arrays.setAll(rows, model.output()::row);
    }

    private ReferenceModel(ReferenceModel other, double[] parameters) {
        this.model = other.model;
        this.ranges.putAll(other.ranges);
        this.parameters = parameters;
        this.indices.putAll(other.indices);
        this.rows = other.rows;
    }

    double[] parameters() {
        return parameters.clone();
    }

    ReferenceModel with(double[] changed) {
        return new ReferenceModel(this, changed.clone());
    }

    private double at(String tensor, int i) {
        return parameters[ranges.get(tensor)[0] + i];
    }

    /** Sum over labels, mean over examples. */
    double loss(Examples examples) {
        double sum = 0;
        Example example = new Example();
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, example);
            double[] scores = scores(example);
            for (int label = 0; label < scores.length; label++) {
                int target = Arrays.binarySearch(example.labels, 0, example.labelCount, label) >= 0 ? 1 : -1;
                sum += model.config().loss().value(scores[label], target);
            }
        }
        return sum / examples.size();
    }

    /**
     * Logistic loss of a dense layer from the bag to a score for each cluster, a sum over clusters, mean over examples;
     * cluster c holds the rows [labels * c / clusters, labels * (c + 1) / clusters).
     *
     * @param weights [clusters][dimension]
     */
    double auxiliaryLoss(Examples examples, double[][] weights, double[] bias) {
        double sum = 0;
        Example example = new Example();
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, example);
            double[] bag = bag(example);
            for (int cluster = 0; cluster < weights.length; cluster++) {
                double score = bias[cluster];
                for (int j = 0; j < bag.length; j++) {
                    score += weights[cluster][j] * bag[j];
                }
                int target = -1;
                for (int label = 0; label < example.labelCount; label++) {
                    int row = rows[example.labels[label]];
                    boolean inside = row >= rows.length * cluster / weights.length
                            && row < rows.length * (cluster + 1) / weights.length;
                    target = inside ? 1 : target;
                }
                sum += Math.log(1 + Math.exp(-target * score));
            }
        }
        return sum / examples.size();
    }

    double[] scores(Example example) {
        double[] hidden = hidden(bag(example));
        if (ranges.containsKey("output.projection.weights")) {
            hidden = linear("output.projection", hidden);
        }
        int labels = model.labels().size();
        int width = (ranges.get("output.weights")[1] - ranges.get("output.weights")[0]) / labels;
        double[] scores = new double[labels];
        for (int label = 0; label < labels; label++) {
            int row = rows[label];
            scores[label] = at("output.bias", row);
            for (int slot = 0; slot < width; slot++) {
                int input = input("output", row * width + slot, slot);
                scores[label] += at("output.weights", row * width + slot) * hidden[input];
            }
        }
        return scores;
    }

    private int input(String layer, int place, int slot) {
        char[] slots = indices.get(layer + ".indices");
        return slots == null ? slot : slots[place];
    }

    private double[] bag(Example example) {
        int dimension = model.table().dimension();
        double[] bag = new double[dimension];
        for (int entry = 0; entry < example.featureCount; entry++) {
            for (int i = 0; i < dimension; i++) {
                bag[i] += example.weights[entry] * at("table.rows", example.features[entry] * dimension + i);
            }
        }
        return bag;
    }

    private double[] hidden(double[] bag) {
        if (!ranges.containsKey("body.intermediate.weights")) {
            return bag;
        }
        double mean = Arrays.stream(bag).average().orElse(0);
        double variance =
                Arrays.stream(bag).map(v -> (v - mean) * (v - mean)).average().orElse(0);
        double[] normal = Arrays.stream(bag)
                .map(v -> (v - mean) / Math.sqrt(variance + 1e-6))
                .toArray();
        BodyConfig body = model.config().body();
        double[] z = linear("body.intermediate", body.normalisation() == BodyConfig.Normalisation.NONE ? bag : normal);
        return body.activation() == Activation.LINEAR
                ? z
                : Arrays.stream(z).map(v -> Math.max(0, v)).toArray();
    }

    private double[] linear(String layer, double[] x) {
        double[] y = new double[ranges.get(layer + ".bias")[1] - ranges.get(layer + ".bias")[0]];
        int width = (ranges.get(layer + ".weights")[1] - ranges.get(layer + ".weights")[0]) / y.length;
        for (int unit = 0; unit < y.length; unit++) {
            y[unit] = at(layer + ".bias", unit);
            for (int slot = 0; slot < width; slot++) {
                int place = unit * width + slot;
                y[unit] += at(layer + ".weights", place) * x[input(layer, place, slot)];
            }
        }
        return y;
    }
}
