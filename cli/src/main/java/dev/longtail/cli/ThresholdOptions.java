package dev.longtail.cli;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.ThresholdGoal;
import dev.longtail.calibration.Thresholds;
import dev.longtail.format.LabelModelFolder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that leave out suggestions which are too improbable; they need a calibrated model. */
final class ThresholdOptions {

    @Option(
            names = "--min-probability",
            paramLabel = "P",
            description = "Leave out suggestions of a lower probability, from 0 to 1. Needs a calibrated model.")
    private @Nullable Double leastProbability;

    @Option(
            names = "--threshold-for",
            paramLabel = "GOAL",
            description = "Leave out suggestions below the probability that suited a goal best on the examples held out"
                    + " in training: f1, the best F1 over all suggestions; precision=P, as many suggestions as can be"
                    + " with the share P of them right; label-f1 and label-precision=P, the same for each label, where"
                    + " enough of it was held out. Needs a calibrated model. Sets --top to the number of suggestions"
                    + " that were looked at in training, if it is not given.")
    private @Nullable ThresholdGoal goal;

    /**
     * How many suggestions an example gets before any is left out.
     *
     * @param given what the user asked for, null for nothing
     * @param usual what it is without thresholds
     */
    int top(@Nullable Integer given, int usual, LabelModelFolder.Stored stored) {
        if (given != null) {
            return given;
        }
        return goal == null ? usual : stored.config().train().calibration().suggestions();
    }

    /** The thresholds asked for; empty when none were. */
    Optional<Thresholds> of(LabelModelFolder.Stored stored, Console console) {
        if (leastProbability != null && goal != null) {
            throw new UsageException("give either --min-probability or --threshold-for");
        }
        if (leastProbability != null) {
            calibration("--min-probability", stored);
            return Optional.of(atLeast(leastProbability));
        }
        return goal == null ? Optional.empty() : Optional.of(forGoal(goal, stored, console));
    }

    private static Thresholds atLeast(double probability) {
        try {
            return Thresholds.atLeast(probability);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--min-probability: " + e.getMessage(), e);
        }
    }

    private static Thresholds forGoal(ThresholdGoal goal, LabelModelFolder.Stored stored, Console console) {
        try {
            Thresholds thresholds = calibration("--threshold-for", stored).thresholds(goal);
            String own = !goal.byLabel()
                    ? ""
                    : "; " + Texts.count(thresholds.labels()) + " of "
                            + Texts.count(stored.model().labels().size()) + " labels have their own";
            console.message(String.format(Locale.ROOT, "threshold: probability %.4f", thresholds.ofAll()) + own);
            return thresholds;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--threshold-for: " + e.getMessage(), e);
        }
    }

    private static Calibration calibration(String option, LabelModelFolder.Stored stored) {
        return stored.model()
                .calibration()
                .orElseThrow(() -> new UsageException(option + ": the model is not calibrated; train it with a"
                        + " validation part and --set calibration.kind=isotonic, or use --threshold, which takes"
                        + " scores"));
    }
}
