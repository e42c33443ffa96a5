package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.data.XcWriter;
import dev.longtail.synthetic.SyntheticConfig;
import dev.longtail.synthetic.SyntheticExamples;
import dev.longtail.synthetic.SyntheticExamples.Part;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Writes made-up examples with planted structure, to measure quality and cost at any size.",
        footer = {
            "",
            "Labels are drawn by Zipf's law, so most are rare. Labels of an example are of one topic; its words are",
            "words of its labels and its topic among words that mean nothing. Files are in the format xc, which",
            "other tools of the field read too. The same settings and seed write the same files.",
            "",
            "Examples:",
            "  longtail generate --labels 100000 --examples 500000 --output train.txt.gz --test test.txt.gz",
            "  longtail generate --labels 1000 --examples 9000 --output train.txt --set exponent=1 --set noise=0.3",
            "  longtail train --train train.txt.gz --model my-model",
        })
final class GenerateCommand implements Callable<Integer> {

    private static final int LOOK = 1000; // examples between two looks at the clock and the interrupt flag
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Console console;

    @Option(names = "--labels", paramLabel = "N", description = "Number of labels. Default: 100000.")
    private @Nullable Integer labels;

    @Option(names = "--examples", paramLabel = "N", description = "Number of training examples. Default: 500000.")
    private @Nullable Integer examples;

    @Option(names = "--features", paramLabel = "N", description = "Number of features. Default: 50000.")
    private @Nullable Integer features;

    @Option(names = "--output", paramLabel = "F", description = "File of training examples; gzip when it ends in .gz.")
    private @Nullable Path output;

    @Option(names = "--validate", paramLabel = "F", description = "File of other examples, to choose by.")
    private @Nullable Path validate;

    @Option(names = "--test", paramLabel = "F", description = "File of other examples again, to report.")
    private @Nullable Path test;

    @Option(
            names = "--test-examples",
            paramLabel = "N",
            description = "Examples in --validate and in --test. Default: a tenth of those of --output.")
    private @Nullable Integer testExamples;

    @Option(names = "--overwrite", description = "Replace files that exist.")
    private boolean overwrite;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random. Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Change a setting, for example noise=0.3; may be given several times. --settings lists them.")
    private List<String> changes = List.of();

    @Option(names = "--settings", description = "List all settings with their values and meanings, and end.")
    private boolean listSettings;

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (listSettings) {
            SettingOptions.list(SyntheticConfig.DEFAULT, console);
            return Failures.DONE;
        }
        if (output == null) {
            throw new UsageException("missing --output F");
        }
        SyntheticConfig config = config();
        int others = testExamples == null ? Math.max(1, config.examples() / 10) : testExamples;
        if (others < 1) {
            throw new UsageException("--test-examples must be at least 1, got " + others);
        }
        Map<Path, SyntheticExamples> files = new LinkedHashMap<>();
        add(files, output, config.train());
        add(files, validate, config.part(Part.VALIDATION, others));
        add(files, test, config.part(Part.TEST, others));
        return Interruption.guard(console, () -> "no unfinished file is left", () -> write(files, config));
    }

    private SyntheticConfig config() {
        Map<String, String> values = SettingOptions.parse(changes);
        SettingOptions.put(values, "labels", labels);
        SettingOptions.put(values, "examples", examples);
        SettingOptions.put(values, "features", features);
        SettingOptions.put(values, "seed", seed);
        try {
            return Settings.override(SyntheticConfig.DEFAULT, values);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void add(Map<Path, SyntheticExamples> files, @Nullable Path file, SyntheticExamples part) {
        if (file == null) {
            return;
        }
        if (Files.exists(file) && !overwrite) {
            throw new UsageException(file + " exists; add --overwrite to replace it");
        }
        if (files.put(file, part) != null) {
            throw new UsageException(file + " is given for two parts; give each a file of its own");
        }
    }

    private int write(Map<Path, SyntheticExamples> files, SyntheticConfig config) throws IOException {
        for (Map.Entry<Path, SyntheticExamples> entry : files.entrySet()) {
            Path file = entry.getKey();
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            try {
                write(entry.getValue(), config, file, unfinished);
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            console.out()
                    .println(file + ": " + Texts.count(entry.getValue().size()) + " examples, "
                            + Texts.bytes(Files.size(file)));
        }
        console.flush();
        return Failures.DONE;
    }

    private void write(SyntheticExamples examplesOfPart, SyntheticConfig config, Path file, Path unfinished)
            throws IOException {
        long[] lastLine = {System.nanoTime()};
        try (Writer out = writer(file, unfinished)) {
            XcWriter.write(examplesOfPart, config.features(), config.labels(), out, written -> {
                if (written % LOOK == 0) {
                    look(file, written, examplesOfPart.size(), lastLine);
                }
            });
        }
    }

    private static Writer writer(Path file, Path unfinished) throws IOException {
        OutputStream out = Files.newOutputStream(unfinished);
        OutputStream bytes = file.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
        return new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
    }

    private void look(Path file, int written, int all, long[] lastLine) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("writing of " + file + " was interrupted");
        }
        if (System.nanoTime() - lastLine[0] >= INTERVAL_NANOS) {
            lastLine[0] = System.nanoTime();
            console.message("writing " + file + ", " + 100L * written / all + " %");
        }
    }
}
