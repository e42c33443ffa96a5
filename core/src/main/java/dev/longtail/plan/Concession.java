package dev.longtail.plan;

import dev.longtail.config.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A setting that can be made to spend less, step by step.
 *
 * @param <C> all settings of a training
 * @param path full name of the setting
 * @param loss what its first step costs in quality, in a unit that all concessions of these settings share
 * @param next changes for the next smaller value, none at its end
 * @param applies whether the setting has an effect
 */
record Concession<C extends Record>(
        String path, double loss, Function<C, Optional<Map<String, String>>> next, Predicate<C> applies) {

    /** A multiple of the value, rounded to a multiple of a step, as long as that is not below an end. */
    record Lower(String path, double factor, double step, double end) {

        Optional<String> of(Record config) {
            double value = Double.parseDouble(Settings.leaf(config, path).defaultText());
            double next = Math.round(factor * value / step) * step;
            if (next == value) {
                next += factor < 1 ? -step : step;
            }
            boolean past = factor < 1 ? next < end || value <= end : next > end || value >= end;
            return past ? Optional.empty() : Optional.of(text(next));
        }

        private String text(double next) {
            return step >= 1 ? Long.toString(Math.round(next)) : Float.toString((float) next);
        }
    }

    /** A number that is lowered by itself. */
    static <C extends Record> Concession<C> of(double loss, Lower lower, Predicate<C> applies) {
        return new Concession<>(
                lower.path, loss, config -> lower.of(config).map(value -> Map.of(lower.path, value)), applies);
    }
}
