package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.data.ConversionReport.Loss;
import dev.longtail.data.ExampleReader.LabelColumn;
import dev.longtail.text.TextConfig;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A file of examples in another format. Texts go line by line from any format of texts to any other; numbered features
 * stay numbered features. Texts become numbered features by {@link #number}, which must read them twice.
 */
public final class FormatConversion {

    private static final int LINES_PER_REPORT = 2048;

    private final Path from;
    private final DataFormat format;
    private final ReadListener listener;

    private FormatConversion(Path from, DataFormat format, ReadListener listener) {
        this.from = from;
        this.format = format;
        this.listener = listener;
    }

    /**
     * A file to be converted.
     *
     * @param format of the file, null to recognise it
     * @throws InputException when the file is missing, damaged at its start or of no known format
     */
    public static FormatConversion of(Path from, @Nullable DataFormat format, ReadListener listener)
            throws IOException {
        return new FormatConversion(from, format == null ? DataFormat.recognise(from) : format, listener);
    }

    /** Format of the file that is read. */
    public DataFormat format() {
        return format;
    }

    /**
     * Writes all examples in order; memory does not grow with their number.
     *
     * @param to format to write; for numbered features {@link DataFormat#XC}, for texts any other
     * @throws InputException at the first line that is malformed or that the format cannot hold
     * @throws CancellationException when the thread is interrupted
     */
    public ConversionReport write(DataFormat to, Writer out) throws IOException {
        requireSameKind(to);
        ConversionReport.Tally tally = new ConversionReport.Tally();
        ExampleWriter writer = new ExampleWriter(format, to, out, tally);
        LabelColumn column = format == DataFormat.TEXT ? LabelColumn.OPTIONAL : LabelColumn.REQUIRED;
        RawExample example = new RawExample();
        try (ExampleReader reader = ExampleReader.open(from, format, column)) {
            while (reader.next(example)) {
                writer.write(example);
                if (writer.written() % LINES_PER_REPORT == 0) {
                    report(reader);
                }
            }
            report(reader);
            return new ConversionReport(reader.sourceFile(), format, to, writer.written(), tally.lost());
        }
    }

    private void requireSameKind(DataFormat to) {
        if (format.text() != to.text()) {
            throw new InputException(
                    from.toString(),
                    0,
                    format.text()
                            ? "holds texts, which become " + to + " only by numbering their features"
                            : "holds numbered features and no texts, which " + to
                                    + " needs; they can be written as xc");
        }
    }

    /**
     * Texts as numbered features.
     *
     * @param report   what is lost; the names are in the other two components
     * @param labels   by number
     * @param features by number
     */
    public record Numbered(ConversionReport report, LabelSet labels, FeatureSpace features) {}

    /**
     * Writes the texts as {@link DataFormat#XC}: features are the words of labelled examples by these settings with
     * their weights, labels are numbered in the order of their identifiers. Every example is written, even without
     * features or labels.
     *
     * @param text            how texts become features
     * @param temporaryFolder for the encoded examples, about 8 bytes for each feature of each example
     * @throws InputException at the first malformed line, or when there is no word or no label at all
     * @throws CancellationException when the thread is interrupted
     */
    public Numbered number(TextConfig text, Path temporaryFolder, Writer out) throws IOException {
        if (!format.text()) {
            throw new InputException(from.toString(), 0, "holds numbered features already");
        }
        DataFiles files = new DataFiles(List.of(from), List.of(), null, format);
        TrainingData.Settings settings = new TrainingData.Settings(text, DataConfig.DEFAULT);
        Census census = Census.take(files, settings, listener);
        LabelSet labels = census.labels();
        FeatureSpace features = census.features();
        DataEncoder encoder = new DataEncoder(features, labels, temporaryFolder, listener);
        try (EncodedExamples encoded = encoder.encode(files.train(), format, DataEncoder.Purpose.EVALUATE)) {
            XcWriter.write(encoded.examples(), features.size(), labels.size(), out, this::checkInterrupt);
            ConversionReport.Tally tally = new ConversionReport.Tally();
            int examples = encoded.examples().size();
            tally.add(Loss.TEXT, examples);
            tally.add(Loss.LABEL_IDS, labels.size());
            tally.add(Loss.FEATURE_NAMES, features.size());
            SourceFile source = encoded.report().files().get(0);
            return new Numbered(
                    new ConversionReport(source, format, DataFormat.XC, examples, tally.lost()), labels, features);
        }
    }

    private void checkInterrupt(int written) {
        if (written % LINES_PER_REPORT == 0 && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("converting " + from + " was cancelled at example " + written);
        }
    }

    private void report(ExampleReader reader) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("converting " + from + " was cancelled at line " + reader.line());
        }
        listener.progress(new ReadListener.Progress(
                "convert", from.toString(), reader.line(), reader.bytesDone(), reader.bytesTotal()));
    }
}
