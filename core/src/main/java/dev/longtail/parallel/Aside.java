package dev.longtail.parallel;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work on a thread of its own, beside that of the caller, who asks for the outcome later. Closing it waits for the end
 * of the work, so that nothing of it runs when the caller has gone on for want of something else.
 *
 * @param <T> what the work makes
 */
public final class Aside<T> implements AutoCloseable {

    private final FutureTask<T> task;
    private final Thread thread;

    private Aside(FutureTask<T> task, Thread thread) {
        this.task = task;
        this.thread = thread;
    }

    /**
     * Begins a piece of work.
     *
     * @param name of its thread
     */
    public static <T> Aside<T> begin(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.start();
        return new Aside<>(task, thread);
    }

    /**
     * What the work made; waits for it.
     *
     * @throws IOException as the work threw it; what else it threw is thrown here too
     * @throws CancellationException when the waiting thread was interrupted; its interrupt flag stays set
     */
    public T get() throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while " + thread.getName() + " was at work");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Interrupts the thread of the work where it still runs. */
    public void interrupt() {
        if (!task.isDone()) {
            thread.interrupt();
        }
    }

    /** Interrupts the work and waits for its end. */
    @Override
    public void close() {
        interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
