package dev.longtail.cli;

import dev.longtail.data.DataFiles;
import dev.longtail.train.LabelConfig;
import dev.longtail.tune.DefaultSpace;
import dev.longtail.tune.Dimension;
import dev.longtail.tune.DimensionText;
import dev.longtail.tune.SearchSpace;
import dev.longtail.tune.TuneConfig;
import dev.longtail.tune.TuneMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that let a search choose settings. */
final class TuneOptions {

    /** Stands for the usual dimensions in --tune-settings. */
    private static final String DEFAULT = "default";

    /** The rest of the heap is for the examples' index, the vocabulary, scratch, and what is garbage. */
    private static final double SHARE_OF_HEAP = 0.7;

    @Option(
            names = "--tune",
            paramLabel = "TIME",
            description = "Search for better settings on the validation part: random search with successive halving."
                    + " The time, for example 90s, 20m or 2h, is that of the search and of the training with what it"
                    + " found. The settings as the other options give them are tried first.")
    private @Nullable Duration budget;

    @Option(
            names = "--tune-for",
            paramLabel = "MEASURE",
            description = "What --tune makes as large as possible: P, nDCG, R, PSP, rawPSP, macroF1 or coverage @1, @3"
                    + " or @5, or P or R of a band as in tail.R@5. Default: P@1.")
    private @Nullable TuneMetric metric;

    @Option(
            names = "--tune-settings",
            paramLabel = "NAME=VALUES",
            description = "What --tune searches: NAME=A,B,C or NAME=LOW..HIGH or NAME=LOW..HIGH:log, where every factor"
                    + " is equally likely; may be given several times. 'default', alone or among others, stands for"
                    + " what is searched without this option: rates, warm-up, batch, epochs, weight of positives,"
                    + " dimension, fan-in, slack, dropout and loss, but for those that --set gives.")
    private List<String> dimensions = List.of();

    /**
     * A search.
     *
     * @param space to be searched
     */
    record Plan(TuneConfig config, SearchSpace space) {}

    /**
     * The search that was asked for, null when none was.
     *
     * @param start settings to start from
     * @param held paths of settings that are searched only when --tune-settings names them
     * @param files of the run; candidates are measured on its validation files, or on what is held out
     */
    @Nullable
    Plan plan(LabelConfig start, Set<String> held, DataFiles files) {
        if (budget == null) {
            if (metric != null || !dimensions.isEmpty()) {
                String option = metric != null ? "--tune-for" : "--tune-settings";
                throw new UsageException(option + " has no effect without --tune");
            }
            return null;
        }
        if (files.validation().isEmpty()
                && start.data().validationFraction() == 0
                && start.data().validationExamples() == 0) {
            throw new UsageException("--tune compares settings on a validation part; give --validate, or hold a part"
                    + " out with validationFraction");
        }
        try {
            long memory = (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory());
            TuneConfig config =
                    new TuneConfig(budget.toMillis() / 1e3, metric == null ? TuneMetric.DEFAULT : metric, memory);
            return new Plan(config, SearchSpace.of(start, asked(start), usual(start, held)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<Dimension> asked(LabelConfig start) {
        List<Dimension> asked = new ArrayList<>();
        for (String text : dimensions) {
            if (!text.equals(DEFAULT)) {
                try {
                    asked.add(DimensionText.parse(text, start));
                } catch (IllegalArgumentException e) {
                    throw new UsageException("--tune-settings: " + e.getMessage(), e);
                }
            }
        }
        return asked;
    }

    private List<Dimension> usual(LabelConfig start, Set<String> held) {
        return dimensions.isEmpty() || dimensions.contains(DEFAULT)
                ? DefaultSpace.of(start).stream()
                        .filter(dimension -> !held.contains(dimension.path()))
                        .toList()
                : List.of();
    }
}
