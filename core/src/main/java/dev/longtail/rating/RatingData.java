package dev.longtail.rating;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import dev.longtail.data.SourceFile;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Ratings to learn from and to validate on. Users and items are numbered by falling number of training ratings, those
 * with the same number in the order of their first appearance. Ratings that stand in a file more than once count more
 * than once.
 *
 * @param train      in random order
 * @param validation empty where nothing is held out; users and items without training ratings are unknown in it
 * @param files      everything that was read
 */
public record RatingData(
        RatingSet train, Optional<RatingSet> validation, Ids users, Items items, List<SourceFile> files) {

    public RatingData {
        files = List.copyOf(files);
    }

    /**
     * Reads the files of a training run.
     *
     * @param seed of the split and of the order
     * @throws InputException when a file is wrong, or no rating is left to learn from
     */
    public static RatingData read(RatingFiles files, RatingDataConfig config, long seed, ReadListener listener)
            throws IOException {
        boolean split = files.validation().isEmpty();
        RatingColumns columns = new RatingColumns(split && config.split() != RatingDataConfig.Split.RANDOM);
        for (Path file : files.train()) {
            columns.read(file, listener);
        }
        BitSet heldOut = split ? heldOut(columns, config, seed) : new BitSet();
        columns.dropTimes();
        if (columns.size() == heldOut.cardinality()) {
            throw new InputException(files.train().get(0).toString(), 0, "holds no rating to learn from");
        }
        Optional<RatingSet> validation = Optional.empty();
        Numbers users = Numbers.of(columns, columns.userTable(), heldOut, true);
        Numbers items = Numbers.of(columns, columns.itemTable(), heldOut, false);
        if (!heldOut.isEmpty()) {
            validation = Optional.of(columns.select(heldOut.cardinality(), heldOut::get, users::of, items::of, false));
        }
        int left = columns.size() - heldOut.cardinality();
        RatingSet ordered = columns.select(left, row -> !heldOut.get(row), users::of, items::of, true);
        RatingGroups groups = RatingGroups.of(users.ids.size(), items.ids.size());
        RatingSet train = ordered.shuffledInPlace(seed).grouped(groups);
        List<SourceFile> sources = new ArrayList<>(columns.files());
        if (!split) {
            validation = Optional.of(read(files.validation(), users.ids, items.ids, sources, listener));
        }
        Items described =
                files.items() == null ? new Items(items.ids) : ItemFile.read(files.items(), items.ids, sources);
        return new RatingData(train, validation, users.ids, described, sources);
    }

    /**
     * Data of ratings that are in memory.
     *
     * @param train ratings of users and items that are all known; of them a copy in random order is taken
     */
    public static RatingData of(RatingSet train, Optional<RatingSet> validation, Ids users, Items items, long seed) {
        RatingGroups groups = RatingGroups.of(users.size(), items.ids().size());
        RatingSet ordered = train.isShuffled() ? train : train.shuffled(seed).grouped(groups);
        return new RatingData(ordered, validation, users, items, List.of());
    }

    /** Ratings of users and items that are numbered, for measures; unknown ones are kept as such. */
    public static RatingSet read(List<Path> files, Ids users, Ids items, ReadListener listener) throws IOException {
        return read(files, users, items, new ArrayList<>(), listener);
    }

    private static RatingSet read(
            List<Path> files, Ids users, Ids items, List<SourceFile> sources, ReadListener listener)
            throws IOException {
        RatingColumns columns = new RatingColumns(false);
        RatingColumns.Numbering numbering = new RatingColumns.Numbering() {
            @Override
            public int user(IdKey key) {
                return users.indexOf(key);
            }

            @Override
            public int item(IdKey key) {
                return items.indexOf(key);
            }
        };
        for (Path file : files) {
            columns.read(file, listener, numbering);
        }
        if (columns.size() == 0) {
            throw new InputException(files.get(0).toString(), 0, "holds no rating");
        }
        sources.addAll(columns.files());
        return columns.select(columns.size(), row -> true, number -> number, number -> number, true);
    }

    private static BitSet heldOut(RatingColumns columns, RatingDataConfig config, long seed) {
        if (config.split() != RatingDataConfig.Split.USER_TIME && config.validationFraction() == 0) {
            return new BitSet();
        }
        return switch (config.split()) {
            case RANDOM -> RatingSplit.random(columns.size(), config.validationFraction(), seed);
            case TIME -> RatingSplit.lastInTime(columns.size(), columns::time, config.validationFraction());
            case USER_TIME ->
                RatingSplit.lastOfEachUser(
                        columns.size(), columns::user, columns.userTable().size(), columns::time, config.lastRatings());
        };
    }

    /** New numbers of users or of items. */
    private record Numbers(int[] byOld, Ids ids) {

        static Numbers of(RatingColumns columns, IdTable table, BitSet heldOut, boolean users) {
            int[] counts = new int[table.size()];
            for (int row = 0; row < columns.size(); row++) {
                if (!heldOut.get(row)) {
                    counts[users ? columns.user(row) : columns.item(row)]++;
                }
            }
            int[] order = new int[counts.length];
            Arrays.setAll(order, number -> number);
            IntArrays.mergeSort(order, (a, b) -> Integer.compare(counts[b], counts[a]));
            int known = order.length;
            while (known > 0 && counts[order[known - 1]] == 0) {
                known--;
            }
            int[] kept = Arrays.copyOf(order, known);
            int[] byOld = new int[counts.length];
            Arrays.fill(byOld, Ids.UNKNOWN);
            int[] keptCounts = new int[known];
            for (int number = 0; number < known; number++) {
                byOld[kept[number]] = number;
                keptCounts[number] = counts[kept[number]];
            }
            return new Numbers(byOld, new Ids(table.select(kept), keptCounts));
        }

        int of(int old) {
            return byOld[old];
        }
    }
}
