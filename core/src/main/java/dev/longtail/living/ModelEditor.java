package dev.longtail.living;

import dev.longtail.association.AssociationArm;
import dev.longtail.association.AssociationRow;
import dev.longtail.association.RecoveredCounts;
import dev.longtail.config.Settings;
import dev.longtail.data.LabelSet;
import dev.longtail.direct.DirectArm;
import dev.longtail.direct.DirectScorer;
import dev.longtail.living.LabelState.Scorer;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.output.LabelRowEditor;
import dev.longtail.output.OutputRow;
import dev.longtail.train.LabelConfig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes the rows of single labels out of a finished model, and puts models together of its labels and others. The model
 * stays as it is; a new one shares table and body with it, so neither may be trained.
 */
final class ModelEditor {

    private final LabelModel model;
    private final LabelConfig config;
    private final LabelRowEditor output;
    private final Optional<RecoveredCounts> counts;

    /**
     * An editor.
     *
     * @param config settings that the model was made with
     * @throws IllegalArgumentException when labels of the model cannot be changed one by one
     */
    ModelEditor(LabelModel model, LabelConfig config) {
        this.model = model;
        this.config = config;
        this.output = LabelRowEditor.of(model.output());
        this.counts = model.association()
                .map(arm -> new RecoveredCounts(arm, config.train().association()));
    }

    LabelModel model() {
        return model;
    }

    LabelConfig config() {
        return config;
    }

    LabelRowEditor output() {
        return output;
    }

    Optional<RecoveredCounts> counts() {
        return counts;
    }

    /** What the model knows of a label. */
    LabelState read(int label) {
        return new LabelState(
                model.labels().frequency(label),
                counts.map(found -> vector(found.counts(label))).orElse(SparseVector.ZERO),
                model.direct().map(arm -> readDirect(label)).orElse(Scorer.NONE),
                scorer(output.row(label)));
    }

    private static SparseVector vector(AssociationRow row) {
        return SparseVector.of(row.features(), row.values(), row.features().length);
    }

    private static Scorer scorer(DirectArm arm, int label) {
        DirectScorer scorer = arm.scorer(label);
        return new Scorer(
                SparseVector.of(scorer.features(), scorer.weights(), scorer.features().length), scorer.bias());
    }

    private static Scorer scorer(OutputRow row) {
        return new Scorer(SparseVector.of(row.inputs(), row.weights(), row.inputs().length), row.bias());
    }

    /** The scorer of a label in the direct arm alone, which the model has. */
    Scorer readDirect(int label) {
        return scorer(model.direct().orElseThrow(), label);
    }

    /** The row of a label in the output layer alone. */
    Scorer readOutput(int label) {
        return scorer(output.row(label));
    }

    /**
     * A model with settings.
     *
     * @param config those of the model that it was made of, with connections as they are now
     */
    record Edited(LabelModel model, LabelConfig config) {}

    /**
     * A model of other labels. Those that come from the first have the very numbers that they have there, so that their
     * scores are the same to the bit.
     *
     * @param labels of the new model
     * @param from label of the first that each one is, ascending, -1 for one that only {@code learned} knows
     * @param learned what is known of labels that are new or have changed, by the new numbers
     */
    Edited edit(LabelSet labels, int[] from, Map<Integer, LabelState> learned) {
        LabelConfig changed = Settings.override(config, settings());
        Map<Integer, OutputRow> rows = each(learned, ModelEditor::row);
        LabelModel edited = model.withLabels(changed.model(), labels, output.withLabels(from, rows));
        edited.association(model.association().map(arm -> associations(arm, from, learned)));
        edited.direct(model.direct().map(arm -> arm.withLabels(from, each(learned, ModelEditor::direct))));
        edited.mixture(model.mixture());
        edited.calibrate(model.calibration().map(calibration -> calibration.renumbered(now(from))));
        return new Edited(edited, changed);
    }

    private static <T> Map<Integer, T> each(Map<Integer, LabelState> states, Function<LabelState, T> part) {
        Map<Integer, T> parts = new HashMap<>();
        states.forEach((label, state) -> parts.put(label, part.apply(state)));
        return parts;
    }

    private AssociationArm associations(AssociationArm arm, int[] from, Map<Integer, LabelState> learned) {
        RecoveredCounts recovered = counts.orElseThrow();
        return arm.withLabels(
                from,
                each(
                        learned,
                        state -> recovered.weights(new AssociationRow(
                                state.counts().ids(), state.counts().floats()))));
    }

    private static DirectScorer direct(LabelState state) {
        SparseVector weights = state.direct().weights();
        return new DirectScorer(
                weights.ids(), weights.floats(), (float) state.direct().bias());
    }

    private static OutputRow row(LabelState state) {
        SparseVector weights = state.output().weights();
        return new OutputRow((float) state.output().bias(), weights.ids(), weights.floats());
    }

    /** New number of each label of the model. */
    private int[] now(int[] from) {
        int[] now = new int[model.labels().size()];
        Arrays.fill(now, -1);
        for (int label = 0; label < from.length; label++) {
            if (from[label] >= 0) {
                now[from[label]] = label;
            }
        }
        return now;
    }

    /** No groups, which would share connections, and fan-ins as they are in place of a density of so many labels. */
    private Map<String, String> settings() {
        ModelConfig shape = model.config();
        Map<String, String> settings = new HashMap<>();
        settings.put("model.output.group", "1");
        if (shape.sparsity().isGiven()) {
            settings.put("model.sparsity.density", "0");
            settings.put("model.output.fanIn", Integer.toString(shape.output().fanIn()));
            settings.put(
                    "model.body.intermediateFanIn",
                    Integer.toString(shape.body().intermediateFanIn()));
        }
        return settings;
    }
}
