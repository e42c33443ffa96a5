package dev.longtail.model;

import dev.longtail.association.AssociationArm;
import dev.longtail.body.Body;
import dev.longtail.body.BodyConfig;
import dev.longtail.calibration.Calibration;
import dev.longtail.cluster.LabelClusters;
import dev.longtail.config.Require;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.LabelSet;
import dev.longtail.direct.DirectArm;
import dev.longtail.matrix.Parameters;
import dev.longtail.matrix.Tensor;
import dev.longtail.output.NoLayer;
import dev.longtail.output.OutputLayer;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.table.InputTable;
import dev.longtail.table.NoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model that scores labels by up to three arms: the embedding arm, which is input table, body and output layer, an
 * association arm and a direct arm; with the feature space and the labels they belong to. Immutable but for its arrays,
 * its other arms, their mixture and its calibration, which training changes, and for {@link #toBytes}; any number of
 * threads may read it at once.
 */
public final class LabelModel implements Parameters {

    /** What the names of tensors of the output layer begin with. */
    private static final String OUTPUT = "output.";

    private final ModelConfig config;
    private final FeatureSpace features;
    private final LabelSet labels;
    private final int trainExamples;
    private InputTable table;
    private final Body body;
    private OutputLayer output;
    private @Nullable AssociationArm association;
    private @Nullable DirectArm direct;
    private Mixture mixture = Mixture.EMBEDDING;
    private @Nullable Calibration calibration;

    /**
     * A model of zeros.
     *
     * @param trainExamples number of training examples, of which the labels' frequencies are parts
     */
    public LabelModel(ModelConfig config, FeatureSpace features, LabelSet labels, int trainExamples) {
        this(
                config,
                features,
                labels,
                trainExamples,
                config.forLabels(labels.size()).body()::newBody);
    }

    /**
     * A model of zeros with a body of another kind.
     *
     * @param trainExamples number of training examples, of which the labels' frequencies are parts
     * @param newBody makes a body over bags of a length; what the shape says of the body does not count
     */
    public LabelModel(
            ModelConfig config, FeatureSpace features, LabelSet labels, int trainExamples, IntFunction<Body> newBody) {
        this.config = config.forLabels(labels.size());
        this.features = features;
        this.labels = labels;
        this.trainExamples = trainExamples;
        if (this.config.embedding()) {
            this.table = this.config.table().newTable(features);
            this.body = newBody.apply(table.dimension());
            this.output = this.config.output().newLayer(labels.size(), body.hidden());
        } else {
            this.table = new NoTable(features.size());
            this.body = new BodyConfig(0, 0).newBody(0);
            this.output = new NoLayer(labels.size());
        }
    }

    /** Both ends and what is between them. */
    private record Parts(InputTable table, Body body, OutputLayer output) {}

    private LabelModel(ModelConfig config, FeatureSpace features, LabelSet labels, int trainExamples, Parts parts) {
        this.config = config;
        this.features = features;
        this.labels = labels;
        this.trainExamples = trainExamples;
        this.table = parts.table;
        this.body = parts.body;
        this.output = parts.output;
    }

    /**
     * A model of zeros in the form in which it is stored, to be read into.
     *
     * @param trainExamples number of training examples, of which the labels' frequencies are parts
     */
    public static LabelModel stored(ModelConfig config, FeatureSpace features, LabelSet labels, int trainExamples) {
        if (!config.isStoredInBytes() || !config.embedding()) {
            return new LabelModel(config, features, labels, trainExamples);
        }
        ModelConfig shape = config.forLabels(labels.size());
        InputTable table = shape.table().newByteTable(features);
        Body body = shape.body().newBody(table.dimension());
        OutputLayer output = shape.output().newByteLayer(labels.size(), body.hidden());
        return new LabelModel(shape, features, labels, trainExamples, new Parts(table, body, output));
    }

    /**
     * A model with other ends, and body and labels of this one; without other arms and not calibrated, since its scores
     * are others.
     *
     * @param shape of the new model
     */
    public LabelModel withEnds(ModelConfig shape, FeatureSpace space, InputTable first, OutputLayer last) {
        return new LabelModel(
                shape.forLabels(labels.size()), space, labels, trainExamples, new Parts(first, body, last));
    }

    /**
     * A model of other labels, with table and body of this one; without other arms and not calibrated.
     *
     * @param shape of the new model
     * @param others its labels
     * @param last scores them
     */
    public LabelModel withLabels(ModelConfig shape, LabelSet others, OutputLayer last) {
        Require.that(last.labels() == others.size(), "labels of the output layer", "" + others.size(), last.labels());
        return new LabelModel(shape, features, others, trainExamples, new Parts(table, body, last));
    }

    /**
     * Holds table and output weights in 8 bits from now on. The model can no longer be trained; its calibration, of
     * scores that differ a little, is left as it is.
     *
     * @throws IllegalArgumentException when a number is not finite
     */
    public void toBytes() {
        table = table.inBytes();
        output = output.inBytes();
    }

    /**
     * Draws the first values and connections.
     *
     * @param clusters of the labels, where the shape asks for them
     */
    public void initialise(Optional<LabelClusters> clusters, long seed) {
        table.initialise(config.table().initialScale(), RandomStream.key(seed, 0, 1));
        body.initialise(RandomStream.key(seed, 0, 2));
        float[] bias = new float[labels.size()];
        for (int label = 0; label < bias.length; label++) {
            // half a count on either side keeps the log odds finite
            float share = (labels.frequency(label) + 0.5f) / (trainExamples + 1f);
            bias[label] = config.loss().initialBias(share) - config.output().slack();
        }
        output.initialise(new OutputLayer.Start(bias, clusters, RandomStream.key(seed, 0, 3)));
    }

    /**
     * Takes over table and body of another model with the same features; a table of 8 bits becomes one of 32. Where
     * the body of that model has learned nothing, only the table is taken over, and the body of this one keeps its
     * values.
     *
     * @throws IllegalArgumentException when the feature spaces or the shapes differ, or a model has no embedding arm
     */
    public void takeEncoder(LabelModel from) {
        Require.that(
                config.embedding() && from.config.embedding(),
                "model.embedding",
                "true for both models where an encoder is taken over",
                config.embedding() + " here and " + from.config.embedding() + " there");
        Require.that(
                features.equals(from.features),
                "the feature space",
                "that of the model whose encoder is taken over, " + from.features.size() + " features",
                features.size() + (features.size() == from.features.size() ? " others" : ""));
        List<Tensor> first = from.table.inFloats().tensors();
        boolean withBody = !from.body.tensors().isEmpty();
        List<Tensor> to = new ArrayList<>(table.isFixed() ? table.tensors() : List.of());
        List<Tensor> source = new ArrayList<>(table.isFixed() ? first : List.of());
        if (withBody) {
            to.addAll(body.tensors());
            source.addAll(from.body.tensors());
        }
        Tensors.copy(source, to);
        if (!table.isFixed()) {
            table.take(first);
        }
        body.check();
    }

    /**
     * Takes over what has been read into the tensors.
     *
     * @throws IllegalArgumentException when that is no model of this shape
     */
    public void check() {
        table.check();
        body.check();
        output.check();
    }

    /** The shape; with a density, its fan-ins are the computed ones. */
    public ModelConfig config() {
        return config;
    }

    /** What turns text or numbers into features. */
    public FeatureSpace features() {
        return features;
    }

    public LabelSet labels() {
        return labels;
    }

    /** Number of training examples. */
    public int trainExamples() {
        return trainExamples;
    }

    public InputTable table() {
        return table;
    }

    public Body body() {
        return body;
    }

    public OutputLayer output() {
        return output;
    }

    /**
     * Gives the model an arm that finds the candidates of the other arms, or takes it away.
     *
     * @param counted an arm for the model's labels and features, none to search the output layer
     */
    public void association(Optional<AssociationArm> counted) {
        counted.ifPresent(arm -> requireFit("association", arm.labels(), arm.features()));
        association = counted.orElse(null);
    }

    /** The arm that finds candidates by counts; empty when all labels are searched by the embedding arm. */
    public Optional<AssociationArm> association() {
        return Optional.ofNullable(association);
    }

    /**
     * Gives the model an arm that scores likely labels straight from the features, or takes it away.
     *
     * @param learned an arm for the model's labels and features, none to score without it
     */
    public void direct(Optional<DirectArm> learned) {
        learned.ifPresent(arm -> requireFit("direct", arm.labels(), arm.features()));
        direct = learned.orElse(null);
    }

    private void requireFit(String arm, int armLabels, int armFeatures) {
        Require.that(
                armLabels == labels.size() && armFeatures == features.size(),
                "the " + arm + " arm",
                "for " + labels.size() + " labels and " + features.size() + " features",
                armLabels + " and " + armFeatures);
    }

    /** The arm that scores likely labels straight from the features; empty when there is none. */
    public Optional<DirectArm> direct() {
        return Optional.ofNullable(direct);
    }

    /** Sets what each arm counts in a score. */
    public void mixture(Mixture weights) {
        mixture = weights;
    }

    /** What each arm counts in a score. */
    public Mixture mixture() {
        return mixture;
    }

    /**
     * What labels are searched by; nothing of the output layer where the association arm finds the candidates.
     *
     * @throws IllegalArgumentException when the model cannot be searched so
     */
    public SearchIndex index(SearchConfig config, Workers workers) {
        if (association == null) {
            return output.index(config, workers);
        }
        Require.that(
                config.mode() == SearchConfig.Mode.EXACT,
                "search",
                "exact for a model whose association arm finds the candidates",
                "pruned");
        return new ByAssociation();
    }

    /** An exact search that scores each example for itself: fast for one. */
    public SearchIndex indexForEach() {
        return association == null ? output.indexForEach() : new ByAssociation();
    }

    /**
     * Lets probabilities be those of a calibration of this model's scores, or those of the loss again.
     *
     * @param learned none to have no calibration
     */
    public void calibrate(Optional<Calibration> learned) {
        calibration = learned.orElse(null);
    }

    /** What probabilities come from; empty when they are those of the loss. */
    public Optional<Calibration> calibration() {
        return Optional.ofNullable(calibration);
    }

    /**
     * The probability, in [0, 1], that a label is right: calibrated, or what the loss makes of the score.
     *
     * @param rank place of the label among those of the example, the best one 0
     */
    public double probability(int label, int rank, float score) {
        return calibration == null ? config.loss().probability(score) : calibration.probability(label, rank, score);
    }

    /** Table, body and output layer under their names in the model file. */
    public List<Tensor> tensors() {
        return all();
    }

    @Override
    public List<Tensor> fixed() {
        List<Tensor> tensors = new ArrayList<>(table.isFixed() ? table.tensors() : List.of());
        tensors.addAll(body.tensors());
        tensors.addAll(output.tensors());
        return tensors;
    }

    @Override
    public List<Tensor> changing() {
        List<Tensor> tensors = new ArrayList<>(table.isFixed() ? List.of() : table.tensors());
        tensors.addAll(output.changing());
        return tensors;
    }

    @Override
    public void take(List<Tensor> changing) {
        Map<Boolean, List<Tensor>> ends = changing.stream()
                .collect(Collectors.partitioningBy(tensor -> tensor.name().startsWith(OUTPUT)));
        output.take(ends.getOrDefault(true, List.of()));
        if (!table.isFixed()) {
            table.take(ends.getOrDefault(false, List.of()));
        }
    }
}
