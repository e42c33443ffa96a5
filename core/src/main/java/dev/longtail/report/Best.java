package dev.longtail.report;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The best few of many things, whatever order they come in. */
final class Best<T> {

    private final int most;
    private final Comparator<T> better;
    private final PriorityQueue<T> heap;

    /**
     * @param most   things to keep
     * @param better a total order of different things, the best first
     */
    Best(int most, Comparator<T> better) {
        this.most = most;
        this.better = better;
        this.heap = new PriorityQueue<>(better.reversed());
    }

    void offer(T thing) {
        T worst = heap.peek();
        if (heap.size() < most) {
            heap.add(thing);
        } else if (worst != null && better.compare(thing, worst) < 0) {
            heap.remove();
            heap.add(thing);
        }
    }

    /** The worst of what is kept where there is no room for more; null where there is. */
    @Nullable
    T worst() {
        return heap.size() < most ? null : heap.peek();
    }

    /** What is kept, the best first. */
    List<T> list() {
        return heap.stream().sorted(better).toList();
    }
}
