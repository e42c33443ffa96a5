package dev.longtail.anchor;

import dev.longtail.config.InputException;
import dev.longtail.data.LineReader;
import dev.longtail.data.ReadListener;
import dev.longtail.data.SourceFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a name and a vector: {@code name TAB numbers}, or {@code name SPACE numbers} with a name without spaces, as
 * word2vec and GloVe write them; numbers are separated by spaces or tabs. A first line of two whole numbers, the lines
 * and the dimension, is word2vec's header.
 */
final class VectorLines implements Closeable {

    private static final Pattern HEADER = Pattern.compile("([0-9]{1,9}) ([0-9]{1,9})");
    private static final Pattern SPACE = Pattern.compile("[ \t]+");
    private static final int LINES_PER_REPORT = 2048;

    private final LineReader lines;
    private final ReadListener listener;
    private long declaredLines = -1;
    private int dimension;
    private long read;
    private float[] values = {};

    VectorLines(Path file, ReadListener listener) throws IOException {
        this.lines = LineReader.open(file);
        this.listener = listener;
    }

    /**
     * The next line, null behind the last one.
     *
     * @throws InputException when there are not as many lines as the header says
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    @Nullable
    String next() throws IOException {
        String line = lines.next();
        if (line != null && lines.line() == 1) {
            Matcher header = HEADER.matcher(line.strip());
            if (header.matches()) {
                declaredLines = Long.parseLong(header.group(1));
                dimension = Integer.parseInt(header.group(2));
                line = lines.next();
            }
        }
        boolean last = line == null;
        read += last ? 0 : 1;
        if (last || read % LINES_PER_REPORT == 0) {
            report();
        }
        if (last && declaredLines >= 0 && declaredLines != read) {
            throw new InputException(
                    lines.source(), 0, "declares " + declaredLines + " vectors and holds " + read + "; is it whole?");
        }
        return line;
    }

    private void report() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + lines.source() + " was cancelled at line " + lines.line());
        }
        listener.progress(new ReadListener.Progress(
                "vectors", lines.source(), lines.line(), lines.bytesDone(), lines.bytesTotal()));
    }

    /** Lines read, without a header. */
    long read() {
        return read;
    }

    /** Length of the vectors, 0 before one was parsed. */
    int dimension() {
        return dimension;
    }

    /** The name on a line; the whole line where nothing else stands on it. */
    static String name(String line) {
        int tab = line.indexOf('\t');
        int end = tab >= 0 ? tab : line.indexOf(' ');
        return end < 0 ? line : line.substring(0, end);
    }

    /** What stands behind the name. */
    static String rest(String line, String name) {
        return line.substring(name.length()).strip();
    }

    /**
     * Parses numbers, as many as on the lines before.
     *
     * @return the numbers, valid until the next call
     */
    float[] parse(String numbers) {
        String[] fields = SPACE.split(numbers);
        if (numbers.isEmpty() || dimension > 0 && fields.length != dimension) {
            throw wrong("expected a name and " + (dimension > 0 ? dimension + " numbers" : "numbers") + ", got "
                    + (numbers.isEmpty() ? 0 : fields.length));
        }
        dimension = fields.length;
        if (values.length != dimension) {
            values = new float[dimension];
        }
        for (int i = 0; i < dimension; i++) {
            values[i] = number(fields[i]);
        }
        return values;
    }

    private float number(String field) {
        try {
            float value = Float.parseFloat(field);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new InputException(lines.source(), lines.line(), "'" + field + "' is no number", e);
        }
        throw wrong("'" + field + "' is no finite number");
    }

    InputException wrong(String reason) {
        return lines.wrong(reason);
    }

    /** Number of the line that was read last. */
    long line() {
        return lines.line();
    }

    /** To be asked once, behind the last line. */
    SourceFile sourceFile() {
        return lines.sourceFile();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
