package dev.longtail.bench.load;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long the answers of a run took.
 *
 * @param nanoseconds of each request, to three digits
 * @param seconds of the run
 * @param errors answers with another status than 200, and broken connections
 * @param firstError what the first of them said
 * @param empty answers without a suggestion
 */
public record Latencies(
        Histogram nanoseconds,
        double seconds,
        long errors,
        @Nullable String firstError,
        long empty) {

    /** Head of a table of {@link #row}. */
    public static final String HEAD = "| | requests | a second | median ms | 90 % ms | 99 % ms | 99.9 % ms | longest ms"
            + " | without suggestions | errors |\n|---|---|---|---|---|---|---|---|---|---|\n";

    public Latencies {
        if (nanoseconds.getTotalCount() == 0) {
            throw new IllegalArgumentException("nothing was asked");
        }
        if (2 * empty > nanoseconds.getTotalCount()) {
            throw new IllegalArgumentException(
                    empty + " of " + nanoseconds.getTotalCount() + " answers are empty: are these texts of the model?");
        }
    }

    /** Runs one after the other, as one. */
    public static Latencies of(List<Latencies> runs) {
        Histogram all = new Histogram(3);
        runs.forEach(run -> all.add(run.nanoseconds));
        return new Latencies(
                all,
                runs.stream().mapToDouble(Latencies::seconds).sum(),
                runs.stream().mapToLong(Latencies::errors).sum(),
                runs.stream()
                        .map(Latencies::firstError)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                runs.stream().mapToLong(Latencies::empty).sum());
    }

    /** Requests a second. */
    public double perSecond() {
        return nanoseconds.getTotalCount() / seconds;
    }

    /** Milliseconds within which a part of the requests, in percent, was answered. */
    public double milliseconds(double percent) {
        return nanoseconds.getValueAtPercentile(percent) / 1e6;
    }

    /** A line of a Markdown table, ended. */
    public String row(String title) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %.2f | %.2f | %.2f | %.1f | %.1f | %,d | %,d%s |%n",
                title,
                nanoseconds.getTotalCount(),
                perSecond(),
                milliseconds(50),
                milliseconds(90),
                milliseconds(99),
                milliseconds(99.9),
                milliseconds(100),
                empty,
                errors,
                firstError == null ? "" : ", the first " + firstError);
    }
}
