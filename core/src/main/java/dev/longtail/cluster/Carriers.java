package dev.longtail.cluster;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;

/**
 * Which examples carry each label, or, where there are many, some of them, spread evenly over the order of the
 * examples: label l has {@code examples[starts[l] .. starts[l + 1])}.
 */
record Carriers(int[] starts, int[] examples) {

    /** Examples of a label that are looked at, when labels are few. */
    static final int MOST = 100;

    private static final int LEAST = 4;
    private static final int MEMORY = 1 << 26;

    /** Two passes over the examples; takes at most 256 MB, or 16 bytes a label where that is more. */
    static Carriers of(Examples examples, int labels) {
        int most = Math.max(LEAST, Math.min(MOST, MEMORY / Math.max(1, labels)));
        int[] frequencies = new int[labels];
        each(examples, (label, example) -> frequencies[label]++);
        int[] starts = new int[labels + 1];
        for (int label = 0; label < labels; label++) {
            starts[label + 1] = Math.addExact(starts[label], Math.min(frequencies[label], most));
        }
        int[] found = new int[starts[labels]];
        int[] seen = new int[labels];
        each(examples, (label, example) -> {
            int kept = starts[label + 1] - starts[label];
            int place = (int) ((long) seen[label] * kept / frequencies[label]);
            seen[label]++;
            if ((long) seen[label] * kept / frequencies[label] > place) {
                found[starts[label] + place] = example;
            }
        });
        return new Carriers(starts, found);
    }

    @FunctionalInterface
    private interface PairSink {
        void accept(int label, int example);
    }

    private static void each(Examples examples, PairSink sink) {
        Example example = new Example();
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, example);
            for (int label = 0; label < example.labelCount; label++) {
                sink.accept(example.labels[label], i);
            }
        }
    }
}
