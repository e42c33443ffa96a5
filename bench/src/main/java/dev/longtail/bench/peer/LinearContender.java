package dev.longtail.bench.peer;

import de.bwaldvogel.liblinear.SolverType;
import dev.longtail.cluster.ClusterBuilder;
import dev.longtail.cluster.LabelClusters;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** LIBLINEAR's classifiers, in a tree of clusters or side by side. */
final class LinearContender implements Contender {

    /** Labels of a cluster at most and children of a cluster, PECOS's defaults. */
    private static final int CLUSTER_SIZE = 100;

    private static final int BRANCHING = 16;

    /** Side by side only where a pass over all examples for every label is at most so many multiply-adds. */
    private static final double MOST_WORK = 1e10;

    /** Of those, what a core does in a second, all passes of the solver included: on delicious, which caches hold. */
    private static final double RATE = 1e7;

    private final boolean clusters;
    private final LinearTree.Settings settings;
    private final int threads;
    private @Nullable LinearTree trained;

    private LinearContender(boolean clusters, LinearTree.Settings settings, int threads) {
        this.clusters = clusters;
        this.settings = settings;
        this.threads = threads;
    }

    static LinearContender tree(int threads) {
        return new LinearContender(true, LinearTree.Settings.PECOS, threads);
    }

    static LinearContender flat(SolverType solver, int threads) {
        return new LinearContender(false, LinearTree.Settings.flat(solver), threads);
    }

    @Override
    public @Nullable String obstacle(PeerData data) {
        double work = (double) data.labels().size() * data.trainFeatures();
        if (clusters || work <= MOST_WORK) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "%,d labels, each against all %,d examples, would take at least %.0f CPU hours; the tree stands for it",
                data.labels().size(),
                data.train().size(),
                work / RATE / 3600);
    }

    @Override
    public void train(PeerData data) {
        int labels = data.labels().size();
        try (Workers workers = new Workers(threads)) {
            LabelClusters found = clusters
                    ? new ClusterBuilder(labels, data.features(), CLUSTER_SIZE, 1).similar(data.train(), workers)
                    : new LabelClusters(1, IntStream.range(0, labels).toArray());
            trained = LinearTree.train(data.train(), LabelTree.of(found, BRANCHING), settings, workers);
        }
    }

    private LinearTree trained() {
        return Objects.requireNonNull(trained, "train first");
    }

    @Override
    public List<int[]> rank(PeerData data, Examples test) {
        List<int[]> best = new ArrayList<>();
        Example example = new Example();
        for (int i = 0; i < test.size(); i++) {
            test.read(i, example);
            best.add(trained().best(example, PeerData.RANKS));
        }
        return best;
    }

    @Override
    public long modelBytes() {
        return trained().bytes();
    }
}
