package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Cuts labels by training frequency into head, middle and tail of about a third of the training label occurrences
 * each. Labels of one frequency are never separated: ordered from frequent to rare, the labels of one frequency are a
 * block, and a block belongs to the band that its middle occurrence falls into:
 *
 * <pre>
 *   head    middle of the block &lt; 1/3 of all occurrences
 *   middle  middle of the block &lt; 2/3 of all occurrences
 *   tail    the rest, and every label of frequency 0
 * </pre>
 *
 * So the bands are two thresholds and do not depend on the numbering of the labels. With few different frequencies a
 * band can be empty.
 *
 * @param headFrom   lowest frequency of the head
 * @param middleFrom lowest frequency of the middle, at most {@code headFrom}
 * @param labels     number of labels in each of the three bands
 */
public record LabelBands(int headFrom, int middleFrom, Map<Band, Integer> labels) {

    public LabelBands {
        Require.that(middleFrom >= 1, "middleFrom", "at least 1", middleFrom);
        Require.that(headFrom >= middleFrom, "headFrom", "at least middleFrom = " + middleFrom, headFrom);
        Require.that(labels.size() == Band.values().length, "labels", "one number per band", labels);
        labels = Collections.unmodifiableMap(new EnumMap<>(labels));
    }

    /**
     * Draws the lines.
     *
     * @param trainFrequencies training examples that carry each label, none negative
     */
    public static LabelBands of(int[] trainFrequencies) {
        int[] ascending = trainFrequencies.clone();
        Arrays.sort(ascending);
        Require.that(ascending.length == 0 || ascending[0] >= 0, "trainFrequencies", "at least 0", first(ascending));
        long total = Arrays.stream(ascending).asLongStream().sum();
        int headFrom = Integer.MAX_VALUE;
        int middleFrom = Integer.MAX_VALUE;
        Map<Band, Integer> labels = new EnumMap<>(Map.of(Band.HEAD, 0, Band.MIDDLE, 0, Band.TAIL, 0));
        long before = 0;
        for (int end = ascending.length; end > 0; ) {
            int frequency = ascending[end - 1];
            int start = blockStart(ascending, end);
            long occurrences = (long) frequency * (end - start);
            Band band = band(2 * before + occurrences, 2 * total);
            if (frequency > 0 && band != Band.TAIL) {
                middleFrom = frequency;
                headFrom = band == Band.HEAD ? frequency : headFrom;
            }
            labels.merge(band, end - start, Integer::sum);
            before += occurrences;
            end = start;
        }
        return new LabelBands(headFrom, middleFrom, labels);
    }

    /**
     * Band of a label.
     *
     * @param trainFrequency training examples that carry it
     */
    public Band of(int trainFrequency) {
        if (trainFrequency >= headFrom) {
            return Band.HEAD;
        }
        return trainFrequency >= middleFrom ? Band.MIDDLE : Band.TAIL;
    }

    private static Band band(long position, long total) {
        if (3 * position < total) {
            return Band.HEAD;
        }
        return 3 * position < 2 * total ? Band.MIDDLE : Band.TAIL;
    }

    private static int blockStart(int[] ascending, int end) {
        int start = end - 1;
        while (start > 0 && ascending[start - 1] == ascending[end - 1]) {
            start--;
        }
        return start;
    }

    private static Object first(int[] values) {
        return values.length == 0 ? "none" : values[0];
    }
}
