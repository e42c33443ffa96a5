package dev.longtail.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Helper threads that look out for the next job for some microseconds before they sleep. Waking a sleeping thread takes
 * about as long as a step over a thousand ratings; a thread that looks out begins within a microsecond.
 */
final class Team implements AutoCloseable {

    /** Looks at the latest job before a helper sleeps; a look takes about 20 ns. */
    private static final int LOOKS = 2_000;

    /** A number of tasks, and who runs them. */
    private static final class Job {

        private static final int CLOSED = -1;

        private final AtomicInteger next;
        private final int tasks;
        private final Workers.Task task;
        private final AtomicInteger helpers = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Job(AtomicInteger next, int tasks, Workers.Task task) {
            this.next = next;
            this.tasks = tasks;
            this.task = task;
        }

        /** Runs tasks on a helper, unless the caller has seen them all done. */
        void help(int worker) {
            int count = helpers.get();
            while (count != CLOSED && !helpers.compareAndSet(count, count + 1)) {
                count = helpers.get();
            }
            if (count == CLOSED) {
                return;
            }
            try {
                Workers.drain(next, tasks, task, worker);
            } catch (Throwable e) { // the caller throws it again
                next.set(tasks);
                failure = e;
            } finally {
                helpers.decrementAndGet();
            }
        }

        /** Waits for those who began; nobody begins after that. */
        void close() {
            for (int looks = 0; !helpers.compareAndSet(0, CLOSED); looks++) {
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(1_000); // a helper may wait for the processor
                }
            }
        }
    }

    private final Thread[] threads;
    private final boolean[] asleep;
    private volatile @Nullable Job latest;
    private volatile boolean closed;

    Team(int helpers) {
        threads = new Thread[helpers];
        asleep = new boolean[helpers];
        for (int i = 0; i < helpers; i++) {
            int number = i;
            threads[i] = new Thread(() -> work(number), "longtail-worker");
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Runs what is left of the tasks, the caller as worker 0; rethrows what a task threw. */
    void run(AtomicInteger next, int tasks, Workers.Task task) {
        Job job = new Job(next, tasks, task);
        latest = job;
        wake();
        try {
            Workers.drain(next, tasks, task, 0);
        } finally {
            next.set(tasks); // a failed task stops the others at their next piece
            job.close();
        }
        Throwable failure = job.failure;
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException cause) {
            throw cause;
        }
    }

    private void wake() {
        synchronized (asleep) {
            for (int i = 0; i < asleep.length; i++) {
                if (asleep[i]) {
                    LockSupport.unpark(threads[i]);
                }
            }
        }
    }

    private void work(int number) {
        Job seen = null;
        while (!closed) {
            Job job = await(number, seen);
            if (job != null && job != seen) {
                job.help(number + 1);
            }
            seen = job;
        }
    }

    /** The latest job, when it is another than the one seen last or the team is closed. */
    private @Nullable Job await(int number, @Nullable Job seen) {
        for (int looks = 0; looks < LOOKS; looks++) {
            if (latest != seen) {
                return latest;
            }
            Thread.onSpinWait();
        }
        sleeps(number, true);
        while (latest == seen && !closed) {
            LockSupport.park(this);
        }
        sleeps(number, false);
        return latest;
    }

    private void sleeps(int number, boolean now) {
        synchronized (asleep) {
            asleep[number] = now;
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
