package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * k-means: centres start from points drawn by k-means++ ({@link Seeding}) and are moved to the weighted mean of the
 * points nearest to them, until no round lowers the cost by more than 1e-4 of it (Lloyd 1982). A centre that is left
 * without points moves to the point that is farthest from its own. The result does not depend on the number of threads:
 * a point is compared with centres on its own, a centre is the sum of its points in their order.
 *
 * @param clusters number of centres, at least 1
 * @param rounds how often centres are moved at most, at least 0
 * @param seed of the draws
 */
record KMeans(int clusters, int rounds, long seed) {

    private static final double LEAST_GAIN = 1e-4;

    KMeans {
        Require.that(clusters >= 1, "clusters", "at least 1", clusters);
        Require.that(rounds >= 0, "rounds", "at least 0", rounds);
    }

    /** Clusters of the objects that have vectors. */
    Clustering cluster(ObjectVectors points, Workers workers) {
        return cluster(points, points.weights(), new int[0], workers);
    }

    /**
     * Clusters of points.
     *
     * @param weights of the points, at least 0; points of weight 0 belong to clusters and do not shape them
     * @param fixed different points that are the first centres and stay where they are
     * @throws IllegalArgumentException when there are fewer points with weights than clusters
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    Clustering cluster(ObjectVectors points, double[] weights, int[] fixed, Workers workers) {
        long candidates = Arrays.stream(weights).filter(weight -> weight > 0).count();
        Require.that(clusters <= candidates, "clusters", "at most the points there are, " + candidates, clusters);
        Require.that(fixed.length <= clusters, "fixed centres", "at most " + clusters, fixed.length);
        float[] mean = Distances.mean(points, weights, workers);
        int[] seeds = new Seeding(points, weights, mean, clusters, workers).draw(fixed, seed);
        float[] centres = new float[Math.multiplyExact(clusters, points.dimension())];
        for (int cluster = 0; cluster < clusters; cluster++) {
            points.read(seeds[cluster], centres, cluster * points.dimension());
        }
        Clustering improved = improve(points, weights, centres, fixed.length, workers);
        return new Clustering(
                improved.centres(), seeds, improved.nearest(), improved.squares(), improved.cost(), improved.rounds());
    }

    /**
     * Moves centres.
     *
     * @param centres [clusters][dimension], overwritten
     * @param fixed number of first centres that stay
     * @return clusters without seeds
     */
    Clustering improve(ObjectVectors points, double[] weights, float[] centres, int fixed, Workers workers) {
        float[] mean = Distances.mean(points, weights, workers);
        return new Run(points, weights, fixed, mean, workers).lloyd(centres);
    }

    /** The state of one call of {@link #improve}. */
    private final class Run {

        private final ObjectVectors points;
        private final double[] weights;
        private final int fixed;
        private final float[] mean;
        private final Workers workers;
        private final int dimension;
        private final int[] nearest;
        private final double[] squares;

        Run(ObjectVectors points, double[] weights, int fixed, float[] mean, Workers workers) {
            this.points = points;
            this.weights = weights;
            this.fixed = fixed;
            this.mean = mean;
            this.workers = workers;
            this.dimension = points.dimension();
            this.nearest = new int[points.objects()];
            this.squares = new double[points.objects()];
        }

        Clustering lloyd(float[] centres) {
            double cost = assign(centres);
            int round = 0;
            while (round < rounds) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("clustering was interrupted");
                }
                move(centres);
                round++;
                double before = cost;
                cost = assign(centres);
                if (before - cost <= LEAST_GAIN * before) {
                    break;
                }
            }
            return new Clustering(centres, new int[0], nearest, squares, cost, round);
        }

        private double assign(float[] centres) {
            new CentreScores(centres, mean).each(points, workers, this::chooseBest);
            Shards shards = points.shards();
            workers.run(shards.count(), (shard, worker) -> {
                for (int point = shards.first(shard); point < shards.first(shard + 1); point++) {
                    squares[point] = Distances.squared(
                            points.page(shard),
                            (point - shards.first(shard)) * dimension,
                            centres,
                            nearest[point] * dimension,
                            dimension);
                }
            });
            return Arrays.stream(Distances.costs(shards, weights, squares)).sum();
        }

        private void chooseBest(int first, int size, float[] scores) {
            float[] best = Arrays.copyOf(scores, size);
            Arrays.fill(nearest, first, first + size, 0);
            for (int cluster = 1; cluster < clusters; cluster++) {
                int from = cluster * CentreScores.BLOCK;
                for (int i = 0; i < size; i++) {
                    if (scores[from + i] > best[i]) {
                        best[i] = scores[from + i];
                        nearest[first + i] = cluster;
                    }
                }
            }
        }

        private void move(float[] centres) {
            int[] starts = new int[clusters + 1];
            for (int cluster : nearest) {
                starts[cluster + 1]++;
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            int[] next = starts.clone();
            int[] members = new int[nearest.length];
            for (int point = 0; point < nearest.length; point++) {
                members[next[nearest[point]]++] = point;
            }
            boolean[] empty = new boolean[clusters];
            workers.run(clusters - fixed, (task, worker) -> {
                int cluster = fixed + task;
                empty[cluster] = !toMean(centres, cluster, members, starts);
            });
            for (int cluster = fixed; cluster < clusters; cluster++) {
                if (empty[cluster]) {
                    toFarthest(centres, cluster);
                }
            }
        }

        /** False when no member has a weight. */
        private boolean toMean(float[] centres, int cluster, int[] members, int[] starts) {
            double[] sum = new double[dimension];
            double total = 0;
            for (int at = starts[cluster]; at < starts[cluster + 1]; at++) {
                int point = members[at];
                if (weights[point] > 0) {
                    int shard = points.shards().of(point);
                    add(
                            weights[point],
                            points.page(shard),
                            point - points.shards().first(shard),
                            sum);
                    total += weights[point];
                }
            }
            for (int i = 0; total > 0 && i < dimension; i++) {
                centres[cluster * dimension + i] = (float) (sum[i] / total);
            }
            return total > 0;
        }

        private void add(double weight, float[] page, int row, double[] sum) {
            for (int i = 0; i < dimension; i++) {
                sum[i] += weight * page[row * dimension + i];
            }
        }

        private void toFarthest(float[] centres, int cluster) {
            int farthest = 0;
            for (int point = 1; point < squares.length; point++) {
                if (weights[point] * squares[point] > weights[farthest] * squares[farthest]) {
                    farthest = point;
                }
            }
            if (weights[farthest] * squares[farthest] > 0) {
                points.read(farthest, centres, cluster * dimension);
                squares[farthest] = 0;
            }
        }
    }
}
