package dev.longtail.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.kernel.Vectors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Which kernels a JVM takes, here and in JVMs started with other options. */
class KernelsInUseTest {

    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void thisBuildTestsVectorKernels() {
        int bits = Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
        assertThat(bits).isGreaterThanOrEqualTo(128);
        assertThat(Vectors.description()).isEqualTo("vector-" + bits).isEqualTo(Vectors.name());
        assertThat(Vectors.lanes()).isEqualTo(bits / 32);
    }

    @Test
    void withoutTheIncubatorModuleKernelsAreScalar() throws Exception {
        assertThat(output(List.of()))
                .contains("scalar (vector kernels are not used: the JVM runs without")
                .contains("--add-modules jdk.incubator.vector; add that option");
        assertThat(output(List.of("-Dlongtail.kernels=vector")))
                .contains("-Dlongtail.kernels=vector: the vector kernels cannot be used because the JVM runs without");
    }

    @Test
    void thePropertyForcesScalarKernels() throws Exception {
        assertThat(output(List.of(MODULE, "-Dlongtail.kernels=scalar")))
                .contains("scalar (vector kernels are not used: -Dlongtail.kernels=scalar asks for the scalar ones)");
    }

    @Test
    void withoutTheC2CompilerKernelsAreScalarUnlessForced() throws Exception {
        assertThat(output(List.of(MODULE, "-Xint"))).contains("scalar (").contains("without the C2 compiler");
        assertThat(output(List.of(MODULE, "-XX:TieredStopAtLevel=1"))).contains("scalar (");
        assertThat(output(List.of(MODULE, "-XX:-UseFMA"))).contains("scalar (").contains("no fused multiply-add");
        assertThat(output(List.of(MODULE, "-XX:MaxVectorSize=8")))
                .contains("scalar (")
                .contains("128 bits");
        assertThat(output(List.of(MODULE, "-Xint", "-Dlongtail.kernels=vector")))
                .contains("vector-");
    }

    @Test
    void interpretedAndCompiledKernelsGiveTheSameBits() throws Exception {
        String forced = "-Dlongtail.kernels=vector";
        String interpreted = output(List.of(MODULE, forced, "-Xint"), "1");
        String compiled = output(List.of(MODULE, forced), "4000");
        assertThat(interpreted).containsPattern("vector-\\d+\\R[0-9a-f]{8}");
        assertThat(compiled).isEqualTo(interpreted);
    }

    private static String output(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("-XX:MaxVectorSize") || option.startsWith("-XX:UseAVX")) {
                command.add(option);
            }
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KernelDigest.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        // Warnings of the JVM and of slf4j are not ours to test.
        return output.lines()
                .filter(line -> !line.startsWith("WARNING:") && !line.startsWith("SLF4J"))
                .reduce("", (all, line) -> all + line + System.lineSeparator());
    }
}
