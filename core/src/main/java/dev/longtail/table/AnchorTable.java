package dev.longtail.table;

import dev.longtail.anchor.AnchorStart;
import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.ByteFactor;
import dev.longtail.matrix.FullFactor;
import dev.longtail.matrix.GrowingFactor;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.MaskedStep;
import dev.longtail.relation.FreeEntries;
import dev.longtail.relation.Neighbours;
import dev.longtail.relation.RelationGraph;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The anchor table E = T A (Liang et al., "Anchor and Transform: Learning Sparse Embeddings for Large Vocabularies",
 * ICLR 2021): row i of the sparse T makes the vector of feature i from a few of the anchors, the rows of A. E is never
 * formed.
 *
 * <p>The number of anchors may change between two steps ({@link #resize}). Anchors that are given up are frozen with
 * their links and come back as they were.
 */
public final class AnchorTable implements InputTable, Stateful {

    private static final int LEAST_PIECE = 16;
    private static final int PIECES = 16;

    private final String name;
    private final AnchorConfig config;
    private final int dimension;
    private RowPlaces places;
    private final AnchorMatrix anchors;
    private SparseFactor transform;
    private AnchorMixer mixer;
    private @Nullable MaskedStep mask;
    private @Nullable Neighbours unrelated;
    private int[] objects = {};
    private float initialScale = 1;
    private long seed;
    private int generation;
    private int drawn;

    /**
     * A table of zeros.
     *
     * @param name what the names of its tensors begin with
     */
    AnchorTable(AnchorConfig config, RowPlaces places, int dimension, String name) {
        this.name = name;
        this.config = config;
        this.places = places;
        this.dimension = dimension;
        boolean softmax = config.mixing() == AnchorConfig.Mixing.SOFTMAX;
        this.anchors = new AnchorMatrix(config.count(), dimension, softmax ? config.sets() : 0);
        this.transform = newTransform();
        hold(transform);
    }

    private SparseFactor newTransform() {
        Shards shards = places.shards();
        int count = anchors.count();
        return config.isSparse() ? new GrowingFactor(shards, count) : new FullFactor(shards, count);
    }

    private void hold(SparseFactor factor) {
        transform = factor;
        mixer = new AnchorMixer(factor, anchors, places, config.mixing() == AnchorConfig.Mixing.SOFTMAX);
    }

    public AnchorConfig config() {
        return config;
    }

    /** T; the live numbers. */
    public SparseFactor transform() {
        return transform;
    }

    /** Row of T of a feature; negative when it has none. */
    public int row(int feature) {
        return places.row(feature);
    }

    /** Number of anchors in use, K. */
    public int count() {
        return anchors.count();
    }

    /** Copies an anchor to the front of an array. @param out float[at least dimension] */
    public void anchor(int number, float[] out) {
        System.arraycopy(anchors.values(), number * dimension, out, 0, dimension);
    }

    /** Gives an anchor the values at the front of an array. @param values float[at least dimension] */
    public void setAnchor(int number, float[] values) {
        System.arraycopy(values, 0, anchors.values(), number * dimension, dimension);
        anchors.refresh();
    }

    /**
     * The object that each anchor is, {@link FreeEntries#NO_OBJECT} for none; a copy, of no elements where anchors have
     * nothing to do with objects.
     */
    public int[] objects() {
        return objects.clone();
    }

    /** What the names of its tensors begin with. */
    String name() {
        return name;
    }

    AnchorMatrix anchors() {
        return anchors;
    }

    AnchorMixer mixer() {
        return mixer;
    }

    RowPlaces places() {
        return places;
    }

    /** Changes whenever the number of anchors or of features does. */
    int generation() {
        return generation;
    }

    /** The proximal step that spares related pairs; empty where all are penalised alike. */
    Optional<MaskedStep> mask() {
        return Optional.ofNullable(mask);
    }

    /** Rows that are not to share anchors; empty where none are known or it has no weight. */
    Optional<Neighbours> unrelated() {
        return Optional.ofNullable(unrelated);
    }

    /**
     * Takes first anchors and links from a start, in place of random ones; where the start has no vectors of this
     * dimension, anchors keep those that were drawn.
     *
     * @throws IllegalArgumentException when the start has another number of anchors
     */
    public void start(AnchorStart start) {
        Require.that(
                start.anchors() == count(), "anchors of the start", "those of the table, " + count(), start.anchors());
        hold(newTransform());
        objects = AnchoredObjects.ofAny(start.objects().clone());
        float[] vectors = start.vectors(dimension);
        if (vectors != null) {
            System.arraycopy(vectors, 0, anchors.values(), 0, vectors.length);
            anchors.refresh();
        }
        int[] columns = new int[Math.max(1, start.links().most())];
        float[] values = new float[columns.length];
        for (int row = 0; row < transform.rows(); row++) {
            transform.insert(row, columns, values, start.links().read(row, columns, values));
        }
    }

    /**
     * Lets training know of relations between the features: links of related ones to anchors that are features are
     * free of the penalty (eq. 32 of the paper), and with a weight of {@code unrelated} in the settings, rows of
     * unrelated features are kept from sharing anchors (eq. 33).
     *
     * @param graph of the features, by their rows
     * @throws IllegalArgumentException when there are related features and no anchor is a feature
     */
    public void relate(RelationGraph graph) {
        Require.that(graph.objects() == places.features(), "objects of the graph", "the features", graph.objects());
        mask = graph.related().pairs() == 0
                ? null
                : new MaskedStep(FreeEntries.of(graph, AnchoredObjects.ofEach(objects, count())));
        unrelated = config.unrelated() == 0 ? null : graph.unrelated();
    }

    @Override
    public int features() {
        return places.features();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void initialise(float scale, long newSeed) {
        initialScale = scale;
        seed = newSeed;
        hold(newTransform());
        drawn = 0;
        drawAnchors();
        new AnchorDraw(config, seed, anchors.count()).links(transform, 0);
    }

    private void drawAnchors() {
        new AnchorDraw(config, seed, anchors.count()).anchors(drawn, anchors.values(), dimension, initialScale);
        drawn = Math.max(drawn, anchors.count());
        anchors.refresh();
    }

    /**
     * Changes the number of anchors in use: the last ones are frozen with their links, or frozen ones come back as they
     * were, before new ones are drawn. Nothing is linked to a new anchor, so that no vector changes; rows get links to
     * it where those lower the loss.
     *
     * @param count new number, at least 1
     * @throws IllegalArgumentException for a mixture of several sets
     */
    public void resize(int count) {
        Require.that(count >= 1 && count <= Character.MAX_VALUE, "count", "in [1, 65535]", count);
        Require.that(config.sets() == 1, "sets", "1 where the number of anchors changes", config.sets());
        anchors.count(count);
        transform.columns(count);
        objects = AnchoredObjects.resized(objects, count);
        drawAnchors();
        generation++;
    }

    /**
     * Brings anchors to the end, from where {@link #resize} takes them: those that vectors have least of, by the sum
     * over rows of |t[k] a[k]|^2. Vectors stay as they are.
     *
     * @param count anchors that stay in front, at least 1
     * @throws IllegalStateException when relations are known, which are of anchors in their places
     */
    public void weakestLast(int count) {
        if (mask != null) {
            throw new IllegalStateException("anchors that relations know of keep their places");
        }
        new WeakestAnchors(transform, anchors).moveBehind(count);
        objects = new int[0]; // known by the places that anchors had
    }

    /**
     * Adds features behind the others, with links as they are at the start.
     *
     * @param features how many there are then, no fewer than before
     * @throws IllegalStateException when features share rows, some have none, or relations are known
     */
    @Override
    public void grow(int features) {
        boolean plain = places.areOfTheirOwn() && mask == null && unrelated == null;
        if (!plain) {
            throw new IllegalStateException("a table gains features only where each has a row and no relations");
        }
        int before = places.features();
        Require.that(features >= before, "features", "at least " + before, features);
        places = new RowPlaces(features, features, Shards.of(features, config.count()), false);
        transform.grow(places.shards());
        new AnchorDraw(config, seed, anchors.count()).links(transform, before);
        hold(transform);
        generation++;
    }

    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        int piece = Math.max(LEAST_PIECE, (batch.rows() + PIECES - 1) / PIECES);
        workers.run((batch.rows() + piece - 1) / piece, (task, worker) -> {
            int from = task * piece;
            int to = Math.min(batch.rows(), from + piece);
            float[] coefficients = new float[(to - from) * anchors.stride()];
            mixer.coefficients(batch, from, to, coefficients, 0);
            mixer.vectors(coefficients, 0, to - from, out, from * dimension);
        });
    }

    @Override
    public long parameters() {
        return anchors.count() * (long) dimension + transform.nnz();
    }

    @Override
    public List<Tensor> tensors() {
        return new AnchorTensors(this).write();
    }

    @Override
    public boolean isFixed() {
        return false;
    }

    @Override
    public void take(List<Tensor> tensors) {
        AnchorTensors.Read read = new AnchorTensors(this).read(tensors);
        int count = read.anchors().length / dimension;
        anchors.count(count);
        System.arraycopy(read.anchors(), 0, anchors.values(), 0, read.anchors().length);
        anchors.refresh();
        objects = read.objects();
        hold(
                config.isSparse() || read.transform() instanceof ByteFactor
                        ? read.transform()
                        : FullFactor.of(read.transform()));
        drawn = count;
        generation++;
    }

    /** {@inheritDoc} Frozen anchors are part of it. */
    @Override
    public void carry(String name, StateCarrier state) {
        anchors.carry(name + ".anchors", state);
        transform.carry(name + ".transform", state);
        objects = state.resized(name + ".objects", objects);
        drawn = (int) state.number(name + ".drawn", drawn);
        generation += state.isRestoring() ? 1 : 0;
    }

    @Override
    public void check() {
        // checked when they are taken over
    }

    @Override
    public double squaredNorm(int feature) {
        SparseBatch batch = new SparseBatch();
        batch.add(new int[] {feature}, new float[] {1}, 1);
        Panel vector = Panel.of(dimension);
        float[] coefficients = new float[anchors.stride()];
        mixer.coefficients(batch, 0, 1, coefficients, 0);
        mixer.vectors(coefficients, 0, 1, vector, 0);
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            double value = vector.values()[vector.at(j)];
            sum += value * value;
        }
        return sum;
    }

    @Override
    public InputTable inBytes() {
        return transform instanceof ByteFactor ? this : with(places, ByteFactor.of(transform));
    }

    @Override
    public InputTable inFloats() {
        return transform instanceof ByteFactor bytes ? with(places, bytes.inFloats()) : this;
    }

    private AnchorTable with(RowPlaces newPlaces, SparseFactor factor) {
        AnchorTable table = new AnchorTable(config, newPlaces, dimension, name);
        table.anchors.count(anchors.count());
        System.arraycopy(anchors.values(), 0, table.anchors.values(), 0, anchors.count() * dimension);
        table.anchors.refresh();
        table.objects = objects;
        table.hold(factor);
        table.drawn = anchors.count();
        return table;
    }

    @Override
    public InputTable select(int[] features) {
        RowPlaces selected = places.select(features, config.count());
        GrowingFactor rows = new GrowingFactor(selected.shards(), anchors.count());
        SparseFactor.View view = new SparseFactor.View();
        int[] columns = new int[anchors.count()];
        float[] values = new float[anchors.count()];
        for (int row = 0; row < rows.rows(); row++) {
            transform.view(places.row(features[row]), view);
            int n = 0;
            for (int j = 0; j < view.length; j++) {
                float value = view.values[view.offset + j];
                if (value != 0) {
                    columns[n] = view.column(j);
                    values[n++] = value;
                }
            }
            rows.insert(row, columns, values, n);
        }
        boolean bytes = transform instanceof ByteFactor;
        AnchorTable table = with(selected, bytes ? ByteFactor.of(rows) : rows);
        table.objects = AnchoredObjects.selected(objects, features);
        return table;
    }

    @Override
    public InputTable.Training training(OptimizerConfig optimizer, int threads) {
        if (transform instanceof ByteFactor) {
            throw new IllegalStateException("a table of 8 bits cannot be trained; a new model may start from it");
        }
        return new AnchorTraining(this, optimizer, threads);
    }
}
