package dev.longtail.living;

import dev.longtail.data.Example;
import dev.longtail.data.RawExample;
import dev.longtail.explain.TextModels;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.PairScorer;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bits of all scores that the arms of a model give to every label, for a few texts. */
final class ArmBits {

    private static final int TEXTS = 8;
    private static final int UNSEEN = 5000;

    private ArmBits() {}

    /** By the ids of the labels. */
    static Map<String, List<Integer>> of(LabelModel model) {
        Map<String, List<Integer>> bits = new LinkedHashMap<>();
        for (int label = 0; label < model.labels().size(); label++) {
            bits.put(model.labels().id(label), new ArrayList<>());
        }
        try (Workers workers = new Workers(2)) {
            for (int number = 0; number < TEXTS; number++) {
                add(model, TextModels.text(UNSEEN + number), workers, bits);
            }
        }
        return bits;
    }

    private static void add(LabelModel model, String text, Workers workers, Map<String, List<Integer>> bits) {
        Example example = new Example();
        model.features().newEncoder().encode(new RawExample().setText(text), example);
        for (int label = 0; label < model.labels().size(); label++) {
            List<Integer> found = bits.get(model.labels().id(label));
            found.add(Float.floatToIntBits(association(model, label, example)));
            found.add(Float.floatToIntBits(direct(model, label, example)));
        }
        if (model.config().embedding()) {
            embedding(model, example, workers, bits);
        }
    }

    private static float association(LabelModel model, int label, Example example) {
        float sum = 0;
        for (int i = 0; i < example.featureCount && model.association().isPresent(); i++) {
            sum += example.weights[i] * model.association().get().weight(label, example.features[i]);
        }
        return sum;
    }

    private static float direct(LabelModel model, int label, Example example) {
        return model.direct()
                .map(arm -> arm.score(label, example.features, example.weights, 0, example.featureCount))
                .orElse(0f);
    }

    /** By the batch and by the single example, which add up in different orders. */
    private static void embedding(LabelModel model, Example example, Workers workers, Map<String, List<Integer>> bits) {
        SparseBatch batch = new SparseBatch();
        for (int row = 0; row < Vectors.lanes(); row++) {
            batch.add(example.features, example.weights, row == 0 ? example.featureCount : 0);
        }
        Workspace workspace = new Workspace(model, batch.rows());
        float[] all = new float[model.labels().size()];
        workspace.scores(batch, workers, (worker, label, scores) -> all[label] = scores[0]);
        Panel hidden = workspace.hidden(batch, workers);
        float[] x = new float[model.body().hidden()];
        for (int unit = 0; unit < x.length; unit++) {
            x[unit] = hidden.values()[hidden.at(unit * batch.rows())];
        }
        PairScorer scorer = model.output().pairScorer();
        float[] one = new float[1];
        for (int label = 0; label < all.length; label++) {
            scorer.score(x, 0, new int[] {label}, 1, one);
            List<Integer> found = bits.get(model.labels().id(label));
            found.add(Float.floatToIntBits(all[label]));
            found.add(Float.floatToIntBits(one[0]));
        }
    }
}
