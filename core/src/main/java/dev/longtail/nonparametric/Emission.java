package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.loss.BregmanLoss;
import dev.longtail.loss.SeparableLoss;
import dev.longtail.loss.SoftmaxLoss;
import java.util.SplittableRandom;

/**
 * Observations of a model: draws from the exponential family of a loss, p(y | theta) proportional to exp(-beta D_phi(y,
 * mu(theta))) (eq. 4 and 11 of Liang et al., ICLR 2021). For a whole beta that is the mean of beta draws with beta 1:
 * the mean of such draws has the same family with beta-fold log density. So the mean stays, the variance is divided by
 * beta, and beta to infinity gives mu(theta) itself.
 *
 * @param loss whose family is drawn from
 * @param draws beta, at least 1
 */
public record Emission(BregmanLoss loss, int draws) {

    public Emission {
        Require.that(draws >= 1, "draws", "at least 1", draws);
    }

    /**
     * Draws an observation.
     *
     * @param scores float[n], natural parameters: as a model's scores, before the link
     * @param y float[n] that is written: any numbers for squared error, in [0, 1] for logistic loss, for softmax also
     *     adding up to 1; not the array of scores
     */
    public void draw(float[] scores, int n, SplittableRandom random, float[] y) {
        if (loss instanceof SeparableLoss separable) {
            for (int i = 0; i < n; i++) {
                y[i] = draw(separable, scores[i], random);
            }
        } else {
            shares(scores, n, random, y);
        }
    }

    private float draw(SeparableLoss separable, float score, SplittableRandom random) {
        return switch (separable) {
            case SQUARED -> (float) (score + Draws.gaussian(random) / StrictMath.sqrt(draws));
            case LOGISTIC -> successes(separable.mean(score), random) / (float) draws;
        };
    }

    private int successes(double probability, SplittableRandom random) {
        int successes = 0;
        for (int draw = 0; draw < draws; draw++) {
            successes += random.nextDouble() < probability ? 1 : 0;
        }
        return successes;
    }

    private void shares(float[] scores, int n, SplittableRandom random, float[] y) {
        float[] probabilities = new float[n];
        SoftmaxLoss.SOFTMAX.mean(scores, n, probabilities);
        int[] counts = new int[n];
        for (int draw = 0; draw < draws; draw++) {
            double left = random.nextDouble();
            int category = 0;
            while (category < n - 1 && left >= probabilities[category]) {
                left -= probabilities[category++];
            }
            counts[category]++;
        }
        for (int i = 0; i < n; i++) {
            y[i] = counts[i] / (float) draws;
        }
    }
}
