package dev.longtail.living;

import dev.longtail.data.LabelNames;
import dev.longtail.data.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What has to change in a model when its vocabulary is replaced by another edition. Labels that one edition only holds
 * come or go; those that both name differently are renamed. Labels of the old edition that the model never learned are
 * counted and left alone.
 *
 * @param edits retired labels first, then renamed and new ones, each in the order of the files
 * @param unknown labels that go or are renamed and that the model does not have
 * @param present labels that come and that the model has already
 */
public record VocabularyDifference(List<LabelEdit> edits, int unknown, int present) {

    public VocabularyDifference {
        edits = List.copyOf(edits);
    }

    /** The difference of two editions for the labels of a model. */
    public static VocabularyDifference of(LabelNames before, LabelNames after, LabelSet labels) {
        IdForm form = IdForm.of(labels);
        List<LabelEdit> edits = new ArrayList<>();
        int unknown = 0;
        int present = 0;
        for (String id : before.ids()) {
            if (after.name(id) == null) {
                boolean has = labels.indexOf(form.of(id)) >= 0;
                unknown += has ? 0 : 1;
                if (has) {
                    edits.add(new LabelEdit.Retire(id));
                }
            }
        }
        for (String id : after.ids()) {
            String name = Objects.requireNonNull(after.name(id));
            String old = before.name(id);
            boolean has = labels.indexOf(form.of(id)) >= 0;
            if (old == null && has) {
                present++;
            } else if (old == null) {
                edits.add(new LabelEdit.Add(id, name, List.of(), true));
            } else if (!old.equals(name)) {
                unknown += has ? 0 : 1;
                if (has) {
                    edits.add(new LabelEdit.Rename(id, name));
                }
            }
        }
        return new VocabularyDifference(edits, unknown, present);
    }
}
