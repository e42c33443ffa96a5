package dev.longtail.cli;

import dev.longtail.train.EpochReport;
import dev.longtail.train.StepRecord;
import dev.longtail.train.TrainListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** How long each epoch trained: from its start to the end of its last step, without the look at validation examples. */
final class EpochTimes implements TrainListener {

    private final LongSupplier nanos;
    private final LongSupplier cpuNanos;
    private final List<Time> times = new ArrayList<>();
    private long start;
    private long startCpu;
    private long last;
    private long lastCpu;

    /**
     * @param nanos    a clock
     * @param cpuNanos processor time of the process
     */
    EpochTimes(LongSupplier nanos, LongSupplier cpuNanos) {
        this.nanos = nanos;
        this.cpuNanos = cpuNanos;
        start();
    }

    /**
     * Time of an epoch.
     *
     * @param seconds    on the wall
     * @param cpuSeconds of all processors together
     */
    record Time(double seconds, double cpuSeconds) {}

    /** An epoch starts now. */
    void start() {
        start = nanos.getAsLong();
        startCpu = cpuNanos.getAsLong();
        last = start;
        lastCpu = startCpu;
    }

    @Override
    public void step(StepRecord step) {
        last = nanos.getAsLong();
        lastCpu = cpuNanos.getAsLong();
    }

    @Override
    public void epoch(EpochReport report) {
        times.add(new Time((last - start) / 1e9, (lastCpu - startCpu) / 1e9));
        start();
    }

    /** The epoch that ended last. */
    Time last() {
        return times.get(times.size() - 1);
    }

    /**
     * The epoch in the middle, or between the two in the middle: the first one also pays for compiling the program. Of
     * no epoch, no time.
     */
    Time median() {
        if (times.isEmpty()) {
            return new Time(0, 0);
        }
        return new Time(median(Time::seconds), median(Time::cpuSeconds));
    }

    private double median(ToDoubleFunction<Time> part) {
        double[] ascending = times.stream().mapToDouble(part).sorted().toArray();
        int middle = ascending.length / 2;
        return ascending.length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
    }
}
