package dev.longtail.nonparametric;

import java.util.SplittableRandom;

/** Draws from distributions, by {@link StrictMath} so that a seed means the same everywhere. */
final class Draws {

    private Draws() {}

    /** Uniform in (0, 1]. */
    private static double positive(SplittableRandom random) {
        return 1 - random.nextDouble();
    }

    /** Exponential with mean 1. */
    static double exponential(SplittableRandom random) {
        return -StrictMath.log(positive(random));
    }

    /** Poisson: arrivals before time {@code mean} when the gaps between them are exponential. */
    static int poisson(double mean, SplittableRandom random) {
        int arrivals = 0;
        for (double time = exponential(random); time < mean; time += exponential(random)) {
            arrivals++;
        }
        return arrivals;
    }

    /** Normal with mean 0 and variance 1 (Box and Muller 1958, of whose two numbers one is used). */
    static double gaussian(SplittableRandom random) {
        double radius = StrictMath.sqrt(2 * exponential(random));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** Beta(a, 1), whose distribution function is v^a. */
    static double beta(double a, SplittableRandom random) {
        return StrictMath.pow(positive(random), 1 / a);
    }

    /**
     * Failures before the first success of independent trials, or a number of at least {@code limit} where it would be
     * beyond it.
     *
     * @param success probability of a success, in (0, 1]
     */
    static int failures(double success, int limit, SplittableRandom random) {
        double failures = StrictMath.log(positive(random)) / StrictMath.log1p(-success);
        return failures >= limit ? limit : (int) failures;
    }
}
