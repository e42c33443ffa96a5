package dev.longtail.data;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;

/**
 * Examples cut in two: those to learn from and those held out. Whether an example is held out depends on the seed and
 * on its number only. Both parts are views that stay valid as long as the examples themselves.
 */
public record Split(Examples train, Examples heldOut) {

    // Apart from the permutations, whose streams are numbered by epoch.
    private static final long HELD_OUT = -1;

    /**
     * Holds out about the given fraction.
     *
     * @param eligible only the first so many examples may be held out
     * @param fraction from 0 to below 1
     */
    public static Split byFraction(Examples examples, int eligible, double fraction, long seed) {
        Require.that(fraction >= 0 && fraction < 1, "fraction", "at least 0 and below 1", fraction);
        return upTo(examples, eligible, (long) (fraction * 0x1p63) - 1, seed);
    }

    /**
     * Holds out exactly the given number.
     *
     * @param eligible only the first so many examples may be held out
     * @param count    from 0 to eligible
     */
    public static Split byCount(Examples examples, int eligible, int count, long seed) {
        Require.that(count >= 0 && count <= eligible, "count", "from 0 to " + eligible, count);
        if (count == 0) {
            return upTo(examples, 0, -1, seed);
        }
        // Two of the 63-bit hashes agree with a probability below eligible^2 / 2^64: never in practice, and then the
        // second one is held out too.
        long[] hashes = new long[eligible];
        for (int i = 0; i < eligible; i++) {
            hashes[i] = hash(seed, i);
        }
        Arrays.sort(hashes);
        return upTo(examples, eligible, hashes[count - 1], seed);
    }

    private static Split upTo(Examples examples, int eligible, long highest, long seed) {
        int size = examples.size();
        int[] train = new int[size];
        int[] heldOut = new int[eligible];
        int trainSize = 0;
        int heldOutSize = 0;
        for (int i = 0; i < size; i++) {
            if (i < eligible && hash(seed, i) <= highest) {
                heldOut[heldOutSize++] = i;
            } else {
                train[trainSize++] = i;
            }
        }
        return new Split(
                new Subset(examples, Arrays.copyOf(train, trainSize)),
                new Subset(examples, Arrays.copyOf(heldOut, heldOutSize)));
    }

    /** Number among all examples of one of those to learn from. */
    int numberOf(int trainExample) {
        return ((Subset) train).numbers[trainExample];
    }

    private static long hash(long seed, int example) {
        return RandomStream.key(seed, HELD_OUT, example) >>> 1;
    }

    private record Subset(Examples all, int[] numbers) implements Examples {

        @Override
        public int size() {
            return numbers.length;
        }

        @Override
        public void read(int example, Example into) {
            all.read(numbers[example], into);
        }
    }
}
