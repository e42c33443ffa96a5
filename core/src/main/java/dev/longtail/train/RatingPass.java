package dev.longtail.train;

import dev.longtail.optimizer.StepSize;
import dev.longtail.rating.RatingBatch;
import dev.longtail.rating.RatingOrder;
import dev.longtail.rating.RatingSet;
import java.util.concurrent.CancellationException;
import java.util.function.LongFunction;

/** Passes over ratings: a step for each batch, in an order that the seed and the number of the pass draw. */
final class RatingPass {

    private final RatingStep step;
    private final RatingTrainConfig config;
    private final RatingListener listener;
    private RatingBatch batch;
    private RatingBatch next;
    private RatingBatch following;

    RatingPass(RatingStep step, RatingTrainConfig config, RatingListener listener) {
        this.step = step;
        this.config = config;
        this.listener = listener;
        this.batch = new RatingBatch(config.batch());
        this.next = new RatingBatch(config.batch());
        this.following = new RatingBatch(config.batch());
    }

    /** Steps of a pass. */
    long steps(RatingSet train) {
        return (train.size() + config.batch() - 1L) / config.batch();
    }

    /**
     * One pass.
     *
     * @param pass its number, from 1
     * @param passes that there are at most
     * @param sizes the size of a step by its number in the pass, from 1
     * @return half the squared error, mean over the ratings, each before its step
     * @throws DivergedException when the loss is no longer finite
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    double run(RatingSet train, int pass, int passes, LongFunction<StepSize> sizes) {
        RatingOrder order = new RatingOrder(train, config.seed(), pass);
        double loss = 0;
        long done = 0;
        order.next(batch);
        order.next(next);
        step.begin(batch);
        for (long number = 1; batch.size() > 0; number++) {
            StepSize size = sizes.apply(number);
            loss += step.run(batch, next, size, () -> order.next(following));
            done += batch.size();
            advance();
            check(pass, size.step(), loss);
            listener.progress(new StepReport(pass, passes, done, train.size(), loss / done));
        }
        return loss / train.size();
    }

    private void advance() {
        RatingBatch learned = batch;
        batch = next;
        next = following;
        following = learned;
    }

    private void check(int pass, long number, double loss) {
        if (!Double.isFinite(loss)) {
            throw new DivergedException(pass, number, config);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted at step " + number + " (epoch " + pass + ")");
        }
    }
}
