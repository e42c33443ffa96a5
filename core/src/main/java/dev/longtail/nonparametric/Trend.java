package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import java.util.List;

/** Where the last three values of a sequence go. The paper says "trend"; three values are the authors' program's. */
public enum Trend {

    /** Fewer than three values. */
    UNKNOWN,
    /** None is above the one before, and the last is below the first. */
    FALLING,
    /** None is below the one before, and the last is above the first. */
    RISING,
    /** Up and down, or all the same. */
    LEVEL;

    /** Values that are looked at. */
    private static final int VALUES = 3;

    /** The trend at the end of a sequence of finite numbers. */
    public static Trend of(List<Double> values) {
        if (values.size() < VALUES) {
            return UNKNOWN;
        }
        List<Double> last = values.subList(values.size() - VALUES, values.size());
        boolean falls = false;
        boolean rises = false;
        for (int i = 0; i < VALUES; i++) {
            double value = last.get(i);
            Require.that(Double.isFinite(value), "objective", "finite", value);
            falls |= i > 0 && value < last.get(i - 1);
            rises |= i > 0 && value > last.get(i - 1);
        }
        if (falls == rises) {
            return LEVEL;
        }
        return falls ? FALLING : RISING;
    }
}
