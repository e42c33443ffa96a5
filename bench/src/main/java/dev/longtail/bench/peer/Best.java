package dev.longtail.bench.peer;

import java.util.Arrays;

/** The best of what it is offered, best first; among equals what came first. */
final class Best {

    private final int[] items;
    private final double[] scores;
    private int size;

    /** @param most items kept at most */
    Best(int most) {
        items = new int[most];
        scores = new double[most];
    }

    void offer(int item, double score) {
        if (size == items.length && !(score > scores[size - 1])) {
            return;
        }
        int place = size < items.length ? size++ : size - 1;
        while (place > 0 && score > scores[place - 1]) {
            items[place] = items[place - 1];
            scores[place] = scores[place - 1];
            place--;
        }
        items[place] = item;
        scores[place] = score;
    }

    int size() {
        return size;
    }

    int item(int rank) {
        return items[rank];
    }

    double score(int rank) {
        return scores[rank];
    }

    int[] items() {
        return Arrays.copyOf(items, size);
    }
}
