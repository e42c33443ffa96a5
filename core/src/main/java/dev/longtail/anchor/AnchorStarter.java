package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.FreeEntries;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds anchors by a configuration. The result depends on configuration, sources and seed, not on the number of
 * threads.
 */
public final class AnchorStarter {

    private static final long OBJECTS = 1;
    private static final long CLUSTERS = 2;
    private static final long CORESET = 3;
    private static final long LINKS = 4;
    private static final long VECTORS = 5;

    private final AnchorStartConfig config;
    private final AnchorShape shape;
    private final AnchorSources sources;
    private final long seed;
    private final Workers workers;

    /** @param seed of everything random */
    public AnchorStarter(
            AnchorStartConfig config, AnchorShape shape, AnchorSources sources, long seed, Workers workers) {
        this.config = config;
        this.shape = shape;
        this.sources = sources;
        this.seed = seed;
        this.workers = workers;
    }

    /**
     * The sets of the configuration, each with links of its own.
     *
     * @throws IllegalArgumentException when the sources lack what a strategy needs, or there are fewer objects, or
     *                                  fewer with vectors, than anchors
     */
    public List<AnchorStart> sets() {
        List<AnchorStart> sets = new ArrayList<>();
        for (AnchorSet set : config.sets(shape.anchors())) {
            sets.add(start(set, RandomStream.key(seed, 0, sets.size())));
        }
        return sets;
    }

    /** All sets as one, which a linear mixture is. */
    public AnchorStart joined() {
        List<AnchorStart> sets = sets();
        return sets.size() == 1 ? sets.get(0) : AnchorStart.joined(sets);
    }

    private AnchorStart start(AnchorSet set, long setSeed) {
        int anchors = set.anchors();
        AnchorStrategy strategy = set.strategy();
        return switch (strategy) {
            case RANDOM -> basis(anchors, setSeed);
            case RANDOM_OBJECTS -> ofObjects(drawn(anchors, setSeed), setSeed);
            case FREQUENCY -> ofObjects(frequent(strategy, anchors), setSeed);
            case TF_IDF -> ofObjects(largest(sources.needCounts(strategy).tfIdf(), anchors), setSeed);
            case CLUSTERING -> clustered(strategy, anchors, new int[0], setSeed);
            case FREQUENCY_THEN_CLUSTERING -> clustered(strategy, anchors, frequentPoints(strategy, anchors), setSeed);
            case CORESET -> coreset(anchors, setSeed);
            case IMPORTED -> imported(sources.needImported(strategy).first(anchors), setSeed);
        };
    }

    private AnchorStart basis(int anchors, long setSeed) {
        int[] objects = new int[anchors];
        Arrays.fill(objects, FreeEntries.NO_OBJECT);
        return new AnchorStart(objects, 0, null, randomLinks(objects, setSeed));
    }

    private RandomLinks randomLinks(int[] objects, long setSeed) {
        return new RandomLinks(objects, shape.links(), RandomStream.key(setSeed, LINKS, 0));
    }

    private void checkEnough(int anchors) {
        Require.that(anchors <= sources.objects(), "anchors", "at most the objects, " + sources.objects(), anchors);
    }

    private int[] drawn(int anchors, long setSeed) {
        checkEnough(anchors);
        SplittableRandom random = RandomStream.of(setSeed, OBJECTS, 0);
        IntOpenHashSet drawn = new IntOpenHashSet();
        for (int largest = sources.objects() - anchors; largest < sources.objects(); largest++) {
            if (!drawn.add(random.nextInt(largest + 1))) {
                drawn.add(largest);
            }
        }
        int[] objects = drawn.toIntArray();
        Arrays.sort(objects);
        return objects;
    }

    private int[] frequent(AnchorStrategy strategy, int anchors) {
        long[] occurrences = sources.needCounts(strategy).occurrences();
        return largest(Arrays.stream(occurrences).asDoubleStream().toArray(), anchors);
    }

    /** Objects of largest value, the first of equal ones. */
    private int[] largest(double[] values, int count) {
        checkEnough(count);
        int[] objects = new int[values.length];
        Arrays.setAll(objects, object -> object);
        IntArrays.quickSort(objects, (a, b) -> {
            int larger = Double.compare(values[b], values[a]);
            return larger != 0 ? larger : Integer.compare(a, b);
        });
        return Arrays.copyOf(objects, count);
    }

    /** The frequent part of the anchors; an object without a vector cannot be a centre. */
    private int[] frequentPoints(AnchorStrategy strategy, int anchors) {
        ObjectVectors space = sources.needSpace(strategy);
        int frequent = Math.round(config.frequentShare() * anchors);
        return Arrays.stream(frequent(strategy, sources.objects()))
                .filter(space::known)
                .limit(frequent)
                .toArray();
    }

    private AnchorStart clustered(AnchorStrategy strategy, int anchors, int[] fixed, long setSeed) {
        ObjectVectors space = sources.needSpace(strategy);
        KMeans means = new KMeans(anchors, config.rounds(), RandomStream.key(setSeed, CLUSTERS, 0));
        return ofClusters(space, means.cluster(space, space.weights(), fixed, workers), fixed, setSeed);
    }

    private AnchorStart coreset(int anchors, long setSeed) {
        ObjectVectors space = sources.needSpace(AnchorStrategy.CORESET);
        LightweightCoreset few =
                LightweightCoreset.of(space, config.coreset(), RandomStream.key(setSeed, CORESET, 0), workers);
        Require.that(
                few.points().length >= anchors,
                "coreset",
                "larger: there are " + anchors + " anchors and only " + few.points().length + " different points",
                config.coreset());
        KMeans means = new KMeans(anchors, config.rounds(), RandomStream.key(setSeed, CLUSTERS, 0));
        ObjectVectors points = space.select(few.points());
        Clustering clusters = means.cluster(points, few.weights(), new int[0], workers);
        if (config.centres() == AnchorStartConfig.Centres.MEANS) {
            return ofMeans(space, clusters.centres(), new int[0], setSeed);
        }
        int[] medoids = Medoids.of(clusters, few.weights(), 0);
        return ofObjects(
                Arrays.stream(medoids).map(point -> few.points()[point]).toArray(), setSeed);
    }

    private AnchorStart ofClusters(ObjectVectors space, Clustering clusters, int[] fixed, long setSeed) {
        if (config.centres() == AnchorStartConfig.Centres.MEANS && clusters.rounds() > 0) {
            return ofMeans(space, clusters.centres(), fixed, setSeed);
        }
        return ofObjects(Medoids.of(clusters, space.weights(), fixed.length), setSeed);
    }

    /** Centres that are no objects, but for the first ones that were fixed. */
    private AnchorStart ofMeans(ObjectVectors space, float[] centres, int[] fixed, long setSeed) {
        int[] objects = new int[centres.length / space.dimension()];
        Arrays.fill(objects, FreeEntries.NO_OBJECT);
        System.arraycopy(fixed, 0, objects, 0, fixed.length);
        return placed(objects, space.dimension(), centres, setSeed);
    }

    /** Anchors that are objects; they have vectors where the objects have. */
    private AnchorStart ofObjects(int[] objects, long setSeed) {
        ObjectVectors space = sources.space();
        if (space == null) {
            return new AnchorStart(objects, 0, null, randomLinks(objects, setSeed));
        }
        int dimension = space.dimension();
        float[] vectors = new float[Math.multiplyExact(objects.length, dimension)];
        double squares = 0;
        int known = 0;
        for (int anchor = 0; anchor < objects.length; anchor++) {
            space.read(objects[anchor], vectors, anchor * dimension);
            if (space.known(objects[anchor])) {
                squares += Distances.squared(vectors, anchor * dimension, new float[dimension], 0, dimension);
                known++;
            }
        }
        double deviation = known == 0 ? 1 / Math.sqrt(dimension) : Math.sqrt(squares / known / dimension);
        for (int anchor = 0; anchor < objects.length; anchor++) {
            if (!space.known(objects[anchor])) {
                SplittableRandom random = RandomStream.of(setSeed, VECTORS, anchor);
                for (int i = anchor * dimension; i < (anchor + 1) * dimension; i++) {
                    // uniform with the wanted deviation: half-width = sqrt(3) * deviation
                    vectors[i] = (float) ((2 * random.nextDouble() - 1) * Math.sqrt(3) * deviation);
                }
            }
        }
        return placed(objects, dimension, vectors, setSeed);
    }

    private AnchorStart imported(ImportedAnchors anchors, long setSeed) {
        float[] vectors = anchors.vectors();
        if (vectors == null) {
            return ofObjects(anchors.objects(), setSeed);
        }
        return placed(anchors.objects(), anchors.dimension(), vectors, setSeed);
    }

    /** Links to the nearest anchors, where anchors and objects lie in one space; random ones otherwise. */
    private AnchorStart placed(int[] objects, int dimension, float[] vectors, long setSeed) {
        RandomLinks random = randomLinks(objects, setSeed);
        ObjectVectors space = sources.space();
        if (space == null || space.dimension() != dimension) {
            return new AnchorStart(objects, dimension, vectors, random);
        }
        int[] inSpace = new int[objects.length];
        float[] places = new float[vectors.length];
        int count = 0;
        for (int anchor = 0; anchor < objects.length; anchor++) {
            if (isPlaced(objects[anchor], space)) {
                System.arraycopy(vectors, anchor * dimension, places, count * dimension, dimension);
                inSpace[count++] = anchor;
            }
        }
        NearestLinks nearest = new NearestLinks(
                space, Arrays.copyOf(places, count * dimension), Arrays.copyOf(inSpace, count), shape.links(), random);
        return new AnchorStart(objects, dimension, vectors, count == 0 ? random : nearest.find(workers));
    }

    private static boolean isPlaced(int object, @Nullable ObjectVectors space) {
        return object == FreeEntries.NO_OBJECT || space != null && space.known(object);
    }
}
