package dev.longtail.synthetic;

import java.util.SplittableRandom;

/**
 * Ranks 1 to n with P(k) proportional to k^-s, by rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to
 * generate variates from monotone discrete distributions", ACM TOMACS 1996): no table, and less than two random numbers
 * a rank whatever n is. Frozen: any thread may use it.
 */
final class Zipf {

    private final int n;
    private final double s;
    /** Between these a point is drawn uniformly under the integral of the density. */
    private final double low;

    private final double high;
    /** Points this close below their rank are accepted without a look at the density. */
    private final double sure;

    /**
     * @param n number of ranks, at least 1
     * @param s exponent, at least 0; 0 makes all ranks equally likely
     */
    Zipf(int n, double s) {
        this.n = n;
        this.s = s;
        this.low = integral(1.5) - 1;
        this.high = integral(n + 0.5);
        this.sure = 2 - inverseIntegral(integral(2.5) - density(2));
    }

    /** Draws a rank from 1 to n. */
    int draw(SplittableRandom random) {
        while (true) {
            double area = high + random.nextDouble() * (low - high);
            double x = inverseIntegral(area);
            int rank = (int) Math.max(1, Math.min(n, Math.round(x)));
            if (rank - x <= sure || area >= integral(rank + 0.5) - density(rank)) {
                return rank;
            }
        }
    }

    /** k^-s. */
    double density(double k) {
        return Math.exp(-s * Math.log(k));
    }

    /** (x^(1-s) - 1) / (1-s), log(x) for s = 1, without cancellation near it. */
    private double integral(double x) {
        double log = Math.log(x);
        double t = (1 - s) * log;
        return log * (Math.abs(t) > 1e-8 ? Math.expm1(t) / t : 1 + t / 2);
    }

    private double inverseIntegral(double area) {
        double t = Math.max(-1, (1 - s) * area); // rounding may take it below -1, where there is no logarithm
        return Math.exp(area * (Math.abs(t) > 1e-8 ? Math.log1p(t) / t : 1 - t / 2));
    }
}
