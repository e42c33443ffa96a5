package dev.longtail.cli;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work that ends in order when the process is asked to end (Ctrl-C): its thread is interrupted, and the process waits
 * until the temporary files are gone and a last line is written.
 */
final class Interruption {

    private static final int PATIENCE_SECONDS = 20;

    private Interruption() {}

    /**
     * Does the work; it gets 20 seconds to end.
     *
     * @param outcome what the interrupted work has left behind, for the last line
     * @return the exit code of the work, or that of an interrupted run
     */
    static int guard(Console console, Supplier<String> outcome, Callable<Integer> work) throws Exception {
        return guard(console, outcome, PATIENCE_SECONDS, work);
    }

    /**
     * Does the work.
     *
     * @param patience seconds that the process waits for the work when it is asked to end
     * @param outcome what the interrupted work has left behind, for the last line
     * @return the exit code of the work, or that of an interrupted run
     */
    static int guard(Console console, Supplier<String> outcome, int patience, Callable<Integer> work) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        Thread hook = new Thread(() -> end(worker, ended, patience), "longtail-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } catch (Exception e) {
            if (!isInterruption(e)) {
                throw e;
            }
            console.message("longtail: interrupted; " + outcome.get());
            return Failures.INTERRUPTED;
        } finally {
            Thread.interrupted(); // what follows belongs to the caller
            ended.countDown();
            remove(hook);
        }
    }

    private static void end(Thread worker, CountDownLatch ended, int patience) {
        worker.interrupt();
        try {
            ended.await(patience, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isInterruption(Throwable failure) {
        return Thread.currentThread().isInterrupted()
                || failure instanceof CancellationException
                || failure instanceof ClosedByInterruptException
                || (failure.getCause() != null && isInterruption(failure.getCause()));
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook is what waits for us
        }
    }
}
