package dev.longtail.living;

import dev.longtail.config.InputException;
import dev.longtail.data.LabelSet;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.LabelChanges;
import dev.longtail.format.RetiredLabel;
import dev.longtail.living.LabelPlan.Planned;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.LabelConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the labels of a finished model without training it again. Scores of all labels that no change is about have
 * the same bits before and after. Labels that stay keep their order; new ones follow.
 */
public final class LabelEditor {

    private final LabelModel model;
    private final LabelConfig config;
    private final Map<String, RetiredLabel> gone;
    private final Workers workers;

    /**
     * An editor of a model, which stays as it is.
     *
     * @param config settings that the model was made with
     * @param gone labels that the model had once, by id
     */
    public LabelEditor(LabelModel model, LabelConfig config, Map<String, RetiredLabel> gone, Workers workers) {
        this.model = model;
        this.config = config;
        this.gone = gone;
        this.workers = workers;
    }

    /**
     * A model whose labels were changed.
     *
     * @param model shares with the first what was not changed, so neither may be trained
     * @param config settings of the first, with connections as they are now
     * @param retired every label that the model had once and has no more, by id
     * @param unlearned ids of new labels in whose name and examples the model knows no feature: they are there, but
     *     nothing suggests them before they have learned from feedback
     */
    public record EditedModel(
            LabelModel model,
            LabelConfig config,
            LabelChanges changes,
            Map<String, RetiredLabel> retired,
            List<String> unlearned) {}

    /**
     * Makes changes, all or none.
     *
     * @throws InputException at the first change that is not possible
     * @throws IllegalArgumentException when labels of such a model cannot be changed
     */
    public EditedModel apply(EditList edits) {
        LabelPlan plan = new LabelPlan(model.labels(), gone, edits);
        if (plan.changes().added() > 0 && !(model.features() instanceof TextFeatureSpace)) {
            throw new InputException(
                    edits.source(),
                    0,
                    "a model of numbered features learns no new label from texts; train it again, or retire, rename and"
                            + " merge labels only");
        }
        ModelEditor editor = new ModelEditor(model, config);
        LabelLearner learner = new LabelLearner(editor, workers);
        Map<Integer, LabelState> learned = new HashMap<>();
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> unlearned = new ArrayList<>();
        int[] frequencies = new int[plan.labels().size()];
        plan.labels().forEach((id, label) -> {
            int number = ids.size();
            ids.add(id);
            names.add(label.name());
            frequencies[number] =
                    label.source() == LabelPlan.NEW ? 0 : model.labels().frequency(label.source());
            if (!label.isUnchanged()) {
                LabelState state = state(label, editor, learner);
                learned.put(number, state);
                frequencies[number] = state.frequency();
                if (state.isBlank()) {
                    unlearned.add(id);
                }
            }
        });
        ModelEditor.Edited edited = editor.edit(new LabelSet(ids, names, frequencies), plan.sources(), learned);
        return new EditedModel(edited.model(), edited.config(), plan.changes(), plan.retired(), unlearned);
    }

    private static LabelState state(Planned label, ModelEditor editor, LabelLearner learner) {
        LabelState state = label.source() == LabelPlan.NEW
                ? learner.first(label.name(), label.examples())
                : editor.read(label.source());
        for (Planned other : label.merged()) {
            state = learner.merge(state, state(other, editor, learner));
        }
        return state;
    }
}
