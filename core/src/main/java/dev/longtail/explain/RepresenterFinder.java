package dev.longtail.explain;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.data.FeatureEncoder;
import dev.longtail.data.RawExample;
import dev.longtail.direct.DirectArm;
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
import java.util.function.IntToDoubleFunction;

/**
 * Finds the training examples that a score comes from (representer points; Yeh et al., <i>Representer Point Selection
 * for Explaining Deep Neural Networks</i>, NeurIPS 2018, where they are estimated for the last layer of a network; the
 * arms here need no estimate).
 *
 * <p>A weight of the association arm is proportional to the count c(l, f) = sum over the examples i of label l of
 * x(i, f), and one of the direct arm is w(l, f) = sum of a(i, l) x(i, f) with the coefficients of {@link LabelDuals}.
 * So each weight, as it is stored, is divided among the examples in proportion to their terms of that sum, and what
 * weights add to a score is divided with it. Nothing is approximated, and all parts add up to the score. The bias of
 * the direct arm is the sum of the coefficients, less 1.
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

    /** A finder for the labels of a model. @param trained its training examples */
    public RepresenterFinder(LabelModel model, ExampleDuals trained, Workers workers) {
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
     * @param most points of each side to be told one by one, at least 0
     * @throws IllegalArgumentException when the model was not trained on these examples, see {@link ExampleDuals#solve}
     */
    public Representers find(RawExample raw, int label, int most) {
        Require.that(most >= 0, "most", "at least 0", most);
        encoder.encode(raw, example);
        LabelDuals duals = trained.solve(label);
        divide(label, duals);
        List<RepresenterPoint> points = points(duals);
        Arrays.fill(byAssociation, 0);
        Arrays.fill(byDirect, 0);
        points.sort(Comparator.comparingDouble((RepresenterPoint point) -> -Math.abs(point.value()))
                .thenComparingInt(RepresenterPoint::example));
        return new Representers(
                side(points, 1, most),
                side(points, -1, most),
                model.mixture().direct() * LabelDuals.START,
                embedding(label));
    }

    private static Representers.Side side(List<RepresenterPoint> points, int sign, int most) {
        List<RepresenterPoint> side = points.stream()
                .filter(point -> Math.signum(point.value()) == sign)
                .toList();
        int told = Math.min(most, side.size());
        List<RepresenterPoint> rest = side.subList(told, side.size());
        return new Representers.Side(
                side.subList(0, told),
                rest.size(),
                rest.stream().mapToDouble(RepresenterPoint::value).sum());
    }

    /** For each feature of the example what one unit of it in a training example adds, before coefficients. */
    private void divide(int label, LabelDuals duals) {
        Mixture mixture = model.mixture();
        AssociationArm association = model.association().orElseThrow();
        DirectArm direct = model.direct().orElseThrow();
        double[] counts = sums(duals, i -> i < duals.carrying() ? 1 : 0);
        double[] weights = sums(duals, i -> duals.coefficients()[i]);
        for (int i = 0; i < example.featureCount; i++) {
            int feature = example.features[i];
            double value = example.weights[i];
            byAssociation[feature] =
                    part(mixture.association() * value * association.weight(label, feature), counts[feature]);
            byDirect[feature] = part(mixture.direct() * value * direct.weight(label, feature), weights[feature]);
        }
    }

    private static double part(double of, double sum) {
        return of == 0 ? 0 : of / sum;
    }

    /** Sum of the examples of a label, each times its factor, double[features]. */
    private double[] sums(LabelDuals duals, IntToDoubleFunction factor) {
        SparseRows rows = trained.features();
        double[] sums = new double[model.features().size()];
        for (int i = 0; i < duals.examples().length; i++) {
            int row = duals.examples()[i];
            double times = factor.applyAsDouble(i);
            for (int at = rows.start(row); at < rows.start(row + 1); at++) {
                sums[rows.columns()[at]] += times * rows.values()[at];
            }
        }
        return sums;
    }

    private List<RepresenterPoint> points(LabelDuals duals) {
        List<RepresenterPoint> points = new ArrayList<>();
        for (int i = 0; i < duals.examples().length; i++) {
            int row = duals.examples()[i];
            boolean carries = i < duals.carrying();
            double direct = product(row, byDirect) + model.mixture().direct(); // of the weights and of the bias
            RepresenterPoint point = new RepresenterPoint(
                    row, carries, carries ? product(row, byAssociation) : 0, duals.coefficients()[i] * direct);
            if (point.value() != 0) {
                points.add(point);
            }
        }
        return points;
    }

    private double product(int row, double[] factors) {
        SparseRows rows = trained.features();
        double product = 0;
        for (int at = rows.start(row); at < rows.start(row + 1); at++) {
            product += factors[rows.columns()[at]] * rows.values()[at];
        }
        return product;
    }

    private double embedding(int label) {
        if (model.mixture().embedding() == 0) {
            return 0;
        }
        EmbeddingParts parts = new ExampleParts(model, example, workers).embedding();
        return parts == null ? 0 : model.mixture().embedding() * parts.new Score(label).total();
    }
}
