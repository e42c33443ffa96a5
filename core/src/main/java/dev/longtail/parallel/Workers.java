package dev.longtail.parallel;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that share numbered tasks. Which worker takes which task is left to chance, so a task must
 * write only what belongs to its number (results) or to its worker (scratch): then the outcome is the same for any
 * number of threads.
 */
public final class Workers implements AutoCloseable {

    /** One piece of work. */
    @FunctionalInterface
    public interface Task {

        /**
         * @param task number of the piece, from 0
         * @param worker number of the thread that runs it, from 0 to {@link Workers#threads()} - 1
         */
        void run(int task, int worker);
    }

    /**
     * A thread that was asked to help. It helps only if it begins before the caller has seen all tasks done; so nobody
     * waits for a thread that is late, or that died for want of memory before it could begin.
     */
    private record Helper(AtomicBoolean begun, Future<?> end) {}

    private final int threads;
    private final ExecutorService helpers;
    private final @Nullable Team team;

    /** @param threads workers, the calling thread among them; at least 1 */
    public Workers(int threads) {
        this(threads, false);
    }

    /**
     * Workers for tasks of some microseconds: their threads look out for the next ones for a moment before they sleep,
     * about 40 microseconds, which is time of a processor that others do not get.
     *
     * @param threads workers, the calling thread among them; at least 1
     */
    public static Workers lookingOut(int threads) {
        return new Workers(threads, true);
    }

    private Workers(int threads, boolean lookingOut) {
        Require.that(threads >= 1, "threads", "at least 1", threads);
        this.threads = threads;
        this.team = lookingOut && threads > 1 ? new Team(threads - 1) : null;
        this.helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1), runnable -> {
            Thread thread = new Thread(runnable, "longtail-worker");
            thread.setDaemon(true);
            // What a task throws reaches the caller of run; a thread that dies between tasks is replaced in silence.
            thread.setUncaughtExceptionHandler((dead, failure) -> {});
            return thread;
        });
    }

    /** Number of workers, the calling thread among them. */
    public int threads() {
        return threads;
    }

    /** Runs tasks 0 to {@code tasks} - 1 and returns when all are done; rethrows what a failing task threw. */
    public void run(int tasks, Task task) {
        AtomicInteger next = new AtomicInteger();
        if (team != null && tasks > 1) {
            team.run(next, tasks, task);
            return;
        }
        List<Helper> called = new ArrayList<>();
        try {
            for (int worker = 1; worker < Math.min(threads, tasks); worker++) {
                int number = worker;
                called.add(call(() -> drain(next, tasks, task, number)));
            }
            drain(next, tasks, task, 0);
        } finally {
            next.set(tasks); // a failed task stops the others at their next piece
            await(called);
        }
    }

    private Helper call(Runnable work) {
        AtomicBoolean begun = new AtomicBoolean();
        return new Helper(begun, helpers.submit(() -> {
            if (begun.compareAndSet(false, true)) {
                work.run();
            }
        }));
    }

    static void drain(AtomicInteger next, int tasks, Task task, int worker) {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.run(i, worker);
        }
    }

    private static void await(List<Helper> called) {
        boolean interrupted = false;
        RuntimeException failure = null;
        for (Helper helper : called) {
            boolean done = helper.begun.compareAndSet(false, true);
            while (!done) {
                try {
                    helper.end.get();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true; // pieces are short: finish them, so that no state is left half-written
                } catch (ExecutionException e) {
                    failure = failure(e);
                    done = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    @Override
    public void close() {
        if (team != null) {
            team.close();
        }
        helpers.shutdownNow();
    }
}
