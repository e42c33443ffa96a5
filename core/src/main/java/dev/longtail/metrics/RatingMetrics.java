package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far predicted ratings are from true ones, over n ratings with differences e: mean squared error sum e^2 / n, its
 * root, and mean absolute error sum |e| / n.
 *
 * @param ratings number of ratings, at least 1
 * @param mse mean squared error
 * @param mae mean absolute error
 * @param bands mean squared error and number of ratings by the training frequency of the rated item, only bands that
 *     occur
 */
public record RatingMetrics(long ratings, double mse, double mae, Map<Band, InBand> bands) {

    /**
     * The part of the ratings whose items belong to one band.
     *
     * @param ratings number of them, at least 1
     */
    public record InBand(long ratings, double mse) {}

    public RatingMetrics {
        Require.that(ratings >= 1, "ratings", "at least 1", ratings);
        bands = Map.copyOf(bands);
    }

    /** Root of the mean squared error. */
    public double rmse() {
        return Math.sqrt(mse);
    }

    /** The figures under the names that they have in the output of commands. */
    public Map<String, Number> toMap() {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("MSE", mse);
        figures.put("RMSE", rmse());
        figures.put("MAE", mae);
        for (Band band : Band.values()) {
            InBand in = bands.get(band);
            if (in != null) {
                figures.put("MSE/" + band, in.mse());
            }
        }
        return figures;
    }

    /** Adds up errors in the order in which they come. */
    public static final class Sums {

        private final LabelBands bands;
        private final int[] frequencies;
        private final double[] squares = new double[Band.values().length];
        private final long[] counts = new long[Band.values().length];
        private double square;
        private double absolute;
        private long count;

        /** @param frequencies training ratings of each item, for the bands */
        public Sums(int[] frequencies) {
            this.frequencies = frequencies.clone();
            this.bands = LabelBands.of(frequencies);
        }

        /** @param item number of the rated item, negative where it is unknown, which counts as a frequency of 0 */
        public void add(int item, float predicted, float rating) {
            double error = (double) predicted - rating;
            square += error * error;
            absolute += Math.abs(error);
            count++;
            int band = bands.of(item < 0 ? 0 : frequencies[item]).ordinal();
            squares[band] += error * error;
            counts[band]++;
        }

        /** The measures so far, of at least one rating. */
        public RatingMetrics metrics() {
            Map<Band, InBand> byBand = new EnumMap<>(Band.class);
            for (Band band : Band.values()) {
                int at = band.ordinal();
                if (counts[at] > 0) {
                    byBand.put(band, new InBand(counts[at], squares[at] / counts[at]));
                }
            }
            return new RatingMetrics(count, square / count, absolute / count, byBand);
        }
    }
}
