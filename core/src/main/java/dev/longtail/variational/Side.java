package dev.longtail.variational;

import dev.longtail.matrix.NormalEquations;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingRows;

/** Users or items: their ratings, what is believed of their vectors, their biases. */
final class Side implements Stateful {

    /** Pull of a bias in the first sweep, in ratings: about what MovieLens has. */
    private static final double FIRST_PULL = 3;

    private final RatingRows ratings;
    private final RowForm form;
    private final Posterior posterior;
    private final float[] biases;
    private double biasPull = FIRST_PULL;

    /**
     * @param biases the live array; empty where there are none
     * @param variance of the first prior
     */
    Side(RatingRows ratings, RowForm form, int dimension, float[] biases, double variance) {
        this.ratings = ratings;
        this.form = form;
        this.posterior = new Posterior(ratings.rows(), dimension, variance);
        this.biases = biases;
    }

    RatingRows ratings() {
        return ratings;
    }

    Posterior posterior() {
        return posterior;
    }

    boolean hasBiases() {
        return biases.length > 0;
    }

    double bias(int row) {
        return biases.length == 0 ? 0 : biases[row];
    }

    /** What pulls a bias towards 0, in ratings: the noise by the variance of biases. */
    double biasPull() {
        return biasPull;
    }

    /** The variance of biases becomes what they show, the mean of their squares and of how uncertain they are. */
    void learnBiasPull(double noise) {
        double sum = 0;
        for (int row = 0; row < biases.length; row++) {
            sum += (double) biases[row] * biases[row] + noise / (count(row) + biasPull);
        }
        biasPull = biases.length == 0 ? biasPull : noise * biases.length / sum;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        form.carry(name + ".table", state);
        posterior.carry(name + ".beliefs", state);
        state.floats(name + ".biases", biases);
        biasPull = state.number(name + ".biasPull", biasPull);
    }

    private int count(int row) {
        return ratings.start(row + 1) - ratings.start(row);
    }

    /**
     * Finds all vectors and biases anew, and how uncertain they are; the other side stays as it is.
     *
     * @return expected sum of squared errors of all ratings, as the beliefs of both sides are then
     */
    double sweep(Side other, RowForm.Setting setting, Workers workers) {
        form.begin(this, other, setting, workers);
        Shards shards = form.shards();
        double[] expected = new double[shards.count()];
        workers.run(shards.count(), (shard, worker) -> {
            Rows rows = new Rows(other, setting);
            int end = shards.first(shard) + shards.size(shard);
            for (int row = shards.first(shard); row < end; row++) {
                expected[shard] += rows.find(row);
            }
        });
        double sum = 0;
        for (double part : expected) {
            sum += part;
        }
        return sum;
    }

    /** What is believed of the vectors where they stand, with nothing known of the other side but its vectors. */
    void believe(Side other, RowForm.Setting setting, InitialVectors vectors) {
        Rows rows = new Rows(other, setting);
        double[] x = new double[posterior.dimension()];
        for (int row = 0; row < ratings.rows(); row++) {
            vectors.read(row, x);
            rows.believe(row, x);
        }
    }

    /** Reads first vectors. */
    interface InitialVectors {
        void read(int row, double[] into);
    }

    /** Scratch of one piece. */
    private final class Rows {

        private final Side other;
        private final RowForm.Setting setting;
        private final RowForm.Solver solver;
        private final RowSystem system;
        private final double[][] h;
        private final double[][] copy;
        private final double[][] covariance;
        private final double[] x;

        Rows(Side other, RowForm.Setting setting) {
            int n = posterior.dimension();
            this.other = other;
            this.setting = setting;
            this.solver = form.solver(Side.this, setting);
            this.system = new RowSystem(n);
            this.h = new double[n][n];
            this.copy = new double[n][n];
            this.covariance = new double[n][n];
            this.x = new double[n];
        }

        double find(int row) {
            collect(row);
            double bias = solver.solve(row, system, h, x);
            posterior.set(row, x, uncertainty(), setting.noise());
            double variance = 0;
            if (hasBiases()) {
                biases[row] = (float) bias;
                variance = setting.noise() / (system.count() + biasPull);
            }
            int at = row * Posterior.packed(x.length);
            return system.expected(x, bias, posterior.moments(), at) + system.count() * variance;
        }

        void believe(int row, double[] vector) {
            collect(row);
            posterior.set(row, vector, uncertainty(), setting.noise());
        }

        private void collect(int row) {
            system.collect(ratings, row, other, setting.mean());
            system.addTo(h, posterior.precision(), setting.noise());
        }

        private double[][] uncertainty() {
            for (int j = 0; j < h.length; j++) {
                System.arraycopy(h[j], 0, copy[j], 0, h.length);
            }
            NormalEquations.invert(copy, covariance);
            return covariance;
        }
    }
}
