package dev.longtail.association;

import dev.longtail.matrix.Tensor;
import java.util.List;

/**
 * Labels of postings, 2 bytes each where 16 bits tell all labels apart, else 4.
 *
 * @param narrow all of them, or empty
 * @param wide all of them, or empty
 */
record LabelIds(char[] narrow, int[] wide) {

    private static final int NARROW = Character.MAX_VALUE + 1;

    /** Whether 2 bytes tell so many labels apart. */
    static boolean areNarrow(int labelCount) {
        return labelCount <= NARROW;
    }

    /** The first {@code count} of {@code ids}. */
    static LabelIds of(int[] ids, int count, int labelCount) {
        boolean few = areNarrow(labelCount);
        char[] narrow = new char[few ? count : 0];
        int[] wide = new int[few ? 0 : count];
        for (int i = 0; i < count; i++) {
            if (few) {
                narrow[i] = (char) ids[i];
            } else {
                wide[i] = ids[i];
            }
        }
        return new LabelIds(narrow, wide);
    }

    boolean isNarrow() {
        return wide.length == 0;
    }

    int size() {
        return narrow.length + wide.length;
    }

    int at(int place) {
        return isNarrow() ? narrow[place] : wide[place];
    }

    /** Of the type that so many labels have, also where there is no label. */
    Tensor tensor(String name, int labelCount) {
        List<Long> shape = List.of((long) size());
        return areNarrow(labelCount)
                ? new Tensor.Chars(name, shape, List.of(narrow))
                : new Tensor.Ints(name, shape, List.of(wide));
    }
}
