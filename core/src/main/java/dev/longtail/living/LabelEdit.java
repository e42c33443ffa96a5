package dev.longtail.living;

import dev.longtail.config.Require;
import java.util.List;

/** One change of the labels of a model; labels are named by their ids, which never change. */
public sealed interface LabelEdit {

    /** Id of the label that is changed. */
    String id();

    /**
     * A label that is not there yet.
     *
     * @param name empty for none
     * @param examples texts that carry the label
     * @param revive whether it may be one that was retired; it starts anew
     */
    record Add(String id, String name, List<String> examples, boolean revive) implements LabelEdit {

        public Add {
            requireId("id", id);
            examples = List.copyOf(examples);
            Require.that(
                    !name.isBlank() || !examples.isEmpty(),
                    "a new label",
                    "one with a name or an example to learn from",
                    id);
        }
    }

    /** A label that is called something else from now on; what it has learned stays. */
    record Rename(String id, String name) implements LabelEdit {

        public Rename {
            requireId("id", id);
        }
    }

    /** A label that is never suggested again. Its id is remembered and not given to another label by mistake. */
    record Retire(String id) implements LabelEdit {

        public Retire {
            requireId("id", id);
        }
    }

    /** A label that is retired and whose examples count for another one from now on. */
    record Merge(String id, String into) implements LabelEdit {

        public Merge {
            requireId("id", id);
            requireId("into", into);
            Require.that(!into.equals(id), "into", "another label than the one that is merged", into);
        }
    }

    private static void requireId(String name, String id) {
        boolean plain = !id.isBlank() && id.chars().noneMatch(Character::isISOControl);
        Require.that(plain, name, "the id of a label, without control characters", id);
    }
}
