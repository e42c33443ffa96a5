package dev.longtail.tune;

import java.util.HashMap;
import java.util.Map;

/**
 * How long trainings will take, from how long they took. A part of a trial's time is proportional to examples and
 * epochs; the rest, which measures and makes a model, stays.
 */
final class Costs {

    private record Known(int examples, double growing, double fixed) {}

    private final Map<Integer, Known> byNumber = new HashMap<>();
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
        put(trial, new Known(trial.examples(), growingSeconds * epochs, fixed * epochs));
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
        return known.growing * examples / known.examples + known.fixed;
    }

    /** Seconds that a trial of the first rung takes, the mean of those so far. */
    double firstRung() {
        return firstRungSeconds / Math.max(1, firstRungTrials);
    }
}
