package dev.longtail.table;

import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradients of scores that are not left out, gathered object by object by the workers that have the shards of
 * objects, and then a batch of sparse rows: an example holds its objects, each with the gradient of its score.
 */
final class ScoreGradients {

    /** Those of one shard, by object, then example. */
    private static final class Part {
        private int[] objects = new int[64];
        private int[] examples = new int[64];
        private float[] values = new float[64];
        private int size;

        void add(int object, int example, float value) {
            if (size == values.length) {
                objects = Arrays.copyOf(objects, 2 * size);
                examples = Arrays.copyOf(examples, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            objects[size] = object;
            examples[size] = example;
            values[size++] = value;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final SparseBatch batch = new SparseBatch();
    private int[] columns = {};
    private float[] values = {};

    /** Begins a step: there are none. */
    void clear(Shards shards) {
        while (parts.size() < shards.count()) {
            parts.add(new Part());
        }
        parts.forEach(part -> part.size = 0);
    }

    /**
     * Keeps those of an object that are larger than a bound.
     *
     * @param gradients float[at least examples]
     * @param least magnitude up to which a gradient is left out; what is 0 always is
     * @return whether there was one
     */
    boolean keep(int shard, int object, float[] gradients, int examples, float least) {
        Part part = parts.get(shard);
        int before = part.size;
        for (int example = 0; example < examples; example++) {
            // what is no number is kept, so that a diverged run shows
            if (!(Math.abs(gradients[example]) <= least)) {
                part.add(object, example, gradients[example]);
            }
        }
        return part.size > before;
    }

    /** All of them, by example, then object; valid until the next step. */
    SparseBatch batch(int examples) {
        int[] ends = new int[examples + 1];
        for (Part part : parts) {
            for (int i = 0; i < part.size; i++) {
                ends[part.examples[i] + 1]++;
            }
        }
        for (int example = 0; example < examples; example++) {
            ends[example + 1] += ends[example];
        }
        int total = ends[examples];
        if (columns.length < total) {
            columns = new int[total];
            values = new float[total];
        }
        int[] next = ends.clone();
        for (Part part : parts) {
            for (int i = 0; i < part.size; i++) {
                int place = next[part.examples[i]]++;
                columns[place] = part.objects[i];
                values[place] = part.values[i];
            }
        }
        batch.clear();
        for (int example = 0; example < examples; example++) {
            batch.add(columns, values, ends[example], ends[example + 1] - ends[example]);
        }
        return batch;
    }
}
