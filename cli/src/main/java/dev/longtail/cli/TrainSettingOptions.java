package dev.longtail.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the hyper-parameters of a training run, of which some have an option of their own. */
final class TrainSettingOptions extends SettingOptions {

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of everything random; the same seed gives the same model.")
    private @Nullable Long seed;

    @Option(names = "--max-epochs", paramLabel = "N", description = "Passes over the training data at most.")
    private @Nullable Integer maxEpochs;

    @Override
    Map<String, String> changed() {
        Map<String, String> values = super.changed();
        put(values, "train.seed", seed);
        put(values, "train.maxEpochs", maxEpochs);
        return values;
    }
}
