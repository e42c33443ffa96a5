package dev.longtail.tune;

import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** What a search asks of settings: how much memory they take, and what they are worth. */
public interface Objective {

    /** Training examples there are. */
    int examples();

    /** Bytes that parameters and optimiser state take, about. */
    long bytes(LabelConfig config);

    /**
     * Trains on some of the examples and measures on the validation part. The same settings and number of examples give
     * the same value.
     *
     * @param examples to learn from, at most {@link #examples}
     * @param timeIsUp asked now and then; once it is true the trial ends
     * @throws OutOfTimeException when {@code timeIsUp} became true
     * @throws dev.longtail.train.DivergedException when training diverged
     * @throws IllegalArgumentException when settings and data do not go together
     * @throws java.util.concurrent.CancellationException when the thread was interrupted
     */
    Measurement measure(LabelConfig config, int examples, BooleanSupplier timeIsUp) throws IOException;

    /**
     * What a trial found.
     *
     * @param value the more the better
     * @param epochs that were made
     * @param growingSeconds the part of the trial's time that grows with examples and epochs
     */
    record Measurement(double value, int epochs, double growingSeconds) {}
}
