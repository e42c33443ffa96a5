package dev.longtail.bench.peer;

import dev.longtail.data.Examples;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A system that is trained once and then asked once. */
interface Contender {

    /** Why the system is not run on this data, null when it can be. */
    @Nullable
    String obstacle(PeerData data);

    void train(PeerData data) throws IOException, InterruptedException;

    /** The best labels of each test example, best first. */
    List<int[]> rank(PeerData data, Examples test) throws IOException, InterruptedException;

    /** What the trained system takes, in bytes. */
    long modelBytes() throws IOException;

    /** Processor time spent for the system so far: that of this process unless it works in others. */
    default double cpuSeconds() {
        return ProcessCost.ownCpuSeconds();
    }

    /** Largest memory of the process that trains, 0 where the system does not tell. */
    default long peakRssBytes() {
        return ProcessCost.peakRssBytes("self");
    }
}
