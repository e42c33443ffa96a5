package dev.longtail.tune;

import java.util.Optional;

/** Hears how a search goes; called by the searching thread. */
public interface TuneListener {

    /** Hears nothing. */
    TuneListener SILENT = new TuneListener() {};

    /**
     * A rung begins.
     *
     * @param rung from 1
     * @param rungs of the search
     * @param examples to learn from in it
     * @param candidates that are to be tried, the start among them; in the first rung the most that may be
     * @param secondsLeft of the search and the final training
     */
    record RungStart(int rung, int rungs, int examples, int candidates, double secondsLeft) {}

    /** A rung begins; in the first one the start has been tried before that, to know the rate. */
    default void rung(RungStart start) {}

    /** A candidate is about to be tried. */
    default void trying(Candidate candidate) {}

    /**
     * A trial has ended, or was not begun.
     *
     * @param best of this rung so far
     * @param secondsLeft of the search and the final training
     */
    default void tried(Trial trial, Optional<Trial> best, double secondsLeft) {}
}
