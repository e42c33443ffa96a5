package dev.longtail.tune;

import dev.longtail.config.Require;
import dev.longtail.metrics.Metrics;
import java.util.regex.Pattern;

/**
 * A measure of the validation part that a search makes as large as it can.
 *
 * @param name as {@link Metrics#toMap} has it, at one of the k that training measures
 */
public record TuneMetric(String name) {

    private static final Pattern NAMES =
            Pattern.compile("((P|nDCG|R|PSP|rawPSP|macroF1|coverage)|(head|middle|tail)\\.[PR])@[135]");

    /** P@1, which training also chooses the best epoch by. */
    public static final TuneMetric DEFAULT = new TuneMetric("P@1");

    public TuneMetric {
        Require.that(
                NAMES.matcher(name).matches(),
                "the measure to tune for",
                "P, nDCG, R, PSP, rawPSP, macroF1 or coverage @1, @3 or @5, or P or R of head, middle or tail as in"
                        + " tail.R@5",
                name);
    }

    /** Whether the measure is a share, which people read in percent. */
    public boolean isFraction() {
        return !name.startsWith("raw");
    }

    /** @throws IllegalArgumentException when no true label of the validation part is in the band that is measured */
    double of(Metrics metrics) {
        Number value = metrics.toMap().get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    name + " cannot be measured: no example of the validation part has a label of that band");
        }
        return value.doubleValue();
    }
}
