package dev.longtail.bench.peer;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.sgd.linear.LinearSGDTrainer;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Tribuo's linear multi-label model: binary cross-entropy by AdaGrad, weights and gradients dense in the labels. */
final class TribuoSgd implements Contender {

    private static final int EPOCHS = 20;
    private static final double LEARNING_RATE = 0.1;

    /** Tribuo reports every step; a strong reference, or the level would be forgotten. */
    private static final Logger LOGGER = Logger.getLogger("org.tribuo");

    private final MultiLabelFactory factory = new MultiLabelFactory();
    private @Nullable Model<MultiLabel> model;
    private long modelBytes;

    @Override
    public @Nullable String obstacle(PeerData data) {
        double weights = bytes(data);
        long memory = Runtime.getRuntime().maxMemory();
        // AdaGrad's sums are as large as the weights.
        if (2 * weights <= memory) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "dense weights of %,d features x %,d labels take %.1f GB and AdaGrad's sums as much again; a heap of"
                        + " %.1f GB is there",
                data.features(),
                data.labels().size(),
                weights / 1e9,
                memory / 1e9);
    }

    private static double bytes(PeerData data) {
        return (double) Double.BYTES * data.labels().size() * (data.features() + 1);
    }

    @Override
    public void train(PeerData data) {
        LOGGER.setLevel(Level.WARNING);
        MutableDataset<MultiLabel> train =
                new MutableDataset<>(new SimpleDataSourceProvenance("training examples", factory), factory);
        Example example = new Example();
        for (int i = 0; i < data.train().size(); i++) {
            data.train().read(i, example);
            if (example.featureCount > 0) {
                train.add(of(example));
            }
        }
        modelBytes = (long) bytes(data);
        model = new LinearSGDTrainer(
                        new BinaryCrossEntropy(), new AdaGrad(LEARNING_RATE), EPOCHS, Integer.MAX_VALUE, 1, 1)
                .train(train);
    }

    private static ArrayExample<MultiLabel> of(Example example) {
        Set<Label> labels = new HashSet<>();
        for (int label = 0; label < example.labelCount; label++) {
            labels.add(new Label(Integer.toString(example.labels[label])));
        }
        String[] names = new String[example.featureCount];
        double[] values = new double[example.featureCount];
        for (int i = 0; i < names.length; i++) {
            names[i] = Integer.toString(example.features[i]);
            values[i] = example.weights[i];
        }
        return new ArrayExample<>(new MultiLabel(labels), names, values);
    }

    @Override
    public List<int[]> rank(PeerData data, Examples test) {
        Model<MultiLabel> trained = Objects.requireNonNull(model, "train first");
        List<int[]> ranked = new ArrayList<>();
        Example example = new Example();
        for (int i = 0; i < test.size(); i++) {
            test.read(i, example);
            Best best = new Best(PeerData.RANKS);
            if (example.featureCount > 0) { // Tribuo refuses examples without features
                Map<String, MultiLabel> scores = trained.predict(of(example)).getOutputScores();
                scores.forEach((label, scored) -> best.offer(
                        Integer.parseInt(label),
                        scored.getLabelScore(new Label(label)).orElseThrow()));
            }
            ranked.add(best.items());
        }
        return ranked;
    }

    @Override
    public long modelBytes() {
        return modelBytes;
    }
}
