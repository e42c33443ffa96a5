package dev.longtail.bench;

import static dev.longtail.bench.OutputLayer.INPUTS;

import dev.longtail.kernel.KernelChoice;
import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Question: how many multiply-adds a second does one thread do in a training pass over 100,000 labels with fan-in 128
 * of 768 and a batch of 64, and how many the usual ways of writing it? Answers and machines:
 * bench/results/fused-pass-*.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseG1GC", "-Xms1g", "-Xmx1g"})
public class FusedPassBenchmark {

    static final int LABELS = 100_000;
    static final int FAN_IN = 128;

    /** So many dense labels have the same number of connections. */
    static final int DENSE_LABELS = LABELS * FAN_IN / INPUTS;

    /** The ways in plain Java are slow, and as fast over fewer labels: these do not fit a cache either. */
    static final int PLAIN_LABELS = 20_000;

    private static final int CHECKED_LABELS = 200;

    private static final Kernels SCALAR = new ScalarKernels();
    private static final Kernels VECTOR = KernelChoice.ofThisJvm().kernels();

    private OutputLayer layer = new OutputLayer(1, 4, 0);
    private PerExample perExample = new PerExample(layer);
    private BlockRows blocks = BlockRows.dense(1);

    @Setup(Level.Trial)
    public void makeLayer(BenchmarkParams benchmark) {
        checkAnswers();
        String name = benchmark.getBenchmark();
        if (group(name) > 0) {
            blocks = BlockRows.groups(LABELS, group(name));
        } else if (name.endsWith("Blocks")) {
            blocks = BlockRows.dense(DENSE_LABELS);
        } else if (name.contains("dense")) {
            layer = new OutputLayer(labels(name), INPUTS, 0);
        } else {
            // 4 floats are the header of an array: where arrays start when nobody cares about cache lines
            layer = new OutputLayer(labels(name), FAN_IN, name.endsWith("AcrossLines") ? 4 : 0);
        }
        perExample = new PerExample(layer);
    }

    /** Labels of the layer that the benchmark of this name works on. */
    static int labels(String name) {
        if (name.contains("dense")) {
            return DENSE_LABELS;
        }
        return name.contains("Vector") || group(name) > 0 ? LABELS : PLAIN_LABELS;
    }

    /** Labels that share an index row, the number at the end of the name; 0 where labels have rows of their own. */
    private static int group(String name) {
        int digits = name.indexOf("Groups");
        return digits < 0 ? 0 : Integer.parseInt(name.substring(digits + "Groups".length()));
    }

    @Benchmark
    public float passVector(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.sparsePass(VECTOR, layer));
    }

    @Benchmark
    public float passVectorAcrossLines(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.sparsePass(VECTOR, layer));
    }

    @Benchmark
    public float passScalar(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.sparsePass(SCALAR, layer));
    }

    @Benchmark
    public float passPerExample(CpuTime cpu) {
        return cpu.of(() -> perExample.pass());
    }

    @Benchmark
    public float densePassVector(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.densePass(VECTOR, layer));
    }

    @Benchmark
    public float passGroups16(CpuTime cpu) {
        return cpu.of(() -> blocks.pass());
    }

    @Benchmark
    public float passGroups32(CpuTime cpu) {
        return cpu.of(() -> blocks.pass());
    }

    @Benchmark
    public float passGroups64(CpuTime cpu) {
        return cpu.of(() -> blocks.pass());
    }

    @Benchmark
    public float densePassBlocks(CpuTime cpu) {
        return cpu.of(() -> blocks.pass());
    }

    @Benchmark
    public float scoresGroups16(CpuTime cpu) {
        return cpu.of(() -> blocks.scores());
    }

    @Benchmark
    public float scoresGroups32(CpuTime cpu) {
        return cpu.of(() -> blocks.scores());
    }

    @Benchmark
    public float scoresGroups64(CpuTime cpu) {
        return cpu.of(() -> blocks.scores());
    }

    @Benchmark
    public float denseScoresBlocks(CpuTime cpu) {
        return cpu.of(() -> blocks.scores());
    }

    @Benchmark
    public float scoresVector(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.sparseScores(VECTOR, layer));
    }

    @Benchmark
    public float scoresVectorAcrossLines(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.sparseScores(VECTOR, layer));
    }

    @Benchmark
    public float scoresScalar(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.sparseScores(SCALAR, layer));
    }

    @Benchmark
    public float scoresPerExample(CpuTime cpu) {
        return cpu.of(() -> perExample.scores());
    }

    @Benchmark
    public float denseScoresVector(CpuTime cpu) {
        return cpu.of(() -> BatchKernels.denseScores(VECTOR, layer));
    }

    private static void checkAnswers() {
        if (!VECTOR.name().startsWith("vector")) {
            throw new IllegalStateException(
                    "vector kernels are not in use: " + KernelChoice.ofThisJvm().description());
        }
        OutputLayer scalar = new OutputLayer(CHECKED_LABELS, FAN_IN, 0);
        OutputLayer vector = new OutputLayer(CHECKED_LABELS, FAN_IN, 4);
        OutputLayer single = new OutputLayer(CHECKED_LABELS, FAN_IN, 0);
        BatchKernels.sparsePass(SCALAR, scalar);
        BatchKernels.sparsePass(VECTOR, vector);
        PerExample singles = new PerExample(single);
        singles.pass();
        singles.publishGradients();
        scalar.requireSame(vector, "vector kernels");
        scalar.requireSame(single, "one example at a time");

        OutputLayer denseScalar = new OutputLayer(CHECKED_LABELS, INPUTS, 0);
        OutputLayer denseVector = new OutputLayer(CHECKED_LABELS, INPUTS, 0);
        BatchKernels.densePass(SCALAR, denseScalar);
        BatchKernels.densePass(VECTOR, denseVector);
        denseScalar.requireSame(denseVector, "dense layer");
        BlockRows.groups(CHECKED_LABELS, 16).requireSameAsSingleLabels();
        BlockRows.dense(CHECKED_LABELS).requireSameAsSingleLabels();
    }
}
