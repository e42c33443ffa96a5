package dev.longtail.explain;

import dev.longtail.association.AssociationArm;
import dev.longtail.data.Example;
import dev.longtail.direct.DirectArm;
import dev.longtail.kernel.Panel;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The features that would have spoken most for a label and that an example does not have. Looks at every feature. */
final class MissingWords {

    private static final int BLOCK = 1024;

    private final LabelModel model;
    private final int most;
    private final Workers workers;

    /** @param most words of each arm */
    MissingWords(LabelModel model, int most, Workers workers) {
        this.model = model;
        this.most = most;
        this.workers = workers;
    }

    /** Of each arm that counts in the score, the words of the largest gains. */
    List<MissingWord> of(int label, Example example, ExampleWords words, ExampleParts parts) {
        List<MissingWord> missing = new ArrayList<>();
        if (most == 0) {
            return missing;
        }
        boolean[] present = new boolean[model.features().size()];
        for (int i = 0; i < example.featureCount; i++) {
            present[example.features[i]] = true;
        }
        Mixture mixture = model.mixture();
        AssociationArm association = model.association().orElse(null);
        if (association != null) {
            IntToDoubleFunction gain = feature -> mixture.association() * association.weight(label, feature);
            missing.addAll(strongest(Arm.ASSOCIATION, present, words, gain));
        }
        EmbeddingParts embedding = parts.embedding();
        if (embedding != null) {
            double[] gains = embeddingGains(embedding.new Score(label).dBag());
            double factor = mixture.embedding() * embedding.scale();
            missing.addAll(strongest(Arm.EMBEDDING, present, words, feature -> factor * gains[feature]));
        }
        DirectArm direct = model.direct().orElse(null);
        if (direct != null) {
            IntToDoubleFunction gain = feature -> mixture.direct() * direct.weight(label, feature);
            missing.addAll(strongest(Arm.DIRECT, present, words, gain));
        }
        return missing;
    }

    /** The product of every feature's vector with a vector, double[features]. */
    private double[] embeddingGains(double[] dBag) {
        double[] gains = new double[model.features().size()];
        int[] features = new int[BLOCK];
        for (int first = 0; first < gains.length; first += BLOCK) {
            int start = first;
            int count = Math.min(BLOCK, gains.length - first);
            Arrays.setAll(features, i -> start + i);
            Panel vectors = EmbeddingParts.vectors(model, features, count, workers);
            workers.run(count, (i, worker) -> gains[start + i] = product(vectors, i, dBag));
        }
        return gains;
    }

    private static double product(Panel vectors, int row, double[] dBag) {
        double sum = 0;
        int from = vectors.at(row * dBag.length);
        for (int j = 0; j < dBag.length; j++) {
            sum += vectors.values()[from + j] * dBag[j];
        }
        return sum;
    }

    /** @param perWeight gain for each unit of a feature's weight */
    private List<MissingWord> strongest(Arm arm, boolean[] present, ExampleWords words, IntToDoubleFunction perWeight) {
        Comparator<MissingWord> order = Comparator.comparingDouble(MissingWord::gain)
                .thenComparing(MissingWord::feature, Comparator.reverseOrder());
        PriorityQueue<MissingWord> kept = new PriorityQueue<>(order);
        for (int feature : IntStream.range(0, present.length)
                .filter(f -> !present[f] && words.isNamed(f))
                .toArray()) {
            double unit = perWeight.applyAsDouble(feature);
            double gain = unit > 0 ? unit * words.weightIfPresent(feature) : 0;
            if (gain > 0 && (kept.size() < most || gain > kept.element().gain())) {
                kept.add(new MissingWord(arm, feature, model.features().name(feature), gain));
                if (kept.size() > most) {
                    kept.remove();
                }
            }
        }
        return kept.stream().sorted(order.reversed()).toList();
    }
}
