package dev.longtail.anchor;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;
import dev.longtail.data.ReadListener;
import dev.longtail.relation.FreeEntries;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Anchors that were chosen elsewhere, say by a group lasso or variational dropout run (appendix D), in the order of
 * their file.
 *
 * @param objects object that each anchor is, {@link FreeEntries#NO_OBJECT} where it is a vector only
 * @param dimension length of the vectors, 0 where there are none
 * @param vectors [anchors][dimension], null where the file holds names only
 * @param report which lines could not be used
 */
public record ImportedAnchors(int[] objects, int dimension, float @Nullable [] vectors, VectorReport report) {

    /**
     * Reads a file, plain or gzip. Either every line is the name of an object, or every line is a name and a vector,
     * written as {@link VectorReader} reads it; then a name that is no object names a vector only.
     *
     * @param ids from the name of an object to its number, or to one below 0 where it is unknown
     * @throws InputException when a line is wrong, an object stands on two lines, or no line can be used
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public static ImportedAnchors read(Path file, ToIntFunction<String> ids, ReadListener listener) throws IOException {
        try (VectorLines lines = new VectorLines(file, listener)) {
            Reading reading = new Reading(lines, ids);
            String line;
            while ((line = lines.next()) != null) {
                reading.add(line);
            }
            if (reading.objects.isEmpty()) {
                throw new InputException(file.toString(), 0, "names none of the objects; is it the right file?");
            }
            return reading.finish();
        }
    }

    /** The first anchors of the file. */
    ImportedAnchors first(int anchors) {
        Require.that(anchors <= objects.length, "anchors", "at most those of the file, " + objects.length, anchors);
        return new ImportedAnchors(
                Arrays.copyOf(objects, anchors),
                dimension,
                vectors == null ? null : Arrays.copyOf(vectors, anchors * dimension),
                report);
    }

    /** The state of one call of {@link #read}. */
    private static final class Reading {

        private static final Pattern NUMBER = Pattern.compile("[-+]?\\.?[0-9]");

        private final VectorLines lines;
        private final ToIntFunction<String> ids;
        private final IntOpenHashSet seen = new IntOpenHashSet();
        private final IntArrayList objects = new IntArrayList();
        private final FloatArrayList values = new FloatArrayList();
        private final List<String> examples = new ArrayList<>();
        private long unknown;
        private int names;

        Reading(VectorLines lines, ToIntFunction<String> ids) {
            this.lines = lines;
            this.ids = ids;
        }

        void add(String line) {
            String whole = line.strip();
            int object = ids.applyAsInt(whole);
            String name = VectorLines.name(line);
            if (object < 0 && isVector(line, VectorLines.rest(line, name))) {
                addVector(name, line);
            } else {
                addName(object, whole);
            }
        }

        /** A name may have spaces: without a tab, numbers must look like numbers. */
        private static boolean isVector(String line, String rest) {
            return !rest.isEmpty()
                    && (line.indexOf('\t') >= 0 || NUMBER.matcher(rest).lookingAt());
        }

        private void addName(int object, String name) {
            names++;
            checkKind(values.isEmpty());
            if (object < 0) {
                unknown++;
                if (unknown <= VectorReport.NAMED) {
                    examples.add(name);
                }
            } else {
                addObject(object, name);
            }
        }

        private void addVector(String name, String line) {
            checkKind(names == 0);
            float[] vector = lines.parse(VectorLines.rest(line, name));
            values.addElements(values.size(), vector);
            int object = ids.applyAsInt(name);
            if (object < 0) {
                objects.add(FreeEntries.NO_OBJECT);
            } else {
                addObject(object, name);
            }
        }

        private void addObject(int object, String name) {
            if (!seen.add(object)) {
                throw lines.wrong("'" + name + "' is an anchor on an earlier line; keep one of them");
            }
            objects.add(object);
        }

        private void checkKind(boolean same) {
            if (!same) {
                throw lines.wrong("some lines hold a vector and others a name only; give all of them one, or none");
            }
        }

        ImportedAnchors finish() {
            VectorReport report =
                    new VectorReport(lines.sourceFile(), lines.read(), objects.size(), unknown, 0, examples);
            return values.isEmpty()
                    ? new ImportedAnchors(objects.toIntArray(), 0, null, report)
                    : new ImportedAnchors(objects.toIntArray(), lines.dimension(), values.toFloatArray(), report);
        }
    }
}
