package dev.longtail.anchor;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a space of the objects from a file, plain or gzip, a name and a vector a line: {@code name TAB numbers}, or as
 * word2vec and GloVe write text, {@code name SPACE numbers} with or without a header. Lines of unknown names are
 * counted, their numbers not looked at.
 */
public final class VectorReader {

    private final int objects;
    private final ToIntFunction<String> ids;
    private final ReadListener listener;

    /**
     * What was read.
     *
     * @param vectors of all objects
     * @param report which lines could not be used
     */
    public record ReadVectors(ObjectVectors vectors, VectorReport report) {}

    /**
     * @param objects how many there are
     * @param ids from the name of an object to its number, or to one below 0 where it is unknown
     * @param listener told of progress
     */
    public VectorReader(int objects, ToIntFunction<String> ids, ReadListener listener) {
        this.objects = objects;
        this.ids = ids;
        this.listener = listener;
    }

    /**
     * Reads the vectors of a file.
     *
     * @throws InputException when a line is wrong, or no line has a known name
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public ReadVectors read(Path file) throws IOException {
        ObjectVectors vectors = null;
        long kept = 0;
        long unknown = 0;
        long repeated = 0;
        List<String> examples = new ArrayList<>();
        try (VectorLines lines = new VectorLines(file, listener)) {
            String line;
            while ((line = lines.next()) != null) {
                String name = VectorLines.name(line);
                int object = ids.applyAsInt(name);
                if (object < 0) {
                    unknown++;
                    if (unknown <= VectorReport.NAMED) {
                        examples.add(name);
                    }
                } else if (vectors != null && vectors.known(object)) {
                    repeated++;
                } else {
                    float[] values = lines.parse(VectorLines.rest(line, name));
                    vectors = space(vectors, values.length);
                    vectors.set(object, values, 0);
                    kept++;
                }
            }
            if (vectors == null) {
                throw new InputException(file.toString(), 0, "names none of the objects; is it the right file?");
            }
            return new ReadVectors(
                    vectors, new VectorReport(lines.sourceFile(), lines.read(), kept, unknown, repeated, examples));
        }
    }

    private ObjectVectors space(@Nullable ObjectVectors begun, int dimension) {
        return begun == null ? new ObjectVectors(objects, dimension) : begun;
    }
}
