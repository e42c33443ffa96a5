package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of labels from a file: lines {@code id TAB name}, where further columns are ignored; for
 * {@link DataFormat#XC} one name a line, in the order of the label numbers. Plain or gzip.
 */
public final class LabelNames {

    private final Map<String, Named> names = new LinkedHashMap<>();
    private final DataFormat format;
    private SourceFile sourceFile = new SourceFile("", 0, "");
    private int repetitions;

    private record Named(String name, long line) {}

    /** What reads a file of names; {@link LabelNames#read} is one. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads a file of names.
         *
         * @param format of the examples whose labels are named
         * @throws InputException when the file cannot be used
         */
        LabelNames read(Path file, DataFormat format) throws IOException;
    }

    private LabelNames(DataFormat format) {
        this.format = format;
    }

    /**
     * Reads a file of names.
     *
     * @param format of the examples whose labels are named
     * @throws InputException when a line has no tab or no id, or gives a label another name than an earlier line
     */
    public static LabelNames read(Path file, DataFormat format) throws IOException {
        LabelNames labels = new LabelNames(format);
        try (LineReader lines = LineReader.open(file)) {
            String line;
            while ((line = lines.next()) != null) {
                labels.add(line, lines);
            }
            labels.sourceFile = lines.sourceFile();
        }
        return labels;
    }

    /**
     * Names that were read elsewhere, in the order of the map.
     *
     * @param names      name of each label by its id; in examples of {@link DataFormat#ANNIF} ids get angle brackets
     *     where they have none
     * @param format     of the examples whose labels are named
     * @param sourceFile where the names come from
     */
    public static LabelNames of(Map<String, String> names, DataFormat format, SourceFile sourceFile) {
        LabelNames labels = new LabelNames(format);
        names.forEach((id, name) ->
                labels.names.put(format == DataFormat.ANNIF ? AnnifParser.id(id) : id, new Named(name, 0)));
        labels.sourceFile = sourceFile;
        return labels;
    }

    private void add(String line, LineReader lines) {
        if (format == DataFormat.XC) {
            names.put(Long.toString(lines.line() - 1), new Named(line.strip(), lines.line()));
            return;
        }
        String[] fields = line.split("\t", 3);
        String id = fields[0].strip();
        if (fields.length < 2 || id.isEmpty()) {
            throw lines.wrong("expected the id of a label, a tab and its name");
        }
        Named named = new Named(fields[1].strip(), lines.line());
        Named earlier = names.putIfAbsent(format == DataFormat.ANNIF ? AnnifParser.id(id) : id, named);
        if (earlier != null) {
            if (!earlier.name.equals(named.name)) {
                throw lines.wrong("label " + id + " is named '" + named.name + "' here and '" + earlier.name
                        + "' on line " + earlier.line + "; keep one of the lines");
            }
            repetitions++;
        }
    }

    /** Name of the label, null when the file does not name it. */
    public @Nullable String name(String id) {
        Named named = names.get(id);
        return named == null ? null : named.name;
    }

    /** Ids of the named labels in the order of the file. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(names.keySet());
    }

    /** Lines that repeat an earlier line. */
    public int repetitions() {
        return repetitions;
    }

    public SourceFile sourceFile() {
        return sourceFile;
    }
}
