package dev.longtail.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Processor time of the measured thread, which JMH does not know: on a machine shared with others the time on the clock
 * also counts what the others did. JMH sets the counters to zero before each iteration and adds them up over them.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public long passes;
    public long cpuNanoseconds;

    float of(Supplier<Float> pass) {
        long start = THREADS.getCurrentThreadCpuTime();
        float result = pass.get();
        cpuNanoseconds += THREADS.getCurrentThreadCpuTime() - start;
        passes++;
        return result;
    }
}
