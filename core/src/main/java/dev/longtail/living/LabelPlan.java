package dev.longtail.living;

import dev.longtail.config.InputException;
import dev.longtail.data.LabelSet;
import dev.longtail.format.LabelChanges;
import dev.longtail.format.RetiredLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes of labels carried out on their names alone: which labels there will be, where each comes from, and whether
 * all changes are possible. Labels that stay keep their order, new ones follow.
 */
final class LabelPlan {

    /** Number in the old model of a label that is new. */
    static final int NEW = -1;

    private final IdForm form;
    private final Map<String, Planned> planned = new LinkedHashMap<>();
    private final Map<String, RetiredLabel> retired;
    private LabelChanges changes = LabelChanges.NONE;

    /**
     * A label of the new model.
     *
     * @param source its number in the old one, or {@link #NEW}
     * @param examples of a new label
     * @param merged labels whose examples count for this one
     */
    record Planned(int source, String name, List<String> examples, List<Planned> merged) {

        private Planned named(String other) {
            return new Planned(source, other, examples, merged);
        }

        private Planned with(Planned other) {
            List<Planned> all = new ArrayList<>(merged);
            all.add(other);
            return new Planned(source, name, examples, all);
        }

        /** Whether the rows are those of the old model. */
        boolean isUnchanged() {
            return source != NEW && merged.isEmpty();
        }
    }

    /**
     * Carries out changes.
     *
     * @param gone labels that the model had once
     * @throws InputException at the first change that is not possible
     */
    LabelPlan(LabelSet before, Map<String, RetiredLabel> gone, EditList list) {
        this.form = IdForm.of(before);
        this.retired = new LinkedHashMap<>(gone);
        for (int label = 0; label < before.size(); label++) {
            planned.put(before.id(label), new Planned(label, before.name(label), List.of(), List.of()));
        }
        for (int number = 0; number < list.edits().size(); number++) {
            try {
                apply(list.edits().get(number));
            } catch (IllegalArgumentException e) {
                throw list.wrong(number, String.valueOf(e.getMessage()));
            }
        }
        if (planned.isEmpty()) {
            throw list.wrong(list.edits().size(), "no label would be left; a model has at least one");
        }
    }

    private void apply(LabelEdit edit) {
        String id = form.of(edit.id());
        if (edit instanceof LabelEdit.Add add) {
            add(id, add);
            return;
        }
        Planned label = known(id);
        if (edit instanceof LabelEdit.Rename rename) {
            planned.put(id, label.named(rename.name()));
            count(new LabelChanges(0, 1, 0, 0, 0, 0));
        } else if (edit instanceof LabelEdit.Merge merge) {
            String into = form.of(merge.into());
            Planned other = known(into);
            planned.put(into, other.with(label));
            retire(id, label, into);
            count(new LabelChanges(0, 0, 0, 1, 0, 0));
        } else {
            retire(id, label, "");
            count(new LabelChanges(0, 0, 1, 0, 0, 0));
        }
    }

    private void add(String id, LabelEdit.Add add) {
        if (planned.containsKey(id)) {
            throw new IllegalArgumentException("label " + id + " is there already, by the name '"
                    + known(id).name() + "'; rename it instead");
        }
        if (retired.containsKey(id) && !add.revive()) {
            throw new IllegalArgumentException("label " + id + " was retired and its id is remembered; say that it is"
                    + " to be revived, or give the new label another id");
        }
        retired.remove(id);
        planned.put(id, new Planned(NEW, add.name(), add.examples(), List.of()));
        count(new LabelChanges(1, 0, 0, 0, add.examples().size(), 0));
    }

    private void retire(String id, Planned label, String into) {
        planned.remove(id);
        retired.put(id, new RetiredLabel(label.name(), into));
    }

    private Planned known(String id) {
        Planned label = planned.get(id);
        if (label != null) {
            return label;
        }
        throw new IllegalArgumentException(
                retired.containsKey(id)
                        ? "label " + id + " was retired before"
                        : "the model has no label " + id + "; longtail labels list shows what it has");
    }

    private void count(LabelChanges more) {
        changes = new LabelChanges(
                changes.added() + more.added(),
                changes.renamed() + more.renamed(),
                changes.retired() + more.retired(),
                changes.merged() + more.merged(),
                changes.examples() + more.examples(),
                changes.feedback());
    }

    /** Labels of the new model by id, in their order. */
    Map<String, Planned> labels() {
        return planned;
    }

    /** Labels that the new model has no more, by id. */
    Map<String, RetiredLabel> retired() {
        return retired;
    }

    LabelChanges changes() {
        return changes;
    }

    /** Number in the old model of each label of the new one. */
    int[] sources() {
        return planned.values().stream().mapToInt(Planned::source).toArray();
    }
}
