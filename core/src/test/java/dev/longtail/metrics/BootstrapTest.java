package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final double NORMAL_975 = 1.959964;

    @Test
    void meanOfNormalDataHasTheNormalInterval() {
        int n = 5000;
        Random random = new Random(11);
        float[] values = new float[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            values[i] = (float) (10 + 2 * random.nextGaussian());
            sum += values[i];
        }
        double mean = sum / n;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        double half = NORMAL_975 * Math.sqrt(squares / n) / Math.sqrt(n);
        Interval interval = new Bootstrap(2000, 0.95, 5).mean(values);
        // The ends are estimated from the 50 most extreme of 2000 resamples: a standard error of about 5 % of half.
        assertThat(interval.low()).isEqualTo(mean - half, within(0.2 * half));
        assertThat(interval.high()).isEqualTo(mean + half, within(0.2 * half));
        assertThat(interval.high() - interval.low()).isEqualTo(2 * half, within(0.1 * 2 * half));
    }

    @Test
    void ratioHasTheIntervalOfTheDeltaMethod() {
        // y = 0.4 x + noise, so the errors of numerator and denominator largely cancel.
        int n = 4000;
        Random random = new Random(12);
        float[] numerators = new float[n];
        float[] denominators = new float[n];
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < n; i++) {
            denominators[i] = 1 + 5 * random.nextFloat();
            numerators[i] = (float) (0.4 * denominators[i] + 0.3 * random.nextGaussian());
            sumX += denominators[i];
            sumY += numerators[i];
        }
        double ratio = sumY / sumX;
        // var(sum y / sum x) = sum (y - ratio x)^2 / (sum x)^2
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double residual = numerators[i] - ratio * denominators[i];
            squares += residual * residual;
        }
        double half = NORMAL_975 * Math.sqrt(squares) / sumX;
        Interval interval = new Bootstrap(2000, 0.95, 6).ratio(numerators, denominators);
        assertThat(interval.low()).isEqualTo(ratio - half, within(0.2 * half));
        assertThat(interval.high()).isEqualTo(ratio + half, within(0.2 * half));
    }

    @Test
    void everyExampleIsDrawnEquallyOften() {
        // 7 examples with values 0..6, 20,000 resamples of 7 draws: 20,000 expected draws of each. The mean of the
        // squares tells unequal draws apart that cancel in the mean.
        float[] values = {0, 1, 2, 3, 4, 5, 6};
        ExampleValues columns = new ExampleValues(7);
        for (int i = 0; i < values.length; i++) {
            double[] row = new double[7];
            row[i] = 1;
            columns.add(row);
        }
        double[][] sums = new Bootstrap(20_000, 0.9, 1).sums(columns);
        for (double[] draws : sums) {
            double total = 0;
            for (double draw : draws) {
                total += draw;
            }
            // Standard deviation sqrt(140,000 * 1/7 * 6/7) = 131; five of them.
            assertThat(total).isEqualTo(20_000, within(655.0));
        }
    }

    @Test
    void sameSeedSameInterval() {
        float[] values = {1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1};
        Interval first = new Bootstrap(500, 0.9, 42).mean(values);
        assertThat(new Bootstrap(500, 0.9, 42).mean(values)).isEqualTo(first);
        double[][] other = new Bootstrap(500, 0.9, 43).sums(column(values));
        assertThat(other[0]).isNotEqualTo(new Bootstrap(500, 0.9, 42).sums(column(values))[0]);
    }

    @Test
    void constantDataHasAnEmptyInterval() {
        assertThat(Bootstrap.DEFAULT.mean(new float[] {0.5f, 0.5f, 0.5f})).isEqualTo(new Interval(0.5, 0.5));
        assertThat(Bootstrap.DEFAULT.ratio(new float[2], new float[2])).isEqualTo(new Interval(0, 0));
    }

    @Test
    void manyExamplesCrossPages() {
        // 10,000 rows are three pages; all draws together must average to the mean of 0..9999.
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Interval interval = new Bootstrap(200, 0.95, 9).mean(values);
        // Standard deviation of the mean is 9999 / sqrt(12) / 100 = 29.
        assertThat(interval.low()).isBetween(4999.5 - 80, 4999.5 - 40);
        assertThat(interval.high()).isBetween(4999.5 + 40, 4999.5 + 80);
    }

    @Test
    void badParametersAreRefused() {
        assertThatThrownBy(() -> new Bootstrap(9, 0.95, 0)).hasMessage("resamples must be at least 10, got 9");
        assertThatThrownBy(() -> new Bootstrap(100, 1, 0)).hasMessage("level must be above 0 and below 1, got 1.0");
        assertThatThrownBy(() -> Bootstrap.DEFAULT.mean(new float[0]))
                .hasMessage("values must be of at least one example, got 0");
        assertThatThrownBy(() -> Bootstrap.DEFAULT.ratio(new float[2], new float[3]))
                .hasMessage("denominators must be as long as numerators (2), got 3");
    }

    private static ExampleValues column(float[] values) {
        ExampleValues column = new ExampleValues(1);
        for (float value : values) {
            column.add(new double[] {value});
        }
        return column;
    }
}
