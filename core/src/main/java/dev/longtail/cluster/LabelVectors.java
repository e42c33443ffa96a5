package dev.longtail.cluster;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * What a label is about: the sum of the feature vectors, each of length 1, of examples that carry it, cut to its
 * strongest features and brought to length 1 (Prabhu et al., Parabel, WWW 2018; You et al., AttentionXML, NeurIPS
 * 2019). A label without examples is the zero vector.
 *
 * <p>Neither all examples of a frequent label are read nor all its features kept, see {@link Carriers} and
 * {@link #MEMORY}: a matrix of labels by features never exists.
 */
final class LabelVectors {

    /** Features kept of a label when labels are few. */
    static final int MOST_FEATURES = 64;

    private static final int FEWEST_FEATURES = 8;

    /** Features kept of all labels together, 8 bytes each, unless that leaves fewer than the least for a label. */
    private static final int MEMORY = 1 << 25;

    private final Shards shards;
    private final Part[] parts;

    private LabelVectors(Shards shards, Part[] parts) {
        this.shards = shards;
        this.parts = parts;
    }

    /** The vectors of a range of labels, in CSR form. */
    private static final class Part {
        final int[] starts;
        int[] features = new int[64];
        float[] values = new float[64];

        Part(int labels) {
            starts = new int[labels + 1];
        }

        void reserve(int entries) {
            if (entries > features.length) {
                int capacity = Math.max(entries, features.length + features.length / 2);
                features = Arrays.copyOf(features, capacity);
                values = Arrays.copyOf(values, capacity);
            }
        }
    }

    static LabelVectors of(Examples examples, int labels, Workers workers) {
        Carriers carriers = Carriers.of(examples, labels);
        int most = Math.max(FEWEST_FEATURES, Math.min(MOST_FEATURES, MEMORY / Math.max(1, labels)));
        Shards shards = Shards.of(labels, most);
        Part[] parts = new Part[shards.count()];
        workers.run(parts.length, (shard, worker) -> {
            Part part = new Part(shards.size(shard));
            Centroid centroid = new Centroid();
            Example example = new Example();
            for (int row = 0; row < shards.size(shard); row++) {
                int label = shards.first(shard) + row;
                centroid.clear();
                for (int i = carriers.starts()[label]; i < carriers.starts()[label + 1]; i++) {
                    examples.read(carriers.examples()[i], example);
                    centroid.add(example);
                }
                int start = part.starts[row];
                part.reserve(start + most);
                part.starts[row + 1] = start + centroid.strongest(most, part.features, part.values, start);
            }
            parts[shard] = part;
        });
        return new LabelVectors(shards, parts);
    }

    /** sum += the label's vector. */
    void addTo(double[] sum, int label) {
        int shard = shards.of(label);
        Part part = parts[shard];
        int row = label - shards.first(shard);
        for (int i = part.starts[row]; i < part.starts[row + 1]; i++) {
            sum[part.features[i]] += part.values[i];
        }
    }

    /** Sets to zero what {@link #addTo} may have made non-zero. */
    void clear(double[] sum, int label) {
        int shard = shards.of(label);
        Part part = parts[shard];
        int row = label - shards.first(shard);
        for (int i = part.starts[row]; i < part.starts[row + 1]; i++) {
            sum[part.features[i]] = 0;
        }
    }

    /** Inner product with a vector over all features; with one of length 1, the cosine. */
    double dot(double[] vector, int label) {
        int shard = shards.of(label);
        Part part = parts[shard];
        int row = label - shards.first(shard);
        double dot = 0;
        for (int i = part.starts[row]; i < part.starts[row + 1]; i++) {
            dot += part.values[i] * vector[part.features[i]];
        }
        return dot;
    }
}
