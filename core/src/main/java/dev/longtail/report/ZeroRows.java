package dev.longtail.report;

import dev.longtail.table.AnchorTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Objects without any link, whose vector is 0: by how often training saw them. Training with the penalty gives up the
 * links of objects that tell nothing; these should be rare ones.
 *
 * @param bands    of training frequency, ascending, only those that hold an object
 * @param frequent objects without a link that training saw most often, these first
 * @param rareKept objects with at most {@value #RARE} training examples and the largest weights, these first
 */
public record ZeroRows(List<FrequencyBand> bands, List<Integer> frequent, List<Integer> rareKept) {

    /** Training examples of a rare object at most. */
    public static final int RARE = 5;

    private static final int[] FIRST = {AnchorObjects.UNKNOWN, 0, 1, 2, 6, 21, 101};

    public ZeroRows {
        bands = List.copyOf(bands);
        frequent = List.copyOf(frequent);
        rareKept = List.copyOf(rareKept);
    }

    /**
     * The objects of a range of training frequency.
     *
     * @param from    training examples at least; {@link AnchorObjects#UNKNOWN} for the band of objects whose frequency
     *     is not known
     * @param to      training examples at most, {@link Integer#MAX_VALUE} for no limit
     * @param objects number of them
     * @param zero    those without a link
     * @param links   of all of them together
     */
    public record FrequencyBand(int from, int to, long objects, long zero, long links) {

        /** The range in words. */
        public String text() {
            return CountRange.text(from, to);
        }

        /** Share of objects without a link. */
        public double zeroShare() {
            return (double) zero / objects;
        }

        /** Mean number of links of an object. */
        public double meanLinks() {
            return (double) links / objects;
        }
    }

    /** @param examples objects of each kind to name at most */
    static ZeroRows of(AnchorTable table, AnchorObjects objects, int examples) {
        long[] all = new long[FIRST.length];
        long[] zero = new long[FIRST.length];
        long[] links = new long[FIRST.length];
        Best<Valued> frequent = new Best<>(examples, Valued.LARGEST);
        Best<Valued> rareKept = new Best<>(examples, Valued.LARGEST);
        Links row = new Links(table);
        for (int object = 0; object < table.features(); object++) {
            if (row.read(object)) {
                int count = objects.count().applyAsInt(object);
                int band = band(count);
                all[band]++;
                links[band] += row.count();
                if (row.count() == 0) {
                    zero[band]++;
                    frequent.offer(new Valued(object, count));
                } else if (count >= 0 && count <= RARE) {
                    rareKept.offer(new Valued(object, row.sum()));
                }
            }
        }
        List<FrequencyBand> bands = new ArrayList<>();
        for (int band = 0; band < FIRST.length; band++) {
            if (all[band] > 0) {
                int to = band == FIRST.length - 1 ? Integer.MAX_VALUE : FIRST[band + 1] - 1;
                bands.add(new FrequencyBand(FIRST[band], to, all[band], zero[band], links[band]));
            }
        }
        return new ZeroRows(bands, Valued.objects(frequent), Valued.objects(rareKept));
    }

    private static int band(int count) {
        int band = 0;
        while (band + 1 < FIRST.length && FIRST[band + 1] <= count) {
            band++;
        }
        return band;
    }

    /** Number of objects. */
    public long objects() {
        return bands.stream().mapToLong(FrequencyBand::objects).sum();
    }

    /** Number of objects without a link. */
    public long zero() {
        return bands.stream().mapToLong(FrequencyBand::zero).sum();
    }

    /** Share of the objects without a link that training saw once at most; NaN where there are none. */
    public double seenOnce() {
        long once = bands.stream()
                .filter(band -> band.from() >= 0 && band.to() <= 1)
                .mapToLong(FrequencyBand::zero)
                .sum();
        return zero() == 0 ? Double.NaN : (double) once / zero();
    }

    /** An object and what it is chosen by. */
    private record Valued(int object, double value) {

        /** The largest values first; of equal ones the smallest numbers. */
        static final Comparator<Valued> LARGEST =
                Comparator.<Valued>comparingDouble(valued -> -valued.value).thenComparingInt(Valued::object);

        static List<Integer> objects(Best<Valued> best) {
            return best.list().stream().map(Valued::object).toList();
        }
    }
}
