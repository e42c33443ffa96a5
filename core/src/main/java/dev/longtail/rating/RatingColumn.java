package dev.longtail.rating;

import dev.longtail.data.SplitMix64;
import java.util.Arrays;

/**
 * A column of ratings: one byte each while there are no more than 256 different ones, as stars and half stars have it,
 * else four. The values are the same to the bit either way.
 */
final class RatingColumn {

    /** Different ratings that a byte can tell apart. */
    private static final int MOST = 1 << Byte.SIZE;

    private static final int BYTE = 0xff;

    private final float[] scale;
    private final byte[] codes;
    private final float[] plain;

    private RatingColumn(float[] scale, byte[] codes, float[] plain) {
        this.scale = scale;
        this.codes = codes;
        this.plain = plain;
    }

    /**
     * A column of ratings that are all on a scale; the first of it at first.
     *
     * @param scale the different ratings; more than 256 are stored in four bytes each
     */
    RatingColumn(int size, float[] scale) {
        this(
                ordered(scale),
                scale.length <= MOST ? new byte[size] : new byte[0],
                scale.length <= MOST ? new float[0] : new float[size]);
    }

    private static float[] ordered(float[] scale) {
        float[] ordered = scale.clone();
        Arrays.sort(ordered);
        return ordered;
    }

    /** A column of the first {@code size} ratings of an array. */
    static RatingColumn of(float[] ratings, int size) {
        Scale scale = new Scale();
        for (int i = 0; i < size; i++) {
            scale.add(ratings[i]);
        }
        RatingColumn column = new RatingColumn(size, scale.values());
        for (int i = 0; i < size; i++) {
            column.set(i, ratings[i]);
        }
        return column;
    }

    /** As many ratings of the same scale, none set. */
    RatingColumn empty() {
        return new RatingColumn(scale, new byte[codes.length], new float[plain.length]);
    }

    RatingColumn copy() {
        return new RatingColumn(scale, codes.clone(), plain.clone());
    }

    int size() {
        return Math.max(codes.length, plain.length);
    }

    /** Bytes of a rating. */
    int width() {
        return scale.length <= MOST ? 1 : Float.BYTES;
    }

    float get(int place) {
        return scale.length <= MOST ? scale[codes[place] & BYTE] : plain[place];
    }

    /**
     * Different threads may set different places.
     *
     * @throws IllegalArgumentException for a rating that is not on the scale
     */
    void set(int place, float rating) {
        if (scale.length > MOST) {
            plain[place] = rating;
            return;
        }
        int code = Arrays.binarySearch(scale, rating);
        if (code < 0) {
            throw new IllegalArgumentException("a rating of " + rating + " is not on the scale");
        }
        codes[place] = (byte) code;
    }

    /** into[at + i] = the rating at {@code from + i}, for {@code count} ratings. */
    void copyTo(float[] into, int at, int from, int count) {
        if (scale.length > MOST) {
            System.arraycopy(plain, from, into, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[at + i] = scale[codes[from + i] & BYTE];
        }
    }

    /** Draws an order; the same seed draws the same one for as many elements of whatever kind. */
    void shuffle(long seed) {
        shuffle(codes, seed);
        SplitMix64 random = new SplitMix64(seed, 0);
        for (int i = plain.length - 1; i > 0; i--) {
            int j = random.next(i + 1);
            float moved = plain[i];
            plain[i] = plain[j];
            plain[j] = moved;
        }
    }

    static void shuffle(byte[] values, long seed) {
        SplitMix64 random = new SplitMix64(seed, 0);
        for (int i = values.length - 1; i > 0; i--) {
            swap(values, i, random.next(i + 1));
        }
    }

    static void swap(byte[] values, int i, int j) {
        byte moved = values[i];
        values[i] = values[j];
        values[j] = moved;
    }

    /** Lets two ratings change places. */
    void swap(int i, int j) {
        if (scale.length <= MOST) {
            swap(codes, i, j);
        } else {
            float moved = plain[i];
            plain[i] = plain[j];
            plain[j] = moved;
        }
    }

    /** The different ratings of a column while it is read, as far as a byte can tell them apart and one more. */
    static final class Scale {

        private float[] values = {};

        void add(float rating) {
            if (values.length > MOST) {
                return;
            }
            int place = Arrays.binarySearch(values, rating);
            if (place < 0) {
                float[] more = Arrays.copyOf(values, values.length + 1);
                System.arraycopy(values, -place - 1, more, -place, values.length + place + 1);
                more[-place - 1] = rating;
                values = more;
            }
        }

        /** Ascending; more than 256 where there are too many for a byte. */
        float[] values() {
            return values.clone();
        }
    }
}
