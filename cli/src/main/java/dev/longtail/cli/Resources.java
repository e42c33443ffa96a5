package dev.longtail.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a piece of work costs, from {@link #start} on. */
final class Resources {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = cpuNanos();

    private Resources() {}

    static Resources start() {
        return new Resources();
    }

    /**
     * A cost.
     *
     * @param seconds      on the wall
     * @param cpuSeconds   of all processors together
     * @param peakRssBytes largest memory of the process in its life, null where the system does not tell
     */
    record Cost(double seconds, double cpuSeconds, @Nullable Long peakRssBytes) {

        void into(ObjectNode json) {
            json.put("seconds", seconds);
            json.put("cpuSeconds", cpuSeconds);
            json.put("peakRssBytes", peakRssBytes);
        }

        @Override
        public String toString() {
            String memory = peakRssBytes == null ? "" : ", peak memory " + Texts.bytes(peakRssBytes);
            return Texts.seconds(seconds) + ", processor time " + Texts.seconds(cpuSeconds) + memory;
        }
    }

    /** The cost so far. */
    Cost cost() {
        return new Cost((System.nanoTime() - startNanos) / 1e9, (cpuNanos() - startCpuNanos) / 1e9, peakRssBytes());
    }

    /** Processor time of the process so far. */
    static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static @Nullable Long peakRssBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(PEAK)) {
                    String kilobytes =
                            line.substring(PEAK.length()).replace("kB", "").strip();
                    return 1024 * Long.parseLong(kilobytes);
                }
            }
        } catch (IOException e) {
            return null; // not Linux
        }
        return null;
    }
}
