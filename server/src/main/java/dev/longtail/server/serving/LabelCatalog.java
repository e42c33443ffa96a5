package dev.longtail.server.serving;

import dev.longtail.config.Require;
import dev.longtail.data.LabelSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * The labels of a model for those who look for one: the most frequent first, and before these, labels that are called
 * what was looked for, then labels that begin with it.
 */
public final class LabelCatalog {

    private static final int LONGEST_NAMED = 100;

    private final LabelSet labels;
    /** Numbers of the labels by falling frequency, equal ones by number. */
    private final int[] order;

    /**
     * What is looked for.
     *
     * @param words of which each must stand in the name or the id of a label, whatever the case; empty for all labels
     * @param offset labels to pass over, at least 0
     * @param limit labels at most, at least 1
     */
    public record Query(String words, int offset, int limit) {
        public Query {
            Require.that(offset >= 0, "offset", "at least 0", offset);
            Require.that(limit >= 1, "limit", "at least 1", limit);
        }
    }

    /**
     * A label.
     *
     * @param name empty when it has none
     * @param trainExamples that carry it
     */
    public record Entry(String id, String name, int trainExamples) {}

    /**
     * What was found.
     *
     * @param total labels that there are of this kind
     * @param labels those of them that were asked for
     */
    public record Page(int total, List<Entry> labels) {}

    LabelCatalog(LabelSet labels) {
        this.labels = labels;
        long[] keys = new long[labels.size()];
        Arrays.setAll(keys, label -> (long) (Integer.MAX_VALUE - labels.frequency(label)) << Integer.SIZE | label);
        Arrays.sort(keys);
        this.order = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /**
     * Number of a label.
     *
     * @throws NoSuchElementException when none has the id
     */
    int number(String id) {
        int number = labels.indexOf(id);
        if (number < 0) {
            String named = id.length() > LONGEST_NAMED ? id.substring(0, LONGEST_NAMED) + "..." : id;
            throw new NoSuchElementException("the model has no label with the id '" + named + "'");
        }
        return number;
    }

    /** Looks for labels. */
    Page find(Query query) {
        String whole = plain(query.words()).strip();
        int[] found = whole.isEmpty() ? order : found(whole);
        List<Entry> page = Arrays.stream(found)
                .skip(query.offset())
                .limit(query.limit())
                .mapToObj(label -> new Entry(labels.id(label), labels.name(label), labels.frequency(label)))
                .toList();
        return new Page(found.length, page);
    }

    private int[] found(String whole) {
        String[] words = whole.split("\\s+");
        int[] holding =
                Arrays.stream(order).filter(label -> holdsAll(label, words)).toArray();
        return IntStream.rangeClosed(0, 2)
                .flatMap(kind -> Arrays.stream(holding).filter(label -> kind(label, whole) == kind))
                .toArray();
    }

    private boolean holdsAll(int label, String[] words) {
        String text = plain(labels.name(label)) + ' ' + plain(labels.id(label));
        return Arrays.stream(words).allMatch(text::contains);
    }

    /** 0 for a label that is called so, 1 for one that begins so, 2 for the others. */
    private int kind(int label, String whole) {
        String name = plain(labels.name(label));
        if (name.equals(whole) || plain(labels.id(label)).equals(whole)) {
            return 0;
        }
        return name.startsWith(whole) ? 1 : 2;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
