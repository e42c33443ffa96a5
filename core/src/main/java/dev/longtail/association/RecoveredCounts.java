package dev.longtail.association;

import dev.longtail.association.AssociationArm.Postings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the weights of an arm still tell of the counts that they were made of, so that examples which come later can be
 * counted as if they had been there. With the letters of {@link AssociationCounts} a row w = u / |u|^p has the length
 * |w| = |u|^(1 - p), therefore
 *
 * <pre>
 *   |u(l)| = |w(l)|^(1 / (1 - p)),   u(l, f) = w(l, f) |u(l)|^p,   t(f) = (sum over l of |u(l, f)|)^(1 / (1 - q))
 * </pre>
 *
 * but for what the arm has cut away: lengths and totals come out smaller where much was. Exponents above 0.8 leave
 * lengths in which one step of a byte is a large factor; they count as 0.8 here. For one thread.
 */
public final class RecoveredCounts {

    private static final double LEAST = 0.2;

    private final AssociationArm arm;
    private final AssociationConfig config;
    private final double[] lengths;
    private @Nullable ByLabel byLabel;

    /** @param config that the arm was counted with */
    public RecoveredCounts(AssociationArm arm, AssociationConfig config) {
        this.arm = arm;
        this.config = config;
        this.lengths = new double[arm.labels()];
        Postings postings = arm.postings();
        for (int feature = 0; feature < arm.features(); feature++) {
            for (int place = postings.starts()[feature]; place < postings.starts()[feature + 1]; place++) {
                double weight = (double) postings.scales()[feature] * postings.weights()[place];
                lengths[postings.labels().at(place)] += weight * weight;
            }
        }
        double power = 0.5 / Math.max(LEAST, 1 - config.labelExponent());
        for (int label = 0; label < lengths.length; label++) {
            lengths[label] = StrictMath.pow(lengths[label], power);
        }
    }

    /** The counts u of a label, over the features that it is connected to. */
    public AssociationRow counts(int label) {
        ByLabel rows = byLabel();
        double factor = StrictMath.pow(lengths[label], exponent());
        int first = rows.starts[label];
        int[] features = Arrays.copyOfRange(rows.features, first, rows.starts[label + 1]);
        float[] values = new float[features.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (factor * arm.postings().scales()[features[i]] * rows.weights[first + i]);
        }
        return new AssociationRow(features, values);
    }

    /** The postings by label, features ascending: 5 bytes a connection. */
    private record ByLabel(int[] starts, int[] features, byte[] weights) {}

    private ByLabel byLabel() {
        if (byLabel == null) {
            Postings postings = arm.postings();
            int[] starts = new int[arm.labels() + 1];
            for (int place = 0; place < arm.size(); place++) {
                starts[postings.labels().at(place) + 1]++;
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            int[] next = starts.clone();
            int[] features = new int[arm.size()];
            byte[] weights = new byte[arm.size()];
            for (int feature = 0; feature < arm.features(); feature++) {
                for (int place = postings.starts()[feature]; place < postings.starts()[feature + 1]; place++) {
                    int to = next[postings.labels().at(place)]++;
                    features[to] = feature;
                    weights[to] = postings.weights()[place];
                }
            }
            byLabel = new ByLabel(starts, features, weights);
        }
        return byLabel;
    }

    /** The totals t of all features, double[features]; 0 for one that no label is connected to. */
    public double[] totals() {
        double[] totals = new double[arm.features()];
        Postings postings = arm.postings();
        double power = 1 / Math.max(LEAST, 1 - config.featureExponent());
        for (int feature = 0; feature < totals.length; feature++) {
            for (int place = postings.starts()[feature]; place < postings.starts()[feature + 1]; place++) {
                double weight = Math.abs((double) postings.scales()[feature] * postings.weights()[place]);
                totals[feature] +=
                        weight * StrictMath.pow(lengths[postings.labels().at(place)], exponent());
            }
            totals[feature] = StrictMath.pow(totals[feature], power);
        }
        return totals;
    }

    private double exponent() {
        return Math.min(1 - LEAST, config.labelExponent());
    }

    /** The row of weights w that an arm makes of counts: the largest, as many as it has slots. */
    public AssociationRow weights(AssociationRow counts) {
        double squares = 0;
        for (float value : counts.values()) {
            squares += (double) value * value;
        }
        double factor = squares > 0 ? StrictMath.pow(squares, -exponent() / 2) : 0;
        int[] kept = IntStream.range(0, counts.features().length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(counts.values()[i])))
                .limit(config.slots())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        float[] weights = new float[kept.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (factor * counts.values()[kept[i]]);
        }
        return new AssociationRow(
                Arrays.stream(kept).map(i -> counts.features()[i]).toArray(), weights);
    }
}
