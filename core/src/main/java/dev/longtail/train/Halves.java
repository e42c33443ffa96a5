package dev.longtail.train;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Work in two halves that both of two threads need: each does its own one and waits for the other, or does that as well
 * when nobody has begun it. Made for work of some microseconds, for which a thread must not sleep.
 */
final class Halves {

    /** Looks at the other half before a thread lets go of its processor, which the other one may wait for. */
    private static final int LOOKS = 2_000;

    private static final int OPEN = 0;
    private static final int BEGUN = 1;
    private static final int DONE = 2;

    private final AtomicIntegerArray states = new AtomicIntegerArray(2);

    /** Begins anew; no thread is at work. */
    void reset() {
        states.set(0, OPEN);
        states.set(1, OPEN);
    }

    /**
     * Returns when both halves are done.
     *
     * @param own the half to begin with, 0 or 1
     */
    void run(int own, IntConsumer work) {
        take(own, work);
        take(1 - own, work);
        for (int looks = 0; states.get(1 - own) != DONE || states.get(own) != DONE; looks++) {
            if (looks < LOOKS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000);
            }
        }
    }

    private void take(int half, IntConsumer work) {
        if (states.compareAndSet(half, OPEN, BEGUN)) {
            try {
                work.accept(half);
            } finally {
                states.set(half, DONE); // nobody waits for a half that failed
            }
        }
    }
}
