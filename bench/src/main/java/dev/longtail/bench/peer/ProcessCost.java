package dev.longtail.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processor time and memory of processes, as Linux tells them. */
final class ProcessCost {

    private static final String PEAK = "VmHWM:";

    /** Linux counts the time of processes in hundredths of a second, whatever the kernel's own clock. */
    private static final double TICKS = 100;

    // Places behind the program's name in /proc/PID/stat, see proc(5).
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private static final int POLL_MILLISECONDS = 20;

    private ProcessCost() {}

    /** Processor time of this process since it began, all threads together. */
    static double ownCpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Processor time of the processes that this one started and that have ended. */
    static double childrenCpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return (Long.parseLong(fields.get(CHILDREN_USER)) + Long.parseLong(fields.get(CHILDREN_SYSTEM))) / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException("processor time of other processes is known on Linux only", e);
        }
    }

    /** Largest memory of a process so far, 0 where the system does not tell or the process is gone. */
    static long peakRssBytes(String process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
                if (line.startsWith(PEAK)) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return 0; // another system, or the process has just ended
        }
        return 0;
    }

    /**
     * Runs a program to its end.
     *
     * @param output file for what it prints; its messages go to our standard error
     * @return its largest memory, looked up every {@value #POLL_MILLISECONDS} ms
     * @throws IOException when it fails
     */
    static long run(List<String> command, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        Thread end = new Thread(process::destroy, "peer-end");
        Runtime.getRuntime().addShutdownHook(end); // whoever stops this process stops the program too
        process.getOutputStream().close();
        long peak = 0;
        do {
            peak = Math.max(peak, peakRssBytes(Long.toString(process.pid())));
        } while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS));
        Runtime.getRuntime().removeShutdownHook(end);
        if (process.exitValue() != 0) {
            throw new IOException(command.get(0) + " ended with exit code " + process.exitValue());
        }
        return peak;
    }
}
