package dev.longtail.variational;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingRows;
import dev.longtail.rating.RatingSet;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;

/**
 * Rating models by variational Bayes (Lim and Teh, "Variational Bayesian Approach to Movie Rating Prediction", KDD
 * Cup and Workshop 2007), for vectors of any values and for mixes of anchors. Of each vector a mean and a covariance
 * are kept; those of one side are found exactly from those of the other, in turn. A vector that few ratings tell of is
 * uncertain, and what is uncertain teaches the other side less, so that nothing has to be stopped early, and no rate
 * or pull be chosen: the noise of ratings, the prior of users' vectors and the pulls of biases are learned from the
 * ratings (empirical Bayes). The scale that the two sides share is fixed by the prior of the items' vectors.
 *
 * <pre>
 *   repeat:
 *     noise = expected squared error;  prior of users, pulls of biases = what beliefs show
 *     users: anchors; then each row: weights at least 0 with an l1 penalty, bias, covariance
 *     items: the same
 * </pre>
 *
 * <p>Memory besides the model: dimension (dimension + 3) / 2 floats for each user and item, and the ratings by users
 * and by items. Time of a sweep: some dimension^2 operations for each rating on each side. The same bits at any
 * number of threads.
 */
public final class RatingSweeps implements Stateful {

    /** Variance of the prior of items' vectors in each direction, and of users' before it is learned. */
    private static final double VARIANCE = 0.25;

    private final RatingModel model;
    private final Workers workers;
    private final Side users;
    private final Side items;
    private final int ratings;
    private double noise;
    private int epoch;

    /**
     * Sweeps from the vectors that the model has.
     *
     * @param model with tables of kind dense or anchors
     * @param train ratings of known users and items
     * @throws IllegalArgumentException when tables have settings that sweeps do not know, or are too large
     */
    public RatingSweeps(RatingModel model, RatingSet train, Workers workers) {
        this.model = model;
        this.workers = workers;
        this.ratings = train.size();
        this.users = side(train.byUser(model.users().size()), model.userTable(), model.userBias());
        this.items = side(train.byItem(model.items().size()), model.itemTable(), model.itemBias());
        this.noise = variance(train);
        RowForm.Setting first = new RowForm.Setting(1, model.mean(), noise);
        users.believe(items, first, vectors(model.userTable()));
        items.believe(users, first, vectors(model.itemTable()));
        users.believe(items, first, vectors(model.userTable()));
    }

    /** Bytes of what is believed of the vectors of so many users, or items. */
    public static long beliefBytes(long rows, int dimension) {
        return rows * Float.BYTES * (dimension + Posterior.packed(dimension));
    }

    private static Side side(RatingRows rows, InputTable table, float[] biases) {
        RowForm form = table instanceof AnchorTable anchors ? new MixedRows(anchors) : new FreeRows(table);
        return new Side(rows, form, table.dimension(), biases, VARIANCE);
    }

    private Side.InitialVectors vectors(InputTable table) {
        SparseBatch batch = new SparseBatch();
        Panel vector = Panel.of(table.dimension());
        return (row, into) -> {
            batch.setSingles(new int[] {row}, 1);
            table.bags(batch, vector, workers);
            for (int j = 0; j < into.length; j++) {
                into[j] = vector.values()[vector.at(j)];
            }
        };
    }

    private static double variance(RatingSet train) {
        double mean = train.mean();
        double sum = 0;
        for (int i = 0; i < train.size(); i++) {
            sum += (train.rating(i) - mean) * (train.rating(i) - mean);
        }
        return Math.max(Double.MIN_NORMAL, sum / train.size());
    }

    /**
     * One sweep over users and items.
     *
     * @return expected squared error of a training rating, as both sides are believed afterwards
     */
    public double run() {
        epoch++;
        RowForm.Setting setting = new RowForm.Setting(epoch, model.mean(), noise);
        if (epoch > 1) {
            users.posterior().learnPrior(workers);
            users.learnBiasPull(noise);
            items.learnBiasPull(noise);
        }
        users.sweep(items, setting, workers);
        noise = Math.max(Double.MIN_NORMAL, items.sweep(users, setting, workers) / ratings);
        return noise;
    }

    /** {@inheritDoc} The vectors and biases of the model are part of it. */
    @Override
    public void carry(String name, StateCarrier state) {
        epoch = (int) state.number(name + ".sweeps", epoch);
        noise = state.number(name + ".noise", noise);
        users.carry(name + ".users", state);
        items.carry(name + ".items", state);
    }

    Side users() {
        return users;
    }

    Side items() {
        return items;
    }

    /** Variance of a rating around its score, as it is learned so far. */
    public double noise() {
        return noise;
    }
}
