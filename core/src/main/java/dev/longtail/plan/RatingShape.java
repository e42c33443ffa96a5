package dev.longtail.plan;

import dev.longtail.config.Require;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingDataConfig;
import dev.longtail.rating.RatingSet;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The counts of ratings that the sizes of a run follow from.
 *
 * @param ratings to learn from, at least 1
 * @param validation ratings to validate on
 * @param heldOut those of them that stand in the files of the others
 * @param bytesEach that a rating takes with its user and its item
 * @param ratingBytes of these for the rating itself
 * @param timed whether times are read, by which ratings are held out
 * @param users the users
 * @param items the items
 * @param names characters of the items' names and genres
 */
public record RatingShape(
        int ratings,
        int validation,
        int heldOut,
        int bytesEach,
        int ratingBytes,
        boolean timed,
        Objects users,
        Objects items,
        long names) {

    public RatingShape {
        Require.that(ratings >= 1, "ratings", "at least 1", ratings);
        Require.that(heldOut <= validation, "heldOut", "at most as many as to validate on", heldOut);
    }

    /**
     * Users, or items.
     *
     * @param count how many there are
     * @param idBytes of their identifiers
     * @param fileBytes of the file in the model folder that lists them
     */
    public record Objects(int count, long idBytes, long fileBytes) {}

    /**
     * The counts of data that were read.
     *
     * @param separate whether the ratings to validate on stand in files of their own
     */
    public static RatingShape of(RatingData data, RatingDataConfig config, boolean separate) {
        RatingSet train = data.train();
        Items items = data.items();
        long names = 0;
        for (int item = 0; item < items.size(); item++) {
            names += items.name(item).length();
        }
        int validation = data.validation().map(RatingSet::size).orElse(0);
        return new RatingShape(
                train.size(),
                validation,
                separate ? 0 : validation,
                train.bytesEach(),
                train.ratingBytes(),
                !separate && config.split() != RatingDataConfig.Split.RANDOM,
                objects(data.users(), data.users()::write),
                objects(items.ids(), items::write),
                names);
    }

    /** What writes a list. */
    private interface Lines {
        void write(Writer out) throws IOException;
    }

    private static Objects objects(Ids ids, Lines lines) {
        long bytes = 0;
        for (int number = 0; number < ids.size(); number++) {
            bytes += ids.id(number).getBytes(StandardCharsets.UTF_8).length;
        }
        Counter counter = new Counter();
        try {
            lines.write(counter);
        } catch (IOException e) {
            throw new IllegalStateException("what is counted only cannot fail to be written", e);
        }
        return new Objects(ids.size(), bytes, counter.bytes);
    }

    /** Counts the bytes of a text in UTF-8. */
    private static final class Counter extends Writer {

        private long bytes;

        @Override
        public void write(char[] characters, int from, int count) {
            for (int i = from; i < from + count; i++) {
                char c = characters[i];
                // each half of a pair counts 2 of the pair's 4 bytes
                bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
