package dev.longtail.tune;

import dev.longtail.config.Require;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;

/** A setting that is searched, and the values it may take, as texts that {@link dev.longtail.config.Settings} reads. */
public sealed interface Dimension {

    /** Full path of the setting. */
    String path();

    /** A value at random. */
    String draw(SplittableRandom random);

    /** Values that have to be possible for all others to be: each of a list, the ends of a range. */
    List<String> bounds();

    /**
     * One of a list, each equally likely.
     *
     * @param values at least two, distinct
     */
    record Choices(String path, List<String> values) implements Dimension {

        public Choices {
            values = List.copyOf(values);
            long distinct = values.stream().distinct().count();
            Require.that(distinct == values.size(), path, "searched over distinct values", String.join(",", values));
            Require.that(distinct >= 2, path, "searched over at least two values", String.join(",", values));
        }

        @Override
        public String draw(SplittableRandom random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public List<String> bounds() {
            return values;
        }
    }

    /**
     * A number from low to high, both included.
     *
     * @param logarithmic whether every factor is equally likely, instead of every difference
     * @param whole whether it is an integer; other numbers have three significant digits, as people write them
     */
    record Range(String path, BigDecimal low, BigDecimal high, boolean logarithmic, boolean whole)
            implements Dimension {

        private static final MathContext DIGITS = new MathContext(3);

        public Range {
            Require.that(
                    low.compareTo(high) < 0,
                    path,
                    "searched over a range from a smaller to a larger number",
                    low + ".." + high);
            Require.that(
                    !logarithmic || low.signum() > 0,
                    path,
                    "searched over a range above 0 with :log",
                    low + ".." + high + ":log");
        }

        @Override
        public String draw(SplittableRandom random) {
            double from = scaled(low.doubleValue());
            double drawn = from + (scaled(high.doubleValue()) - from) * random.nextDouble();
            BigDecimal value = BigDecimal.valueOf(logarithmic ? Math.exp(drawn) : drawn);
            BigDecimal written = whole ? BigDecimal.valueOf(Math.round(value.doubleValue())) : value.round(DIGITS);
            return text(written.max(low).min(high));
        }

        private double scaled(double value) {
            return logarithmic ? Math.log(value) : value;
        }

        @Override
        public List<String> bounds() {
            return List.of(text(low), text(high));
        }

        private static String text(BigDecimal value) {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }
}
