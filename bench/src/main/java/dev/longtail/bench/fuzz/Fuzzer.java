package dev.longtail.bench.fuzz;

import com.sun.management.ThreadMXBean;
import dev.longtail.config.InputException;
import dev.longtail.format.ModelFormatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Gives a target changed inputs. Each must be read, or be refused by one of the two exceptions that readers document;
 * another exception, an error, more than 20 seconds or memory far beyond what the input needs is a failure.
 */
public final class Fuzzer {

    /** Seconds that an input may take: no time is measured, a reader that hangs is found. */
    private static final int PATIENCE_SECONDS = 20;

    /** Bytes that a reader may allocate for its buffers, whatever the input. */
    private static final long BUFFERS = 48L << 20;

    /** Bytes that it may allocate for each byte of the input. */
    private static final long PER_BYTE = 4000;

    private static final int MOST_FAILURES = 5;

    private Fuzzer() {}

    /**
     * What came out.
     *
     * @param inputs how many were given
     * @param read how many of them were read as right
     * @param slowest nanoseconds of the slowest
     * @param largest bytes that were allocated for one input at most
     */
    public record Result(Target target, long inputs, long read, long slowest, long largest, List<Failure> failures) {

        public Result {
            failures = List.copyOf(failures);
        }
    }

    /** An input that a target does not deal with as it should, and what it did. */
    public record Failure(byte[] input, Throwable cause) {}

    /**
     * Runs a target until it is told to stop or has failed five times.
     *
     * @param seed of the inputs
     */
    public static Result run(Target target, long seed, BooleanSupplier goOn) throws InterruptedException {
        Mutator mutator = new Mutator(seed);
        List<byte[]> seeds = target.seeds();
        List<Failure> failures = new ArrayList<>();
        long inputs = 0;
        long read = 0;
        long slowest = 0;
        long largest = 0;
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fuzz " + target.name());
            thread.setDaemon(true);
            return thread;
        });
        try {
            // The inputs themselves come first: a target that refuses these tests nothing.
            for (byte[] right : seeds) {
                Trial trial = trial(worker, target, right);
                if (!trial.read) {
                    failures.add(new Failure(right, trial.cause));
                }
            }
            while (failures.size() < MOST_FAILURES && goOn.getAsBoolean()) {
                byte[] input = mutator.next(seeds);
                Trial trial = trial(worker, target, input);
                inputs++;
                read += trial.read ? 1 : 0;
                slowest = Math.max(slowest, trial.nanos);
                largest = Math.max(largest, trial.allocated);
                if (!trial.read && !isRefusal(trial.cause)) {
                    failures.add(new Failure(input, trial.cause));
                    if (trial.cause instanceof TimeoutException) {
                        break; // its thread is lost
                    }
                }
            }
        } finally {
            worker.shutdownNow();
        }
        return new Result(target, inputs, read, slowest, largest, failures);
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof InputException || cause instanceof ModelFormatException;
    }

    /** What one input did. */
    private static final class Trial {
        private boolean read;
        private Throwable cause = new IllegalStateException("has not ended");
        private long nanos;
        private long allocated;
    }

    private static Trial trial(ExecutorService worker, Target target, byte[] input) throws InterruptedException {
        Trial trial = new Trial();
        Future<?> end = worker.submit(() -> run(target, input, trial));
        try {
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            trial.cause = new TimeoutException("no end after " + PATIENCE_SECONDS + " seconds");
            trial.read = false;
        } catch (ExecutionException e) {
            trial.cause = e;
        }
        return trial;
    }

    private static void run(Target target, byte[] input, Trial trial) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        try {
            target.read(input);
            trial.read = true;
        } catch (IOException | RuntimeException | Error e) {
            trial.cause = e;
        }
        trial.nanos = System.nanoTime() - start;
        trial.allocated = memory.getCurrentThreadAllocatedBytes() - before;
        if (trial.allocated > BUFFERS + PER_BYTE * input.length) {
            trial.read = false;
            trial.cause = new AssertionError("allocated " + trial.allocated + " bytes for an input of " + input.length);
        }
    }
}
