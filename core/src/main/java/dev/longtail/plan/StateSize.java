package dev.longtail.plan;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.train.Checkpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Counts what a checkpoint behind the last epoch of a run would keep, and keeps nothing. */
final class StateSize implements Checkpoints {

    /** What the table of a file says of a tensor beside its name: type, shape and place. */
    private static final int ENTRY = 70;

    private final int epochs;
    private long numbers;
    private long table;
    private long copies;

    /** @param epochs of the run */
    StateSize(int epochs) {
        this.epochs = epochs;
    }

    /** Bytes of the numbers: parameters, and what is remembered of them. */
    long numbers() {
        return numbers;
    }

    /** Bytes of the file. */
    long file() {
        return numbers + table;
    }

    /** Bytes of numbers that are copied before they are written. */
    long copies() {
        return copies;
    }

    @Override
    public Optional<StateCarrier> resume() {
        return Optional.empty();
    }

    @Override
    public void resumed() {
        // nothing was kept
    }

    @Override
    public boolean isDue() {
        return true;
    }

    @Override
    public void keep(Moment moment, Stateful run) {
        if (moment.done() == epochs) { // behind what takes the time of epochs
            run.carry(RUN, new Counter());
        }
    }

    private final class Counter implements StateCarrier {

        @Override
        public boolean isRestoring() {
            return false;
        }

        @Override
        public void tensor(Tensor live) {
            numbers += live.elements() * TensorPages.numberBytes(live);
            table += live.name().length() + ENTRY;
        }

        @Override
        public void longs(String name, long[] live) {
            copies += (long) live.length * Long.BYTES;
            StateCarrier.super.longs(name, live);
        }

        @Override
        public void doubles(String name, double[] live) {
            copies += (long) live.length * Double.BYTES;
            StateCarrier.super.doubles(name, live);
        }

        @Override
        public int length(String name, int now) {
            return now;
        }

        @Override
        public List<Tensor> tensors(String name, List<Tensor> now) {
            now.forEach(this::tensor);
            return now;
        }

        @Override
        public void file(String name, Path file) {
            // the best parameters, which the plan knows
        }
    }
}
