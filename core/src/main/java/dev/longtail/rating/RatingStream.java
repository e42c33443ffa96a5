package dev.longtail.rating;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;
import dev.longtail.data.ReadListener;
import dev.longtail.data.SourceFile;
import dev.longtail.parallel.RandomStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Files of ratings as a stream, in the order of their lines. Memory holds one chunk and the identifiers so far. Which
 * ratings are held out, seed and place in the stream decide.
 */
public final class RatingStream implements RatingChunks, Closeable {

    // Apart from the streams of epochs and that of ratings held out.
    private static final long ORDERS = -2;

    private static final int ROWS_PER_REPORT = 1 << 16;

    private final Deque<Path> waiting;
    private final int chunk;
    private final double heldOut;
    private final long seed;
    private final ReadListener listener;
    private final Side users = new Side();
    private final Side items = new Side();
    private final List<SourceFile> files = new ArrayList<>();
    private @Nullable RatingReader reader;
    private String reading = "";
    private long passed;
    private int chunks;

    /**
     * A stream of some files.
     *
     * @param chunk ratings in a chunk, at least 1; the last one may have fewer
     * @param heldOut share of the ratings that are held out, from 0 to below 1
     */
    public RatingStream(List<Path> files, int chunk, double heldOut, long seed, ReadListener listener) {
        Require.that(!files.isEmpty(), "files", "at least one", "none");
        Require.that(chunk >= 1, "chunk", "at least 1", chunk);
        Require.that(heldOut >= 0 && heldOut < 1, "heldOut", "at least 0 and below 1", heldOut);
        this.waiting = new ArrayDeque<>(files);
        this.chunk = chunk;
        this.heldOut = heldOut;
        this.seed = seed;
        this.listener = listener;
    }

    /**
     * The next ratings.
     *
     * @throws InputException when a line is wrong
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    @Override
    public Optional<RatingChunk> next() throws IOException {
        Part train = new Part();
        Part others = new Part();
        Side lateUsers = new Side();
        Side lateItems = new Side();
        RatingReader from;
        while (train.size + others.size < chunk && (from = advance()) != null) {
            if (RatingSplit.isHeldOut(passed++, heldOut, seed)) {
                others.add(lateUsers.number(from.userKey()), lateItems.number(from.itemKey()), from.rating());
            } else {
                train.add(users.counted(from.userKey()), items.counted(from.itemKey()), from.rating());
            }
        }
        if (train.size + others.size == 0) {
            return Optional.empty();
        }
        lateUsers.translate(others.users, others.size, users);
        lateItems.translate(others.items, others.size, items);
        RatingSet ordered = train.set().shuffledInPlace(RandomStream.key(seed, ORDERS, ++chunks));
        return Optional.of(new RatingChunk(ordered, others.set()));
    }

    /** Moves to the next rating of the files; null behind the last one. */
    private @Nullable RatingReader advance() throws IOException {
        while (reader != null || !waiting.isEmpty()) {
            if (reader == null) {
                Path file = waiting.remove();
                reading = file.toString();
                reader = RatingReader.open(file);
            }
            if (reader.next()) {
                if (passed % ROWS_PER_REPORT == 0) {
                    report(reader);
                }
                return reader;
            }
            report(reader);
            files.add(reader.sourceFile());
            close();
        }
        return null;
    }

    private void report(RatingReader from) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + reading + " was cancelled at line " + from.line());
        }
        listener.progress(
                new ReadListener.Progress("ratings", reading, from.line(), from.bytesDone(), from.bytesTotal()));
    }

    @Override
    public Ids users() {
        return users.ids();
    }

    @Override
    public Ids items() {
        return items.ids();
    }

    /**
     * The items with what a file says of them, see {@link RatingFiles}; the file is among {@link #files} from then on.
     *
     * @throws InputException when the file is wrong
     */
    public Items described(Path file) throws IOException {
        return ItemFile.read(file, items.ids(), files);
    }

    /** The files that have been read to their ends. */
    public List<SourceFile> files() {
        return List.copyOf(files);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Users or items in the order of their arrival, with their numbers of ratings. */
    private static final class Side {

        private final IdTable table = new IdTable();
        private int[] counts = new int[64];

        int number(IdKey key) {
            return table.add(key);
        }

        int counted(IdKey key) {
            int number = table.add(key);
            if (number == counts.length) {
                counts = Arrays.copyOf(counts, 2 * counts.length);
            }
            counts[number]++;
            return number;
        }

        /** From numbers of this side to those that the same identifiers have in another. */
        void translate(int[] numbers, int count, Side other) {
            int[] translated = new int[table.size()];
            IdKey key = new IdKey();
            for (int number = 0; number < translated.length; number++) {
                key.set(table.id(number));
                translated[number] = other.table.find(key); // Ids.UNKNOWN where there is none
            }
            for (int i = 0; i < count; i++) {
                numbers[i] = translated[numbers[i]];
            }
        }

        Ids ids() {
            return new Ids(table, Arrays.copyOf(counts, table.size()));
        }
    }

    /** Ratings that come one by one. */
    private static final class Part {

        private int[] users = new int[64];
        private int[] items = new int[64];
        private float[] ratings = new float[64];
        private int size;

        void add(int user, int item, float rating) {
            if (size == users.length) {
                users = Arrays.copyOf(users, 2 * size);
                items = Arrays.copyOf(items, 2 * size);
                ratings = Arrays.copyOf(ratings, 2 * size);
            }
            users[size] = user;
            items[size] = item;
            ratings[size++] = rating;
        }

        RatingSet set() {
            return RatingSet.of(users, items, ratings, size);
        }
    }
}
