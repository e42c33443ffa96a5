package dev.longtail.living;

import dev.longtail.data.LabelSet;
import dev.longtail.living.LabelState.Scorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * How long the rows of trained labels are and which biases they have, by how often the labels were seen: what makes the
 * scores of a new label comparable with theirs. Labels are put into bands of 1, 2 to 3, 4 to 7, ... examples.
 */
final class TypicalRows {

    /** Labels that a band needs to speak for itself. */
    private static final int ENOUGH = 8;

    private static final int BANDS = 32;

    /** Medians of a band. */
    record Typical(double length, double bias) {

        /** A row in some direction as trained rows are. */
        Scorer scorer(SparseVector direction) {
            return new Scorer(direction.ofLength(length), bias);
        }
    }

    private final List<List<Typical>> bands = new ArrayList<>();

    /** @param row of each label in an arm; labels that have learned nothing there do not count */
    TypicalRows(LabelSet labels, IntFunction<Scorer> row) {
        for (int band = 0; band < BANDS; band++) {
            bands.add(new ArrayList<>());
        }
        for (int label = 0; label < labels.size(); label++) {
            Scorer scorer = row.apply(label);
            double length = scorer.weights().length();
            if (length > 0) {
                bands.get(band(labels.frequency(label))).add(new Typical(length, scorer.bias()));
            }
        }
    }

    private static int band(int frequency) {
        return 31 - Integer.numberOfLeadingZeros(Math.max(1, frequency));
    }

    /** The medians of labels with about so many examples: of the nearest band that has enough labels. */
    Typical at(int frequency) {
        int wanted = band(frequency);
        for (int enough : new int[] {ENOUGH, 1}) {
            for (int distance = 0; distance < BANDS; distance++) {
                for (int band : new int[] {wanted + distance, wanted - distance}) {
                    if (band >= 0 && band < BANDS && bands.get(band).size() >= enough) {
                        return median(bands.get(band));
                    }
                }
            }
        }
        return new Typical(1, -1); // no label has learned anything
    }

    private static Typical median(List<Typical> band) {
        return new Typical(median(band, Typical::length), median(band, Typical::bias));
    }

    private static double median(List<Typical> band, ToDoubleFunction<Typical> value) {
        return band.stream()
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .skip(band.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
