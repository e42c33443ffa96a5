package dev.longtail.rating;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;

/** The items that each user has rated, as rows of ascending numbers one behind the other: four bytes a rating. */
public final class SeenItems {

    private final int[] starts;
    private final int[] items;

    private SeenItems(int[] starts, int[] items) {
        this.starts = starts;
        this.items = items;
    }

    /**
     * What the users of a set have rated; unknown users and items are left out.
     *
     * @param users number of users
     */
    public static SeenItems of(RatingSet set, int users) {
        int[] ends = new int[users + 1];
        for (int i = 0; i < set.size(); i++) {
            if (set.user(i) >= 0 && set.item(i) >= 0) {
                ends[set.user(i) + 1]++;
            }
        }
        for (int user = 0; user < users; user++) {
            ends[user + 1] += ends[user];
        }
        int[] items = new int[ends[users]];
        int[] next = Arrays.copyOf(ends, users);
        for (int i = 0; i < set.size(); i++) {
            if (set.user(i) >= 0 && set.item(i) >= 0) {
                items[next[set.user(i)]++] = set.item(i);
            }
        }
        return distinct(ends, items);
    }

    /** Sorts rows and closes the gaps that items rated more than once would leave. */
    private static SeenItems distinct(int[] starts, int[] items) {
        int to = 0;
        int from = 0;
        for (int user = 0; user + 1 < starts.length; user++) {
            int end = starts[user + 1];
            Arrays.sort(items, from, end);
            int first = to;
            for (int i = from; i < end; i++) {
                if (to == first || items[to - 1] != items[i]) {
                    items[to++] = items[i];
                }
            }
            starts[user] = first;
            from = end;
        }
        starts[starts.length - 1] = to;
        return new SeenItems(starts, to == items.length ? items : Arrays.copyOf(items, to));
    }

    /** Number of users. */
    public int users() {
        return starts.length - 1;
    }

    /** Number of pairs of a user and an item. */
    public int size() {
        return items.length;
    }

    /** The items of a user, ascending; a copy. */
    public int[] of(int user) {
        return Arrays.copyOfRange(items, starts[user], starts[user + 1]);
    }

    /**
     * The numbers as they are stored: {@code seen.starts} and {@code seen.items}, of 16 bits where all items fit.
     *
     * @param itemCount number of items
     */
    public List<Tensor> tensors(int itemCount) {
        Tensor.Ints begin = new Tensor.Ints("seen.starts", List.of((long) starts.length), List.of(starts));
        List<Long> shape = List.of((long) items.length);
        if (itemCount > 1 << Character.SIZE) {
            return List.of(begin, new Tensor.Ints("seen.items", shape, List.of(items)));
        }
        char[] narrow = new char[items.length];
        for (int i = 0; i < items.length; i++) {
            narrow[i] = (char) items[i];
        }
        return List.of(begin, new Tensor.Chars("seen.items", shape, List.of(narrow)));
    }

    /**
     * What {@link #tensors} made.
     *
     * @throws IllegalArgumentException when names, lengths or numbers are not those of so many users and items
     */
    public static SeenItems ofTensors(List<Tensor> tensors, int users, int itemCount) {
        int[] starts = null;
        int[] items = null;
        for (Tensor tensor : tensors) {
            if (tensor.name().equals("seen.starts") && tensor instanceof Tensor.Ints ints) {
                starts = ints.pages().get(0);
            } else if (tensor.name().equals("seen.items") && tensor instanceof Tensor.Ints ints) {
                items = ints.pages().get(0);
            } else if (tensor.name().equals("seen.items") && tensor instanceof Tensor.Chars chars) {
                items = widened(chars.pages().get(0));
            }
        }
        if (starts == null || items == null || tensors.size() != 2) {
            throw new IllegalArgumentException("the file must hold seen.starts and seen.items, and nothing else");
        }
        Require.that(starts.length == users + 1, "seen.starts", users + 1 + " numbers long", starts.length);
        Require.that(
                starts[0] == 0 && starts[users] == items.length,
                "seen.starts",
                "from 0 to the length of seen.items, " + items.length,
                starts[0] + " to " + starts[users]);
        check(starts, items, itemCount);
        return new SeenItems(starts, items);
    }

    private static int[] widened(char[] narrow) {
        int[] wide = new int[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }

    private static void check(int[] starts, int[] items, int itemCount) {
        for (int user = 0; user + 1 < starts.length; user++) {
            Require.that(
                    starts[user] <= starts[user + 1] && starts[user + 1] <= items.length,
                    "seen.starts",
                    "ascending",
                    starts[user] + " before " + starts[user + 1]);
            int before = -1;
            for (int i = starts[user]; i < starts[user + 1]; i++) {
                Require.that(
                        items[i] > before && items[i] < itemCount,
                        "seen.items of user " + user,
                        "ascending and below " + itemCount,
                        before + " before " + items[i]);
                before = items[i];
            }
        }
    }
}
