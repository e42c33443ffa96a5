package dev.longtail.train;

/** The loss is no longer a number; the message says at which step and what to change. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DivergedException(int epoch) {
        super("the expected error is not finite after sweep " + epoch + "; ratings of a smaller range, or settings"
                + " train.solver=steps, may help");
    }

    DivergedException(int epoch, long step, RatingTrainConfig config) {
        super("the loss is not finite at step " + step + " (epoch " + epoch + "); lower the learning rates, now "
                + config.optimizer().learningRate() + " of the tables and " + config.biasRate() + " of the biases");
    }

    DivergedException(int epoch, long step, TrainConfig config) {
        super("the loss is not finite at step " + step + " (epoch " + epoch + "); lower the learning rates, now table "
                + config.tableOptimizer().learningRate() + ", body "
                + config.bodyOptimizer().learningRate() + ", output "
                + config.outputOptimizer().learningRate());
    }
}
