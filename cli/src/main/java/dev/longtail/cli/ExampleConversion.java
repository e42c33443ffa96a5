package dev.longtail.cli;

import dev.longtail.data.ConversionReport;
import dev.longtail.data.DataFormat;
import dev.longtail.data.FormatConversion;
import dev.longtail.data.RowFormat;
import dev.longtail.text.TextConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From examples in one format to a file in another. */
final class ExampleConversion {

    private final Console console;
    private final @Nullable Path temporary;
    private final @Nullable Path labelsTo;
    private final @Nullable Path featuresTo;

    /**
     * What goes where.
     *
     * @param temporary  folder for temporary files, null for the system's
     * @param labelsTo   file for the labels of numbers, null for none
     * @param featuresTo file for the words of numbers, null for none
     */
    ExampleConversion(Console console, @Nullable Path temporary, @Nullable Path labelsTo, @Nullable Path featuresTo) {
        this.console = console;
        this.temporary = temporary;
        this.labelsTo = labelsTo;
        this.featuresTo = featuresTo;
    }

    /** @param format of {@code from}, null to recognise it */
    int run(Path from, @Nullable DataFormat format, Path to, @Nullable DataFormat target) throws IOException {
        DataFormat written = Objects.requireNonNull(target);
        ConversionReport[] report = new ConversionReport[1];
        try (ProgressDisplay progress = ProgressDisplay.on(console)) {
            FormatConversion conversion = FormatConversion.of(from, format, progress);
            if (conversion.format().text() && written == DataFormat.XC) {
                report[0] = number(conversion, to);
            } else {
                if (labelsTo != null || featuresTo != null) {
                    throw new UsageException(
                            "--labels-to and --features-to go with texts; " + from + " holds numbers already");
                }
                OutputFile.writeRows(to, RowFormat.Rows.EXAMPLES, out -> report[0] = conversion.write(written, out));
            }
        }
        print(report[0], to);
        return Failures.DONE;
    }

    private ConversionReport number(FormatConversion conversion, Path to) throws IOException {
        FormatConversion.Numbered[] numbered = new FormatConversion.Numbered[1];
        try (TemporaryFolder folder = TemporaryFolder.in(temporary)) {
            OutputFile.write(to, out -> numbered[0] = conversion.number(TextConfig.DEFAULT, folder.path(), out));
        }
        write(labelsTo, numbered[0].labels().size(), numbered[0].labels()::id);
        write(featuresTo, numbered[0].features().size(), numbered[0].features()::name);
        return numbered[0].report();
    }

    private static void write(@Nullable Path file, int count, IntFunction<String> line) throws IOException {
        if (file != null) {
            OutputFile.write(file, out -> {
                for (int number = 0; number < count; number++) {
                    out.write(line.apply(number) + "\n");
                }
            });
        }
    }

    private void print(ConversionReport report, Path to) throws IOException {
        String format = RowFormat.isNeeded(to) ? "parquet" : report.to().toString();
        console.out()
                .println(to + ": " + Texts.count(report.examples()) + " examples from " + report.from() + " to "
                        + format + ", " + Texts.bytes(Files.size(to)));
        if (!report.lost().isEmpty()) {
            console.out().println("What " + format + " has no place for:");
            for (ConversionReport.Lost lost : report.lost()) {
                String lines = lost.lines().stream().map(String::valueOf).collect(Collectors.joining(", "));
                console.out()
                        .println("  " + Texts.count(lost.count()) + " x "
                                + lost.loss().meaning()
                                + (lines.isEmpty() ? "" : ": line " + lines)
                                + (lost.lines().size() < lost.count() && !lines.isEmpty() ? ", ..." : ""));
            }
        }
        console.flush();
    }
}
