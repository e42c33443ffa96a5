package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a model has learned from held-out examples about how far its scores can be trusted: curves from score
 * to probability, corrections of labels that were seen often enough, and what every threshold brings. Frozen: any
 * thread may use it.
 *
 * <p>The probability is that of a suggestion among the best so many of an example (see {@link
 * CalibrationConfig#suggestions}), for examples like the held-out ones, being right in the sense of their labels. It
 * never falls when the score of a label rises and the others stay.
 */
public final class Calibration {

    private final Curves curves;
    private final LabelShifts shifts;
    private final Fronts fronts;

    Calibration(Curves curves, LabelShifts shifts, Fronts fronts) {
        this.curves = curves;
        this.shifts = shifts;
        this.fronts = fronts;
    }

    /**
     * Learns from held-out suggestions; by one thread, with the same bits wherever it runs.
     *
     * @throws IllegalArgumentException when there is no suggestion, or the kind is none
     */
    public static Calibration fit(HeldOut heldOut, CalibrationConfig config) {
        Require.that(heldOut.size() > 0, "held-out suggestions", "at least one", 0);
        Curves curves = Curves.fit(config.kind(), heldOut);
        double[] logOdds = new double[heldOut.size()];
        Arrays.setAll(logOdds, i -> curves.logOdds(heldOut.rank(i), heldOut.score(i)));
        LabelShifts shifts =
                config.byLabel() ? LabelShifts.fit(heldOut, logOdds, config.labelEvidence()) : LabelShifts.NONE;
        float[] probabilities = new float[heldOut.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = (float) Logistic.probability(logOdds[i] + shifts.of(heldOut.label(i)));
        }
        int evidence = config.byLabel() ? config.labelEvidence() : Integer.MAX_VALUE;
        return new Calibration(curves, shifts, FrontBuilder.build(heldOut, probabilities, evidence));
    }

    /**
     * A calibration that was stored.
     *
     * @param tensors as {@link #tensors} gave them
     * @param labels number of labels of the model
     * @throws IllegalArgumentException when they are none
     */
    public static Calibration ofTensors(List<Tensor> tensors, int labels) {
        return new StoredNumbers(tensors).calibration(labels);
    }

    /**
     * Probability that a suggestion is right, in [0, 1].
     *
     * @param rank place of the label among those of the example, the best one 0
     */
    public double probability(int label, int rank, double score) {
        return Logistic.probability(curves.logOdds(rank, score) + shifts.of(label));
    }

    /**
     * Thresholds that suit a goal best on the held-out examples. Where labels are to have their own and the evidence
     * for a label is small, it has the one of all labels; where no threshold brings a label to the wanted precision, it
     * is never suggested.
     *
     * @throws IllegalArgumentException when no threshold for all labels brings what is wanted
     */
    public Thresholds thresholds(ThresholdGoal goal) {
        float ofAll = fronts.best(Fronts.ALL, goal);
        if (Float.isInfinite(ofAll)) {
            throw new IllegalArgumentException("no threshold brings " + goal
                    + " on the examples held out in training; the highest precision there was "
                    + fronts.highestPrecision(Fronts.ALL));
        }
        int[] labels = goal.byLabel() ? fronts.labels() : new int[0];
        float[] own = new float[labels.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = fronts.best(i + 1, goal);
        }
        return new Thresholds(ofAll, labels, own);
    }

    /** Which curve it is. */
    public CalibrationConfig.Kind kind() {
        return curves.first() instanceof IsotonicCalibrator
                ? CalibrationConfig.Kind.ISOTONIC
                : CalibrationConfig.Kind.PLATT;
    }

    /** Number of labels whose probabilities are corrected on their own. */
    public int shiftedLabels() {
        return shifts.size();
    }

    /** Number of labels that have thresholds of their own. */
    public int thresholdLabels() {
        return fronts.labels().length;
    }

    /**
     * The same calibration for labels with other numbers; labels that had none have neither shift nor thresholds.
     *
     * @param now number that each label has from now on, -1 for none; ascending where it has one
     */
    public Calibration renumbered(int[] now) {
        return new Calibration(curves, shifts.renumbered(now), fronts.renumbered(now));
    }

    /** All numbers under their names in the model file. */
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>(curves.tensors());
        tensors.addAll(shifts.tensors());
        tensors.addAll(fronts.tensors());
        return tensors;
    }
}
