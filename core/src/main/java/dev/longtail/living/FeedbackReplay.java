package dev.longtail.living;

import dev.longtail.data.LabelSet;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.LabelModelFolder.Stored;
import dev.longtail.output.LabelRowEditor;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Feedback learned one after the other on top of a stored model, which stays as it is. For one thread. */
final class FeedbackReplay {

    private final Stored base;
    private final Workers workers;
    private final IdForm form;
    private final Map<Integer, LabelState> learned = new TreeMap<>();
    private @Nullable Rows rows;

    /** What is made when there is something to learn. */
    private record Rows(ModelEditor editor, LabelLearner learner) {}

    FeedbackReplay(Stored base, Workers workers) {
        this.base = base;
        this.workers = workers;
        this.form = IdForm.of(base.model().labels());
    }

    /** @throws IllegalArgumentException when the model cannot learn from feedback, or has not all its labels */
    void check(Feedback feedback) {
        if (!(base.model().features() instanceof TextFeatureSpace)) {
            throw new IllegalArgumentException("a model of numbered features learns nothing from texts");
        }
        LabelRowEditor.of(base.model().output());
        feedback.accepted().forEach(this::label);
        feedback.rejected().forEach(this::label);
    }

    private int label(String id) {
        int label = base.model().labels().indexOf(form.of(id));
        if (label < 0) {
            throw new IllegalArgumentException("the model has no label " + id);
        }
        return label;
    }

    /** Learns; labels do not depend on each other. */
    void add(Feedback feedback) {
        LabelLearner learner = rows().learner;
        Document document = learner.read(feedback.text());
        feedback.accepted().forEach(id -> step(id, state -> learner.accept(state, document)));
        feedback.rejected().forEach(id -> step(id, state -> learner.reject(state, document)));
    }

    private void step(String id, UnaryOperator<LabelState> step) {
        int label = label(id);
        LabelState before = learned.get(label);
        learned.put(label, step.apply(before == null ? rows().editor.read(label) : before));
    }

    private Rows rows() {
        if (rows == null) {
            ModelEditor editor = new ModelEditor(base.model(), base.config());
            rows = new Rows(editor, new LabelLearner(editor, workers));
        }
        return rows;
    }

    /** The stored model with what was learned. */
    Stored stored() {
        if (learned.isEmpty()) {
            return base;
        }
        LabelSet labels = base.model().labels();
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int[] frequencies = labels.frequencies();
        for (int label = 0; label < labels.size(); label++) {
            ids.add(labels.id(label));
            names.add(labels.name(label));
        }
        learned.forEach((label, state) -> frequencies[label] = state.frequency());
        ModelEditor.Edited edited = rows().editor
                .edit(
                        new LabelSet(ids, names, frequencies),
                        IntStream.range(0, labels.size()).toArray(),
                        learned);
        return new Stored(edited.model(), edited.config(), base.manifest(), base.bytes());
    }
}
