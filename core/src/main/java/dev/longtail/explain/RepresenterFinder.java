package dev.longtail.explain;

import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.data.FeatureEncoder;
import dev.longtail.data.RawExample;
import dev.longtail.direct.LabelDuals;
import dev.longtail.matrix.SparseRows;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import dev.longtail.train.ExampleDuals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the training examples that a score comes from (representer points; Yeh et al., <i>Representer Point Selection
 * for Explaining Deep Neural Networks</i>, NeurIPS 2018, where they are estimated for the last layer of a network; the
 * arms here need no estimate).
 *
 * <p>A weight of the association arm is proportional to the count c(l, f) = sum over the examples i of label l of
 * x(i, f), and one of the direct arm is w(l, f) = sum of a(i, l) x(i, f) with the coefficients of {@link LabelDuals}. So
 * each weight, as it is stored, is divided among the examples in proportion to their terms of that sum, and what weights
 * add to a score is divided with it. Nothing is approximated, and all parts add up to the score. The bias of the direct
 * arm is the sum of the coefficients, less 1.
 *
 * <p>For one thread at a time.
 */
public final class RepresenterFinder {

    private final LabelModel model;
    private final ExampleDuals trained;
    private final Workers workers;
    private final FeatureEncoder encoder;
    private final double[] byAssociation;
    private final double[] byDirect;
    private final Example example = new Example();

    /**
     * A finder for the labels of a model.
     *
     * @param trained its training examples
     * @throws IllegalArgumentException when the model has neither an association arm nor a direct arm
     */
    public RepresenterFinder(LabelModel model, ExampleDuals trained, Workers workers) {
        Require.that(
                model.association().isPresent() || model.direct().isPresent(),
                "the model",
                "one with an association arm or a direct arm: what an embedding arm has learned is of no single example",
                "one without");
        this.model = model;
        this.trained = trained;
        this.workers = workers;
        this.encoder = model.features().newEncoder();
        this.byAssociation = new double[model.features().size()];
        this.byDirect = new double[model.features().size()];
    }

    /**
     * Takes the score apart that a label has as a candidate.
     *
     * @param raw example that the model scores
     * @param most points to be told one by one, at least 0
     * @throws IllegalArgumentException when the model was not trained on these examples, see {@link ExampleDuals#solve}
     */
    public Representers find(RawExample raw, int label, int most) {
        Require.that(most >= 0, "most", "at least 0", most);
        encoder.encode(raw, example);
        Optional<LabelDuals> duals = trained.solve(label);
        int[] carrying = trained.carrying(label);
        int[] examples = duals.map(LabelDuals::examples).orElse(carrying);
        double[] coefficients = duals.map(LabelDuals::coefficients).orElseGet(() -> new double[examples.length]);
        divide(label, carrying, examples, coefficients);
        List<RepresenterPoint> points = points(examples, carrying.length, coefficients);
        Arrays.fill(byAssociation, 0);
        Arrays.fill(byDirect, 0);
        points.sort(Comparator.comparingDouble((RepresenterPoint point) -> -Math.abs(point.value()))
                .thenComparingInt(RepresenterPoint::example));
        int told = Math.min(most, points.size());
        List<RepresenterPoint> rest = points.subList(told, points.size());
        return new Representers(
                points.subList(0, told),
                rest.size(),
                rest.stream().mapToDouble(RepresenterPoint::value).sum(),
                duals.isPresent() ? model.mixture().direct() * LabelDuals.START : 0,
                embedding(label));
    }

    /** For each feature of the example what one unit of it in a training example adds, before coefficients. */
    private void divide(int label, int[] carrying, int[] examples, double[] coefficients) {
        Mixture mixture = model.mixture();
        double[] ones = new double[carrying.length];
        Arrays.fill(ones, 1);
        double[] counts = sums(carrying, ones);
        double[] weights = sums(examples, coefficients);
        for (int i = 0; i < example.featureCount; i++) {
            int feature = example.features[i];
            double value = example.weights[i];
            model.association()
                    .ifPresent(arm -> byAssociation[feature] =
                            part(mixture.association() * value * arm.weight(label, feature), counts[feature]));
            model.direct()
                    .ifPresent(arm -> byDirect[feature] =
                            part(mixture.direct() * value * arm.weight(label, feature), weights[feature]));
        }
    }

    private static double part(double of, double sum) {
        return of == 0 ? 0 : of / sum;
    }

    /** Sum of the training examples, each times its factor, double[features]. */
    private double[] sums(int[] examples, double[] factors) {
        SparseRows rows = trained.features();
        double[] sums = new double[model.features().size()];
        for (int i = 0; i < examples.length; i++) {
            for (int at = rows.start(examples[i]); at < rows.start(examples[i] + 1); at++) {
                sums[rows.columns()[at]] += factors[i] * rows.values()[at];
            }
        }
        return sums;
    }

    private List<RepresenterPoint> points(int[] examples, int carrying, double[] coefficients) {
        SparseRows rows = trained.features();
        double biasWeight = model.mixture().direct();
        List<RepresenterPoint> points = new ArrayList<>();
        for (int i = 0; i < examples.length; i++) {
            double association = 0;
            double direct = 0;
            for (int at = rows.start(examples[i]); at < rows.start(examples[i] + 1); at++) {
                association += byAssociation[rows.columns()[at]] * rows.values()[at];
                direct += byDirect[rows.columns()[at]] * rows.values()[at];
            }
            boolean carries = i < carrying;
            RepresenterPoint point = new RepresenterPoint(
                    examples[i], carries, carries ? association : 0, coefficients[i] * (direct + biasWeight));
            if (point.value() != 0) {
                points.add(point);
            }
        }
        return points;
    }

    private double embedding(int label) {
        if (model.mixture().embedding() == 0) {
            return 0;
        }
        EmbeddingParts parts = new ExampleParts(model, example, workers).embedding();
        return parts == null ? 0 : model.mixture().embedding() * parts.new Score(label).total();
    }
}
