package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Corrections of single labels, which are added to their log odds, see {@link ShiftFit}. Labels with fewer suggestions
 * than asked for have none.
 */
final class LabelShifts {

    static final String LABELS = "shifts.labels";
    static final String LOG_ODDS = "shifts.logOdds";

    static final LabelShifts NONE = new LabelShifts(new int[0], new float[0]);

    private final int[] labels;
    private final float[] shifts;

    /**
     * @param labels ascending and distinct, at least 0
     * @param shifts of their log odds, finite, one for each label
     */
    LabelShifts(int[] labels, float[] shifts) {
        Require.that(shifts.length == labels.length, LOG_ODDS, "as many as labels, " + labels.length, shifts.length);
        for (int i = 0; i < labels.length; i++) {
            Require.that(labels[i] >= 0 && (i == 0 || labels[i] > labels[i - 1]), LABELS, "ascending", labels[i]);
            Require.that(Float.isFinite(shifts[i]), LOG_ODDS, "finite", shifts[i]);
        }
        this.labels = labels;
        this.shifts = shifts;
    }

    /**
     * Learns shifts.
     *
     * @param logOdds by suggestion, before the shift
     * @param evidence suggestions that a label needs, at least 1
     */
    static LabelShifts fit(HeldOut heldOut, double[] logOdds, int evidence) {
        Groups groups = Groups.of(heldOut.byScore(), heldOut.labels(), heldOut::label);
        double[] fitted = new ShiftFit(heldOut, logOdds, groups).run();
        int[] labels = new int[fitted.length];
        float[] shifts = new float[fitted.length];
        int count = 0;
        for (int label = 0; label < fitted.length; label++) {
            if (groups.suggestions(label) >= evidence) {
                labels[count] = label;
                shifts[count++] = (float) fitted[label];
            }
        }
        return new LabelShifts(Arrays.copyOf(labels, count), Arrays.copyOf(shifts, count));
    }

    /**
     * The same for labels with other numbers.
     *
     * @param now number that each label has from now on, -1 for none; ascending where it has one
     */
    LabelShifts renumbered(int[] now) {
        int[] kept = new int[labels.length];
        float[] theirs = new float[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (now[labels[i]] >= 0) {
                kept[count] = now[labels[i]];
                theirs[count++] = shifts[i];
            }
        }
        return new LabelShifts(Arrays.copyOf(kept, count), Arrays.copyOf(theirs, count));
    }

    /** Number of labels that have a shift. */
    int size() {
        return labels.length;
    }

    /** The largest label that has a shift, -1 when none has. */
    int largestLabel() {
        return labels.length == 0 ? -1 : labels[labels.length - 1];
    }

    /** What is added to the log odds of a label. */
    double of(int label) {
        int place = Arrays.binarySearch(labels, label);
        return place < 0 ? 0 : shifts[place];
    }

    List<Tensor> tensors() {
        List<Long> shape = List.of((long) labels.length);
        return List.of(
                new Tensor.Ints(LABELS, shape, List.of(labels)), new Tensor.Floats(LOG_ODDS, shape, List.of(shifts)));
    }
}
