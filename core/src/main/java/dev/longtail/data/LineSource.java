package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Reads files that do not consist of lines as if they did: one object of {@link DataFormat#JSONL} for each example.
 * Implementations stand in modules of their own, since what they need is large, and are found as services.
 */
public interface LineSource {

    /** What the name of a file ends with that is not read as lines. */
    String PARQUET = ".parquet";

    /** Whether this reads files that end so. @param ending with its dot, in lower case */
    boolean reads(String ending);

    /**
     * The file as lines in UTF-8.
     *
     * @throws InputException when it is damaged or holds no examples; also while it is read
     */
    InputStream lines(Path file) throws IOException;

    /** Whether a file is one of those that are not read as lines. */
    static boolean isNeeded(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(PARQUET);
    }

    /**
     * What reads such a file.
     *
     * @throws InputException when there is nothing that does
     */
    static LineSource of(Path file) {
        for (LineSource source : ServiceLoader.load(LineSource.class, LineSource.class.getClassLoader())) {
            if (source.reads(PARQUET)) {
                return source;
            }
        }
        throw new InputException(
                file.toString(), 0, "is Parquet, which the module longtail-parquet reads; add it to the class path");
    }
}
