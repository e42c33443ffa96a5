package dev.longtail.server.serving;

import dev.longtail.config.Require;
import dev.longtail.explain.Explanation;
import dev.longtail.predict.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Threads that answer questions, and a queue of bounded length before them. All models share the threads, as they share
 * the processors; a question takes the model that is behind its name when a thread takes the question.
 */
public final class SuggestPool implements AutoCloseable {

    private final ModelRegistry models;
    private final ThreadPoolExecutor executor;
    private final int capacity;

    /**
     * What a model answered.
     *
     * @param model that did
     * @param suggestions for each text, best first
     */
    public record Answer(ModelFacts model, List<List<Suggestion>> suggestions) {}

    /**
     * Threads, none of which is started before it is needed.
     *
     * @param threads at least 1
     * @param queue questions that may wait, at least 1
     */
    public SuggestPool(ModelRegistry models, int threads, int queue) {
        Require.that(threads >= 1, "threads", "at least 1", threads);
        Require.that(queue >= 1, "queue", "at least 1", queue);
        this.models = models;
        this.capacity = queue;
        this.executor = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), runnable -> {
                    Thread thread = new Thread(runnable, "longtail-suggest");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Suggestions for texts, by one thread.
     *
     * @param name of a model that there is
     * @param limit suggestions for a text
     * @param most that waiting and answering may take together; an answer nobody waits for any more is given up
     * @throws BusyException when the queue is full or the time is over
     * @throws InterruptedException when the caller is interrupted while it waits
     */
    public Answer suggest(String name, List<String> texts, int limit, Duration most) throws InterruptedException {
        return ask(name, most, (model, abandoned) -> new Answer(model.facts(), model.suggest(texts, limit, abandoned)));
    }

    /**
     * Explanations of the scores of labels for a text, by one thread; empty when the text holds nothing that the model
     * knows.
     *
     * @param taken makes of each explanation what is kept of it; it is called by that thread, for one after the other
     * @throws java.util.NoSuchElementException when the model has not one of the labels
     * @throws BusyException as {@link #suggest}
     * @throws InterruptedException as {@link #suggest}
     */
    public <T> List<T> explain(String name, ExplainQuestion question, Function<Explanation, T> taken, Duration most)
            throws InterruptedException {
        return ask(name, most, (model, abandoned) -> model.explain(question, taken, abandoned));
    }

    /**
     * Labels of a model.
     *
     * @throws BusyException as {@link #suggest}
     * @throws InterruptedException as {@link #suggest}
     */
    public LabelCatalog.Page labels(String name, LabelCatalog.Query query, Duration most) throws InterruptedException {
        return ask(name, most, (model, abandoned) -> model.catalog().find(query));
    }

    /**
     * The anchor tables of a model; empty when it has none.
     *
     * @throws BusyException as {@link #suggest}
     * @throws InterruptedException as {@link #suggest}
     */
    public List<AnchorEnd> anchors(String name, Duration most) throws InterruptedException {
        return ask(name, most, (model, abandoned) -> model.anchors());
    }

    /** What a model is asked by a thread; it may look whether anybody waits for the answer. */
    @FunctionalInterface
    private interface Question<T> {
        T of(ServedModel model, BooleanSupplier abandoned);
    }

    private <T> T ask(String name, Duration most, Question<T> question) throws InterruptedException {
        AtomicBoolean abandoned = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> answer(name, question, abandoned));
        run(task);
        try {
            return task.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new BusyException(BusyException.Reason.TIMED_OUT);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            abandoned.set(true);
            if (task.cancel(false)) {
                executor.remove(task);
            }
        }
    }

    private <T> T answer(String name, Question<T> question, AtomicBoolean abandoned) {
        ServedModel model = models.acquire(name);
        try {
            return question.of(model, abandoned::get);
        } finally {
            model.release();
        }
    }

    /**
     * Gives other work to the threads, which waits and counts as a question does.
     *
     * @throws BusyException when the queue is full
     */
    public void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            throw new BusyException(
                    executor.isShutdown() ? BusyException.Reason.CLOSED : BusyException.Reason.QUEUE_FULL);
        }
    }

    /** Questions that wait for a thread. */
    public int waiting() {
        return executor.getQueue().size();
    }

    /** Questions that may wait. */
    public int capacity() {
        return capacity;
    }

    /** Threads that answer a question, about. */
    public int busy() {
        return executor.getActiveCount();
    }

    /** Threads there are at most. */
    public int threads() {
        return executor.getMaximumPoolSize();
    }

    /** Takes no more questions. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
