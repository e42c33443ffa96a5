package dev.longtail.rating;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import dev.longtail.data.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Ratings while their files are read: columns that grow by pages, users and items in the order of their arrival. */
final class RatingColumns {

    // Pages of longs too stay well below half a region of the G1 collector, from which on an array takes whole regions.
    private static final int PAGE_BITS = 15;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int ROWS_PER_REPORT = 1 << 16;

    private final boolean wantsTimes;
    private final IdTable userTable = new IdTable();
    private final IdTable itemTable = new IdTable();
    private final List<int[]> users = new ArrayList<>();
    private final List<int[]> items = new ArrayList<>();
    private final List<float[]> ratings = new ArrayList<>();
    private final List<long[]> times = new ArrayList<>();
    private final List<SourceFile> files = new ArrayList<>();
    private final RatingColumn.Scale scale = new RatingColumn.Scale();
    private int size;

    /** @param wantsTimes whether times are kept; then every file must have them */
    RatingColumns(boolean wantsTimes) {
        this.wantsTimes = wantsTimes;
    }

    /** Finds the numbers of users and items. */
    interface Numbering {
        int user(IdKey key);

        int item(IdKey key);
    }

    /**
     * Appends a file, numbering users and items that are new.
     *
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    void read(Path file, ReadListener listener) throws IOException {
        read(file, listener, new Numbering() {
            @Override
            public int user(IdKey key) {
                return userTable.add(key);
            }

            @Override
            public int item(IdKey key) {
                return itemTable.add(key);
            }
        });
    }

    /** Appends a file with given numbers. */
    void read(Path file, ReadListener listener, Numbering numbering) throws IOException {
        try (RatingReader reader = RatingReader.open(file)) {
            if (wantsTimes && !reader.hasTimes()) {
                throw new InputException(
                        file.toString(), 1, "has no column of times, by which ratings are to be held out");
            }
            long rows = 0;
            while (reader.next()) {
                add(numbering.user(reader.userKey()), numbering.item(reader.itemKey()), reader);
                if (++rows % ROWS_PER_REPORT == 0) {
                    report(reader, file, listener);
                }
            }
            report(reader, file, listener);
            files.add(reader.sourceFile());
        }
    }

    private static void report(RatingReader reader, Path file, ReadListener listener) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + file + " was cancelled at line " + reader.line());
        }
        listener.progress(new ReadListener.Progress(
                "ratings", file.toString(), reader.line(), reader.bytesDone(), reader.bytesTotal()));
    }

    private void add(int user, int item, RatingReader reader) {
        if (size == Integer.MAX_VALUE - 8) {
            throw reader.wrong("more than " + size + " ratings; leave some out");
        }
        int at = size & PAGE - 1;
        if (at == 0) {
            users.add(new int[PAGE]);
            items.add(new int[PAGE]);
            ratings.add(new float[PAGE]);
            if (wantsTimes) {
                times.add(new long[PAGE]);
            }
        }
        int page = size >>> PAGE_BITS;
        users.get(page)[at] = user;
        items.get(page)[at] = item;
        ratings.get(page)[at] = reader.rating();
        scale.add(reader.rating());
        if (wantsTimes) {
            times.get(page)[at] = reader.time();
        }
        size++;
    }

    int size() {
        return size;
    }

    int user(int row) {
        return users.get(row >>> PAGE_BITS)[row & PAGE - 1];
    }

    int item(int row) {
        return items.get(row >>> PAGE_BITS)[row & PAGE - 1];
    }

    long time(int row) {
        return times.get(row >>> PAGE_BITS)[row & PAGE - 1];
    }

    IdTable userTable() {
        return userTable;
    }

    IdTable itemTable() {
        return itemTable;
    }

    List<SourceFile> files() {
        return files;
    }

    /** Forgets times, which splitting alone needs. */
    void dropTimes() {
        times.clear();
    }

    /**
     * The ratings that pass, with other numbers for users and items. Columns are made one after the other; with
     * {@code last} each goes as soon as it has been copied.
     */
    RatingSet select(int count, IntPredicate passes, IntUnaryOperator user, IntUnaryOperator item, boolean last) {
        NumberColumn newUsers = numbers(users, count, passes, user);
        clear(users, last);
        NumberColumn newItems = numbers(items, count, passes, item);
        clear(items, last);
        RatingColumn values = new RatingColumn(count, scale.values());
        int to = 0;
        for (int row = 0; row < size; row++) {
            if (passes.test(row)) {
                values.set(to++, ratings.get(row >>> PAGE_BITS)[row & PAGE - 1]);
            }
        }
        clear(ratings, last);
        return new RatingSet(newUsers, newItems, values, false);
    }

    private NumberColumn numbers(List<int[]> pages, int count, IntPredicate passes, IntUnaryOperator changed) {
        int bound = 0;
        for (int row = 0; row < size; row++) {
            bound = Math.max(bound, 1 + changed.applyAsInt(pages.get(row >>> PAGE_BITS)[row & PAGE - 1]));
        }
        NumberColumn numbers = new NumberColumn(count, bound);
        int to = 0;
        for (int row = 0; row < size; row++) {
            if (passes.test(row)) {
                numbers.set(to++, changed.applyAsInt(pages.get(row >>> PAGE_BITS)[row & PAGE - 1]));
            }
        }
        return numbers;
    }

    private static void clear(List<?> pages, boolean last) {
        if (last) {
            pages.clear();
        }
    }
}
