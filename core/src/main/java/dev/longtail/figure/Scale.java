package dev.longtail.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A range of an axis and how it is divided.
 *
 * @param low         lowest value shown
 * @param high        highest value shown, above {@code low}
 * @param kind        how it is divided
 */
public record Scale(double low, double high, Axis.Kind kind) {

    private static final double MARGIN = 0.04;
    private static final int TICKS = 6;

    static Scale of(Axis axis, DoubleStream values) {
        double[] all = values.toArray();
        double low = DoubleStream.of(all).min().orElseThrow();
        double high = DoubleStream.of(all).max().orElseThrow();
        if (axis.logarithmic()) {
            double margin = Math.max(Math.pow(high / low, MARGIN), 1.1);
            return new Scale(low / margin, high * margin, axis.kind());
        }
        double margin = high > low ? MARGIN * (high - low) : Math.max(1e-9, 0.1 * Math.abs(high));
        // A margin below zero would suggest values that counts and shares cannot have.
        return new Scale(low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin, axis.kind());
    }

    /** Where a value lies, 0 at the low end and 1 at the high one. */
    double position(double value) {
        return kind == Axis.Kind.LOGARITHMIC
                ? Math.log(value / low) / Math.log(high / low)
                : (value - low) / (high - low);
    }

    /** Round values inside the range. */
    List<Double> ticks() {
        return kind == Axis.Kind.LOGARITHMIC ? ratios() : differences();
    }

    private List<Double> differences() {
        double raw = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        step = kind == Axis.Kind.WHOLE ? Math.max(1, step) : step;
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    // Powers of ten; where there are fewer than three of them, also their doubles and fives.
    private List<Double> ratios() {
        List<Double> decades = new ArrayList<>();
        List<Double> finer = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (int factor : new int[] {1, 2, 5}) {
                double tick = factor * Math.pow(10, power);
                if (tick >= low && tick <= high) {
                    finer.add(tick);
                    if (factor == 1) {
                        decades.add(tick);
                    }
                }
            }
        }
        return decades.size() >= 3 || finer.isEmpty() ? decades : finer;
    }

    /** A number as short as four digits allow: 0.25, 12.5, 30 k, 2.5 M. */
    public static String text(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return plain(value / 1e9) + " G";
        }
        if (size >= 1e6) {
            return plain(value / 1e6) + " M";
        }
        if (size >= 1e4) {
            return plain(value / 1e3) + " k";
        }
        return size > 0 && size < 1e-3 ? String.format(Locale.ROOT, "%.1e", value) : plain(value);
    }

    private static String plain(double value) {
        BigDecimal rounded = new BigDecimal(value, new MathContext(4));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
