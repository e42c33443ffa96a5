package dev.longtail.train;

import dev.longtail.matrix.Stateful;

/** How the parameters of a rating model are learned, epoch after epoch; they are part of its state. */
interface RatingLearner extends AutoCloseable, Stateful {

    /**
     * One pass over the training ratings.
     *
     * @param epoch from 1
     * @return half the squared error, mean over the ratings
     * @throws DivergedException when it is no longer finite
     */
    double epoch(int epoch);

    /** What is left to do before the model is read. */
    default void end() {}

    @Override
    default void close() {}
}
