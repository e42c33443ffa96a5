package dev.longtail.cli;

import dev.longtail.calibration.ThresholdGoal;
import dev.longtail.data.DataFormat;
import dev.longtail.metrics.Propensity;
import dev.longtail.output.SearchConfig;
import dev.longtail.report.StrongPairs;
import dev.longtail.train.LabelConfig;
import dev.longtail.tune.TuneMetric;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Texts on the command line to values. */
final class Converters {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smh])");

    private Converters() {}

    /**
     * Reads texts by a function. A class of its own and no lambda: Java keeps lambdas for later starts, but none of an
     * interface of picocli, whose classes are in a format too old for that.
     */
    private record Converter<T>(Function<String, T> reader) implements ITypeConverter<T> {

        @Override
        public T convert(String text) {
            return reader.apply(text);
        }
    }

    private static <T> void register(CommandLine command, Class<T> type, Function<String, T> reader) {
        command.registerConverter(type, new Converter<>(reader));
    }

    static void register(CommandLine command) {
        register(command, DataFormat.class, choice(DataFormat.class));
        register(command, FileFormat.class, choice(FileFormat.class));
        register(command, LabelConfig.Preset.class, choice(LabelConfig.Preset.class));
        register(command, SearchConfig.Mode.class, choice(SearchConfig.Mode.class));
        register(command, Task.class, choice(Task.class));
        register(command, StrongPairs.Measure.class, choice(StrongPairs.Measure.class));
        register(command, Propensity.class, Converters::propensity);
        register(command, ThresholdGoal.class, Converters::goal);
        register(command, Cutoffs.class, Cutoffs::of);
        register(command, Amount.class, Amount::of);
        register(command, ByteSize.class, ByteSize::of);
        register(command, Duration.class, Converters::duration);
        register(command, TuneMetric.class, Converters::metric);
    }

    private static <E extends Enum<E>> Function<String, E> choice(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("must be one of " + names(type) + ", got '" + text + "'"));
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Two numbers with a comma between. */
    static Propensity propensity(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 2) {
                return new Propensity(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("must be two numbers above 0 as in 0.55,1.5, got '" + text + "'");
        }
        throw new TypeConversionException("must be two numbers as in 0.55,1.5, got '" + text + "'");
    }

    private static ThresholdGoal goal(String text) {
        try {
            return ThresholdGoal.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches() || parts.group(1).matches("0+")) {
            throw new TypeConversionException("must be a time above 0 such as 90s, 20m or 2h, got '" + text + "'");
        }
        ChronoUnit unit = switch (parts.group(2)) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            default -> ChronoUnit.HOURS;
        };
        return Duration.of(Long.parseLong(parts.group(1)), unit);
    }

    private static TuneMetric metric(String text) {
        try {
            return new TuneMetric(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** What a model is for. */
    enum Task {
        /** Labels for texts or numbered features. */
        TAG,
        /** Ratings of items by users. */
        RATE
    }

    /**
     * A number of things, or a share of them.
     *
     * @param number how many, 0 when a share is given
     * @param share in (0, 1], 0 when a number is given
     */
    record Amount(int number, double share) {

        static Amount of(String text) {
            try {
                if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= 1) {
                    return new Amount(Integer.parseInt(text), 0);
                }
                boolean percent = text.endsWith("%");
                double value = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
                double share = percent ? value / 100 : value;
                if (share > 0 && (percent ? share <= 1 : share < 1)) {
                    return new Amount(0, share);
                }
            } catch (NumberFormatException e) {
                throw wrong(text);
            }
            throw wrong(text);
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException(
                    "must be a number from 1 as in 20000, or a share as in 25% or 0.25, got '" + text + "'");
        }

        /** How many of {@code all}, at least one. */
        int of(int all) {
            return share > 0 ? Math.max(1, (int) Math.round(share * all)) : number;
        }
    }

    /** The k of precision at k and its like, ascending. */
    record Cutoffs(List<Integer> values) {

        private static final int LARGEST = 1000;

        static final Cutoffs DEFAULT = new Cutoffs(List.of(1, 3, 5));

        static Cutoffs of(String text) {
            if (!text.matches("[0-9]{1,6}(,[0-9]{1,6})*")) {
                throw wrong(text);
            }
            List<Integer> values = Arrays.stream(text.split(","))
                    .map(Integer::valueOf)
                    .distinct()
                    .sorted()
                    .toList();
            if (values.get(0) < 1 || values.get(values.size() - 1) > LARGEST) {
                throw wrong(text);
            }
            return new Cutoffs(values);
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException(
                    "must be numbers from 1 to " + LARGEST + " as in 1,3,5, got '" + text + "'");
        }

        int[] array() {
            return values.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
