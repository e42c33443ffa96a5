package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Files that do not consist of lines, read and written as if they did: one object of JSON for each row. Implementations
 * stand in modules of their own, since what they need is large, and are found as services.
 */
public interface RowFormat {

    /** What the name of a file ends with that does not consist of lines. */
    String PARQUET = ".parquet";

    /** What the rows of a written file are. */
    enum Rows {
        /** Objects of {@link DataFormat#JSONL}. */
        EXAMPLES,
        /**
         * Objects of suggestions: {@code id} of the example, which may be missing, and {@code labels}, an array of
         * objects of {@code id}, {@code name}, {@code score} and {@code probability}.
         */
        SUGGESTIONS
    }

    /** Whether files that end so are of this format. @param ending with its dot, in lower case */
    boolean isFor(String ending);

    /**
     * The examples of a file as lines of {@link DataFormat#JSONL} in UTF-8.
     *
     * @throws InputException when it is damaged or holds no examples; also while it is read
     */
    InputStream read(Path file) throws IOException;

    /**
     * Lines of JSON in UTF-8 as rows. The file is whole when the lines are closed.
     *
     * @param to where the file goes, closed with the lines
     */
    OutputStream write(OutputStream to, Rows rows) throws IOException;

    /** Whether a file is one of those that do not consist of lines. */
    static boolean isNeeded(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(PARQUET);
    }

    /**
     * The format of such a file.
     *
     * @throws InputException when there is nothing that knows it
     */
    static RowFormat of(Path file) {
        for (RowFormat format : ServiceLoader.load(RowFormat.class, RowFormat.class.getClassLoader())) {
            if (format.isFor(PARQUET)) {
                return format;
            }
        }
        throw new InputException(
                file.toString(),
                0,
                "is Parquet, which is the work of module longtail-parquet; add it to the class path");
    }
}
