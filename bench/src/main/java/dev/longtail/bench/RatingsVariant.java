package dev.longtail.bench;

import dev.longtail.config.Settings;
import dev.longtail.train.RatingAdaptation;
import dev.longtail.train.RatingConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One line of {@link Ratings}: a way to predict ratings.
 *
 * @param method name of the way, by which it is chosen on the command line
 * @param setting what makes this line of the method
 * @param config of the model and its training
 * @param adaptation what changes the model between epochs, made anew for each fold
 */
record RatingsVariant(String method, String setting, RatingConfig config, Supplier<RatingAdaptation> adaptation) {

    /** A way that leaves the model as it is between epochs. */
    RatingsVariant(String method, String setting, RatingConfig config) {
        this(method, setting, config, () -> RatingAdaptation.NONE);
    }

    /** This way with other settings, which are also what it is called by. */
    RatingsVariant with(String named, String... changes) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return new RatingsVariant(named, setting, Settings.override(config, values), adaptation);
    }

    RatingsVariant called(String text) {
        return new RatingsVariant(method, text, config, adaptation);
    }
}
