package dev.longtail.tune;

import java.util.Comparator;

/**
 * A candidate in a rung.
 *
 * @param rung from 1
 * @param examples it was to learn from
 * @param outcome how it went
 * @param reason of an outcome other than {@link Outcome#MEASURED}, otherwise empty
 * @param value of the measure, negative infinity unless it was measured
 * @param epochs that were made, 0 unless it was measured
 * @param seconds it took
 */
public record Trial(
        Candidate candidate,
        int rung,
        int examples,
        Outcome outcome,
        String reason,
        double value,
        int epochs,
        double seconds) {

    /** Best first; of equals, the one that was drawn first. */
    static final Comparator<Trial> BEST_FIRST = Comparator.comparingDouble(Trial::value)
            .reversed()
            .thenComparingInt(trial -> trial.candidate().number());

    /** How a trial goes. */
    public enum Outcome {
        /** To its end. */
        MEASURED,
        /** The loss became infinite. */
        DIVERGED,
        /** Not tried, or not to its end: settings and data do not go together. */
        IMPOSSIBLE,
        /** Not tried: it would take more memory than there is. */
        NO_MEMORY,
        /** Not tried or not to its end: it, or a training on all examples after it, would take longer than is left. */
        NO_TIME
    }

    public boolean isMeasured() {
        return outcome == Outcome.MEASURED;
    }
}
