package dev.longtail.predict;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.NormalEquations;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingScorer;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A vector for a user that the model does not know, from some of that user's ratings, while everything learned stays as
 * it is. With n ratings r of items i it is the x that minimises what training minimises,
 *
 * <pre>
 *   sum of (r - mean - itemBias[i] - b - &lt;x, I[i]&gt;)^2 / 2  +  n (l2 |x|^2 + biasL2 b^2) / 2
 * </pre>
 *
 * which is a system of linear equations, one a coordinate and one for the bias b (ridge regression, Hoerl and Kennard
 * 1970). So do the steps of training; of a model that learned by variational sweeps, whose pulls were learned and are
 * not stored, the pulls of the settings take their place.
 */
public final class FoldIn {

    // without any pull fewer ratings than coordinates would leave the vector open
    private static final double LEAST_PULL = 1e-6;

    private final RatingModel model;
    private final UserSpace space;
    private final double l2;
    private final double biasL2;
    private final Workers workers;

    /**
     * @param space vectors that the user may have
     * @param l2 pull of the vector, as in training
     * @param biasL2 pull of the bias, as in training
     */
    public FoldIn(RatingModel model, UserSpace space, double l2, double biasL2, Workers workers) {
        Require.that(l2 >= 0 && biasL2 >= 0, "pulls", "at least 0", l2 + " and " + biasL2);
        this.model = model;
        this.space = space;
        this.l2 = Math.max(LEAST_PULL, l2);
        this.biasL2 = Math.max(LEAST_PULL, biasL2);
        this.workers = workers;
    }

    /** An item and its rating. */
    public record Rated(int item, float rating) {

        public Rated {
            Require.that(Float.isFinite(rating), "a rating", "finite", rating);
        }
    }

    /**
     * The user of some ratings; those of unknown items tell nothing and do not count. Without any, vector and bias are
     * 0.
     */
    public FoldedUser fold(List<Rated> ratings) {
        List<Rated> known = new ArrayList<>(ratings);
        known.removeIf(rated -> rated.item() < 0);
        int unknowns = space.size() + (model.config().biases() ? 1 : 0);
        if (known.isEmpty()) {
            return new FoldedUser(new float[model.config().dimension()], 0);
        }
        double[][] h = new double[unknowns][unknowns];
        double[] g = new double[unknowns];
        addRatings(known, h, g);
        addPulls(known.size(), h);
        double[] solved = space.nonNegative()
                ? NormalEquations.solveNonNegative(h, g, space.size())
                : NormalEquations.solve(h, g);
        float bias = model.config().biases() ? (float) solved[space.size()] : 0;
        return new FoldedUser(space.vector(Arrays.copyOf(solved, space.size())), bias);
    }

    private void addRatings(List<Rated> known, double[][] h, double[] g) {
        int[] items = known.stream().mapToInt(Rated::item).toArray();
        Panel vectors = new RatingScorer(model, items.length).itemVectors(items, items.length, workers);
        double[] row = new double[g.length];
        Arrays.fill(row, 1); // of the bias
        for (int i = 0; i < items.length; i++) {
            space.project(vectors.values(), vectors.at(i * model.config().dimension()), row);
            double bias = model.config().biases() ? model.itemBias()[items[i]] : 0;
            double rest = known.get(i).rating() - (double) model.mean() - bias;
            for (int j = 0; j < row.length; j++) {
                g[j] += row[j] * rest;
                for (int k = 0; k < row.length; k++) {
                    h[j][k] += row[j] * row[k];
                }
            }
        }
    }

    /** Half the squared length of the vector of coordinates z is z' R R' z / 2, R the rows of the space. */
    private void addPulls(int ratings, double[][] h) {
        for (int j = 0; j < space.size(); j++) {
            for (int k = 0; k < space.size(); k++) {
                h[j][k] += ratings * l2 * space.product(j, k);
            }
            h[j][j] += LEAST_PULL;
        }
        if (h.length > space.size()) {
            h[space.size()][space.size()] += ratings * biasL2;
        }
    }
}
