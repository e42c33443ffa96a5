package dev.longtail.direct;

import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Training of a {@link DirectArm}: each label learns to tell its examples from those for which another arm takes it for
 * likely though they do not carry it. Labels do not depend on each other, so the result does not depend on the
 * number of threads.
 */
public final class DirectTraining {

    /** Candidates that are sorted by label at once: 64 MiB. */
    private static final int CHUNK = 1 << 24;

    private final DirectConfig config;
    private final long seed;
    private final Workers workers;
    private final int chunk;

    /** @param seed of the orders in which examples are visited */
    public DirectTraining(DirectConfig config, long seed, Workers workers) {
        this(config, seed, workers, CHUNK);
    }

    /** @param chunk candidates of the labels that are trained at a time */
    DirectTraining(DirectConfig config, long seed, Workers workers, int chunk) {
        this.config = config;
        this.seed = seed;
        this.workers = workers;
        this.chunk = chunk;
    }

    /**
     * What is learned from.
     *
     * @param features of each example
     * @param featureCount number of features
     * @param labels of each example
     * @param labelCount number of labels
     * @param candidates of each example: labels of highest score by another arm
     */
    public record Source(SparseRows features, int featureCount, IdLists labels, int labelCount, FewIds candidates) {}

    /** Hears how far training is. */
    @FunctionalInterface
    public interface Progress {

        /** So many labels are done. */
        void labels(int done);
    }

    /**
     * Trains an arm.
     *
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    public DirectArm train(Source source, Progress progress) {
        Run run = start(source);
        while (!run.isDone()) {
            run.trainSome();
            progress.labels(run.done());
        }
        return run.arm();
    }

    /** Training of an arm, some labels at a time. */
    public Run start(Source source) {
        return new Run(source);
    }

    /** Training that can be stopped between labels, and taken up there. */
    public final class Run implements Stateful {

        private final Source source;
        private final DirectArmBuilder builder;
        private final Worker[] scratch;
        private final int[] counts;
        private int done;

        private Run(Source source) {
            this.source = source;
            this.builder = new DirectArmBuilder(source.labelCount, source.featureCount, config.candidates());
            this.scratch = new Worker[workers.threads()];
            Arrays.setAll(scratch, i -> new Worker(source, builder));
            this.counts = source.candidates.counts(source.labelCount);
        }

        /** Number of labels that are done, the first ones. */
        public int done() {
            return done;
        }

        /** Whether all are. */
        public boolean isDone() {
            return done == source.labelCount;
        }

        /**
         * Trains the next labels.
         *
         * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
         */
        public void trainSome() {
            int end = chunkEnd(counts, done);
            train(done, end, source, scratch);
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training of the direct arm was interrupted after " + end + " labels");
            }
            done = end;
        }

        /** The arm; labels that are not done have no weights. */
        public DirectArm arm() {
            return builder.build();
        }

        @Override
        public void carry(String name, StateCarrier state) {
            done = (int) state.number(name + ".done", done);
            builder.carry(name, state);
        }
    }

    /** Solves for one label once more, as {@link #train} does, and tells what each example counts in its scorer. */
    public LabelDuals solve(Source source, int label) {
        IdLists carrying = source.labels.inverse(label, label + 1);
        IdLists taken = source.candidates.inverse(label, label + 1);
        DirectArmBuilder builder = new DirectArmBuilder(source.labelCount, source.featureCount, config.candidates());
        Worker worker = new Worker(source, builder);
        worker.train(label, 0, carrying, taken);
        return worker.duals(carrying, taken, builder.build());
    }

    private int chunkEnd(int[] counts, int first) {
        long sum = counts[first];
        int end = first + 1;
        while (end < counts.length && sum + counts[end] <= chunk) {
            sum += counts[end++];
        }
        return end;
    }

    private void train(int first, int end, Source source, Worker[] scratch) {
        IdLists carrying = source.labels.inverse(first, end);
        IdLists taken = source.candidates.inverse(first, end);
        workers.run(end - first, (task, worker) -> scratch[worker].train(first + task, task, carrying, taken));
    }

    /** Scratch of a worker. */
    private final class Worker {

        private final LabelSolver solver;
        private final DirectArmBuilder builder;
        private final boolean[] carries;
        private int[] chosen = new int[1024];
        private int[] found = new int[1024];
        private float[] weights = new float[1024];

        Worker(Source source, DirectArmBuilder builder) {
            this.solver = new LabelSolver(source.features, source.featureCount, config);
            this.builder = builder;
            this.carries = new boolean[source.features.rows()];
        }

        void train(int label, int list, IdLists carrying, IdLists taken) {
            int positives = carrying.start(list + 1) - carrying.start(list);
            if (positives == 0) {
                builder.set(label, found, weights, 0, -1); // nothing is known of it
                return;
            }
            int count = choose(list, carrying, taken);
            solver.solve(chosen, count, positives, RandomStream.of(seed, 0, label));
            keep(label);
        }

        /** The examples that carry the label, then those that were taken for carriers. */
        private int choose(int list, IdLists carrying, IdLists taken) {
            int most = carrying.start(list + 1) - carrying.start(list) + taken.start(list + 1) - taken.start(list);
            if (chosen.length < most) {
                chosen = new int[Math.max(most, 2 * chosen.length)];
            }
            int count = 0;
            for (int at = carrying.start(list); at < carrying.start(list + 1); at++) {
                chosen[count++] = carrying.ids()[at];
                carries[carrying.ids()[at]] = true;
            }
            int positives = count;
            for (int at = taken.start(list); at < taken.start(list + 1); at++) {
                if (!carries[taken.ids()[at]]) {
                    chosen[count++] = taken.ids()[at];
                }
            }
            for (int i = 0; i < positives; i++) {
                carries[chosen[i]] = false;
            }
            return count;
        }

        /** What the examples of the only label that was trained count. */
        LabelDuals duals(IdLists carrying, IdLists taken, DirectArm arm) {
            int positives = carrying.start(1);
            if (positives == 0) {
                return new LabelDuals(new int[0], 0, new double[0], arm);
            }
            int count = choose(0, carrying, taken);
            double[] coefficients = new double[count];
            Arrays.setAll(coefficients, i -> i < positives ? solver.dual(i) : -solver.dual(i));
            return new LabelDuals(Arrays.copyOf(chosen, count), positives, coefficients, arm);
        }

        private void keep(int label) {
            int count = 0;
            for (int place = 0; place < solver.known(); place++) {
                float weight = (float) solver.weights()[place];
                if (weight != 0 && Math.abs(weight) >= config.smallest()) {
                    reserve(count + 1);
                    found[count] = solver.features()[place];
                    weights[count++] = weight;
                }
            }
            builder.set(label, found, weights, count, (float) solver.bias());
        }

        private void reserve(int count) {
            if (found.length < count) {
                found = Arrays.copyOf(found, 2 * found.length);
                weights = Arrays.copyOf(weights, 2 * weights.length);
            }
        }
    }
}
