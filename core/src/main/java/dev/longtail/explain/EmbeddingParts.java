package dev.longtail.explain;

import dev.longtail.body.LocalBody;
import dev.longtail.data.Example;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.output.AnchorLayer;
import dev.longtail.output.LinearScore;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedding arm for one example, taken apart. The bag is b = sum over words i of w_i v_i. With the body as it is
 * for this bag, h = J b + c, the score of a label with weights u is
 *
 * <pre>
 *   u . h + bias = sum over i of w_i v_i . (J' u)  +  c . u  +  bias
 * </pre>
 *
 * so that word i contributes w_i v_i . (J' u). Where v_i is a mix of anchors, sum over k of t_ik a_k, so is that.
 */
final class EmbeddingParts {

    private final LabelModel model;
    private final int count;
    private final int[] features;
    /** w_i. */
    private final double[] weights;

    private final double scale;
    /** v_i, [count][dimension]. */
    private final Panel vectors;

    private final LocalBody body;

    EmbeddingParts(LabelModel model, Example example, Workers workers) {
        this.model = model;
        this.count = example.featureCount;
        this.features = example.features;
        this.scale = scale(model, example);
        this.vectors = vectors(model, features, count, workers);
        this.weights = new double[count];
        double[] bag = new double[model.table().dimension()];
        for (int i = 0; i < count; i++) {
            weights[i] = scale * example.weights[i];
            for (int j = 0; j < bag.length; j++) {
                bag[j] += weights[i] * vectors.values()[vectors.at(i * bag.length + j)];
            }
        }
        this.body = model.body().local(bag);
    }

    /** Vectors of features, [count][dimension]: the bags of examples that have one feature each, of weight 1. */
    static Panel vectors(LabelModel model, int[] features, int count, Workers workers) {
        SparseBatch batch = new SparseBatch();
        batch.setSingles(features, count);
        Panel vectors = Panel.of(count * model.table().dimension());
        model.table().bags(batch, vectors, workers);
        return vectors;
    }

    /**
     * What a table without vectors of runs of words multiplies the weights of the other words with, so that they weigh
     * as much as all together.
     */
    private static double scale(LabelModel model, Example example) {
        int read = model.config().table().ngrams()
                ? model.features().size()
                : model.features().words();
        double all = 0;
        double counted = 0;
        for (int i = 0; i < example.featureCount; i++) {
            double square = example.weights[i] * (double) example.weights[i];
            all += square;
            counted += example.features[i] < read ? square : 0;
        }
        return read == model.features().size() || counted == 0 ? 1 : Math.sqrt(all / counted);
    }

    /** What weights of words of this example are multiplied with. */
    double scale() {
        return scale;
    }

    /** The arm's own score of a label, taken apart. */
    final class Score {

        private final LinearScore linear;
        private final double[] dHidden;
        private final double[] dBag;

        Score(int label) {
            this.linear = model.output().linear(label);
            this.dHidden = linear.dense(model.body().hidden());
            this.dBag = body.toBag(dHidden);
        }

        /** What each word adds. */
        double[] words() {
            return EmbeddingParts.this.words(dBag);
        }

        /** Bias of the output layer. */
        double outputBias() {
            return linear.bias();
        }

        /** What biases of the body add. */
        double bodyBias() {
            return body.constant(dHidden);
        }

        /** What a value of the bag is multiplied with, double[dimension]. */
        double[] dBag() {
            return dBag;
        }

        double total() {
            double total = outputBias() + bodyBias();
            for (double word : words()) {
                total += word;
            }
            return total;
        }
    }

    private double[] words(double[] dBag) {
        double[] words = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < dBag.length; j++) {
                words[i] += vectors.values()[vectors.at(i * dBag.length + j)] * dBag[j];
            }
            words[i] *= weights[i];
        }
        return words;
    }

    /**
     * How what each word adds is divided over anchors, for each word a list that may be empty.
     *
     * @param factor what all parts are multiplied with
     */
    List<List<AnchorPart>> anchors(int label, Score score, double factor) {
        List<List<AnchorPart>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new ArrayList<>());
        }
        if (model.table() instanceof AnchorTable table) {
            AnchorLinks links = new AnchorLinks(table);
            double[] dAnchors = links.products(score.dBag());
            for (int i = 0; i < count; i++) {
                addInput(links, i, dAnchors, factor, parts.get(i));
            }
        }
        if (model.output() instanceof AnchorLayer layer) {
            addOutput(layer.table(), label, factor, parts);
        }
        parts.forEach(ofWord -> ofWord.sort((a, b) -> Double.compare(Math.abs(b.value()), Math.abs(a.value()))));
        return parts;
    }

    private void addInput(AnchorLinks links, int i, double[] dAnchors, double factor, List<AnchorPart> into) {
        double[] shares = links.ofFeature(features[i]);
        for (int k = 0; k < shares.length; k++) {
            double value = factor * weights[i] * shares[k] * dAnchors[k];
            if (value != 0) {
                into.add(new AnchorPart(AnchorPart.End.INPUT, k, objectName(links.object(k)), value));
            }
        }
    }

    private String objectName(int object) {
        return object < 0 ? "" : model.features().name(object);
    }

    private void addOutput(AnchorTable table, int label, double factor, List<List<AnchorPart>> into) {
        double[] shares = new AnchorLinks(table).ofFeature(label);
        float[] anchor = new float[table.dimension()];
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] == 0) {
                continue;
            }
            table.anchor(k, anchor);
            double[] dHidden = new double[anchor.length];
            for (int j = 0; j < anchor.length; j++) {
                dHidden[j] = factor * shares[k] * anchor[j];
            }
            double[] words = words(body.toBag(dHidden));
            for (int i = 0; i < count; i++) {
                if (words[i] != 0) {
                    into.get(i).add(new AnchorPart(AnchorPart.End.OUTPUT, k, "", words[i]));
                }
            }
        }
    }
}
