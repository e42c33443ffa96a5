package dev.longtail.metrics;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;

/**
 * Percentile bootstrap over examples (Efron 1979): draw as many examples as there are, with replacement, compute the
 * statistic, repeat, and cut off equal shares at both ends of the sorted results. Costs resamples times examples
 * additions; the same seed gives the same interval.
 *
 * @param resamples repetitions, at least 10; a thousand settles the second digit of a 95 % interval's width
 * @param level     probability inside the interval, above 0 and below 1
 * @param seed      of the draws
 */
public record Bootstrap(int resamples, double level, long seed) {

    public static final Bootstrap DEFAULT = new Bootstrap(1000, 0.95, 0);

    public Bootstrap {
        Require.that(resamples >= 10, "resamples", "at least 10", resamples);
        Require.that(level > 0 && level < 1, "level", "above 0 and below 1", level);
    }

    /** Interval of the mean of one value per example. */
    public Interval mean(float[] values) {
        return percentiles(means(values));
    }

    /** Mean of one value per example in each resample. */
    double[] means(float[] values) {
        double[] means = sums(column(values))[0];
        for (int i = 0; i < resamples; i++) {
            means[i] /= values.length;
        }
        return means;
    }

    /** Interval of sum(numerators) / sum(denominators), drawn together; the arrays are parallel to the examples. */
    public Interval ratio(float[] numerators, float[] denominators) {
        Require.that(
                numerators.length == denominators.length,
                "denominators",
                "as long as numerators (" + numerators.length + ")",
                denominators.length);
        ExampleValues values = new ExampleValues(2);
        for (int i = 0; i < numerators.length; i++) {
            values.add(new double[] {numerators[i], denominators[i]});
        }
        double[][] sums = sums(values);
        return percentiles(ratios(sums[0], sums[1]));
    }

    /** Sums of every column over the examples of each resample, as [column][resample]. All columns share the draws. */
    double[][] sums(ExampleValues values) {
        Require.that(values.examples() > 0, "values", "of at least one example", 0);
        double[][] sums = new double[values.columns()][resamples];
        double[] sum = new double[values.columns()];
        long state = seed;
        for (int resample = 0; resample < resamples; resample++) {
            Arrays.fill(sum, 0);
            for (int draw = 0; draw < values.examples(); draw++) {
                state += 0x9E3779B97F4A7C15L;
                values.addTo(sum, index(RandomStream.mix(state), values.examples()));
            }
            for (int column = 0; column < sum.length; column++) {
                sums[column][resample] = sum[column];
            }
        }
        return sums;
    }

    /** Quotients of parallel numbers, where 0 / 0 is 0. */
    static double[] ratios(double[] numerators, double[] denominators) {
        double[] ratios = new double[numerators.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Metrics.ratio(numerators[i], denominators[i]);
        }
        return ratios;
    }

    /** Sorts the estimates in place. */
    Interval percentiles(double[] estimates) {
        Arrays.sort(estimates);
        double outside = (1 - level) / 2;
        return new Interval(quantile(estimates, outside), quantile(estimates, 1 - outside));
    }

    /** Linear between order statistics. */
    private static double quantile(double[] ascending, double share) {
        double position = share * (ascending.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }

    // The upper 32 bits as a fraction of n; uneven by at most n / 2^32, far below the error of the interval.
    private static int index(long bits, int n) {
        return (int) (((bits >>> 32) * n) >>> 32);
    }

    private static ExampleValues column(float[] values) {
        ExampleValues column = new ExampleValues(1);
        for (float value : values) {
            column.add(new double[] {value});
        }
        return column;
    }
}
