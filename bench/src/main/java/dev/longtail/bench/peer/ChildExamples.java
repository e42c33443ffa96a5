package dev.longtail.bench.peer;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import java.util.Arrays;

/**
 * Which examples carry a label in each child of the nodes of a level: child c has the examples
 * {@code examples[starts[c] .. starts[c + 1])}, ascending.
 */
record ChildExamples(int[] starts, int[] examples) {

    static ChildExamples of(Examples all, LabelTree tree, int level) {
        int[] starts = new int[tree.children(level) + 1];
        each(all, tree, level, (child, example) -> starts[child + 1]++);
        for (int child = 0; child < tree.children(level); child++) {
            starts[child + 1] = Math.addExact(starts[child + 1], starts[child]);
        }
        int[] next = starts.clone();
        int[] found = new int[starts[tree.children(level)]];
        each(all, tree, level, (child, example) -> found[next[child]++] = example);
        return new ChildExamples(starts, found);
    }

    @FunctionalInterface
    private interface PairSink {
        void accept(int child, int example);
    }

    private static void each(Examples all, LabelTree tree, int level, PairSink sink) {
        Example example = new Example();
        for (int i = 0; i < all.size(); i++) {
            all.read(i, example);
            int[] children = new int[example.labelCount];
            for (int label = 0; label < children.length; label++) {
                children[label] = tree.childOf(level, example.labels[label]);
            }
            Arrays.sort(children);
            for (int c = 0; c < children.length; c++) {
                if (c == 0 || children[c] != children[c - 1]) {
                    sink.accept(children[c], i);
                }
            }
        }
    }

    int size(int child) {
        return starts[child + 1] - starts[child];
    }

    /** Examples of any child from {@code first} to {@code end} - 1, ascending, each once. */
    int[] union(int first, int end) {
        return Arrays.stream(examples, starts[first], starts[end])
                .sorted()
                .distinct()
                .toArray();
    }
}
