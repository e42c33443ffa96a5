package dev.longtail.tune;

import java.util.HashMap;
import java.util.Map;

/**
 * How long trainings will take, from how long they took. A part of a trial's time is proportional to epochs and to a
 * power of the examples; the rest, which measures and makes a model, stays. The power is a little above 1, because
 * labels that have learned something cost more than those that have not; what it is, the start shows, which is tried
 * on every number of examples.
 */
final class Costs {

    /**
     * The least exponent that is reckoned with. On finna-yso-sample, from a ninth to all of the examples, it was 1.14
     * with 128 hidden units and 1.27 with 256.
     */
    private static final double LEAST_EXPONENT = 1.15;

    /** The largest: what seems to grow faster was disturbed. */
    private static final double LARGEST_EXPONENT = 1.3;

    private record Known(int examples, double growing, double fixed) {}

    private final Map<Integer, Known> byNumber = new HashMap<>();
    private double exponent = LEAST_EXPONENT;
    private double firstRungSeconds;
    private int firstRungTrials;

    /** What is known of the only trial so far was wrong: it takes this long. */
    void set(Trial trial, double growingSeconds) {
        firstRungSeconds = 0;
        firstRungTrials = 0;
        add(trial, growingSeconds);
    }

    /** A trial was measured. Had it made all its epochs, it would have taken longer: a later one may. */
    void add(Trial trial, double growingSeconds) {
        double epochs = trial.candidate().config().train().maxEpochs() / (double) Math.max(1, trial.epochs());
        double fixed = Math.max(0, trial.seconds() - growingSeconds);
        if (trial.candidate().isStart()) {
            learnExponent(trial.examples(), growingSeconds * epochs);
        }
        put(trial, new Known(trial.examples(), growingSeconds * epochs, fixed * epochs));
    }

    private void learnExponent(int examples, double growing) {
        Known before = byNumber.get(0);
        if (before != null && before.examples < examples && before.growing > 0) {
            double seen = Math.log(growing / before.growing) / Math.log((double) examples / before.examples);
            exponent = Math.min(LARGEST_EXPONENT, Math.max(LEAST_EXPONENT, seen));
        }
    }

    /** A trial came to nothing; all of its time may grow. */
    void add(Trial trial) {
        put(trial, new Known(trial.examples(), trial.seconds(), 0));
    }

    private void put(Trial trial, Known known) {
        byNumber.put(trial.candidate().number(), known);
        if (trial.rung() == 1) {
            firstRungSeconds += trial.seconds();
            firstRungTrials++;
        }
    }

    /** Seconds that a candidate that was tried will take on so many examples. */
    double estimate(Candidate candidate, int examples) {
        Known known = byNumber.get(candidate.number());
        if (known == null) {
            throw new IllegalStateException("candidate " + candidate.number() + " was never tried");
        }
        return known.growing * Math.pow((double) examples / known.examples, exponent) + known.fixed;
    }

    /** Seconds that a trial of the first rung takes, the mean of those so far. */
    double firstRung() {
        return firstRungSeconds / Math.max(1, firstRungTrials);
    }
}
