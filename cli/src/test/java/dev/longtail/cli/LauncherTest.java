package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.plan.JavaMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts Java, in an unpacked distribution, with a Java that writes down its arguments. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

    @TempDir
    private Path folder;

    private List<String> started(String... arguments) throws IOException, InterruptedException {
        return startedWith("", arguments);
    }

    private List<String> startedWith(String options, String... arguments) throws IOException, InterruptedException {
        Path script = Files.createDirectories(folder.resolve("bin")).resolve("longtail");
        if (!Files.exists(script)) {
            Files.copy(Path.of("..", "longtail"), script);
            Files.createDirectories(folder.resolve("lib"));
            Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
            Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"arenas=${MALLOC_ARENA_MAX-}\" \"$@\"\n");
            assertThat(java.toFile().setExecutable(true)).isTrue();
            Files.writeString(
                    folder.resolve("jdk/release"),
                    "JAVA_VERSION=\"17.0.1\"\nMODULES=\"java.base jdk.incubator.vector\"\n");
        }
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("LONGTAIL_JAVA_OPTIONS", options);
        builder.environment().remove("MALLOC_ARENA_MAX");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    @ParameterizedTest
    @CsvSource({"600m, 600000000, 26", "2G, 2000000000, 64", "400000k, 400000000, 16", "3t, 3000000000000, 64"})
    void aLimitOnMemoryBoundsTheHeap(String limit, long bytes, int young) throws IOException, InterruptedException {
        long heap = JavaMachine.heapFor(bytes) / 1024;
        for (List<String> words : List.of(List.of("--max-memory", limit), List.of("--max-memory=" + limit))) {
            List<String> arguments = new ArrayList<>(List.of("train", "--train", "a file", "--model", "m"));
            arguments.addAll(words);
            assertThat(started(arguments.toArray(String[]::new)))
                    .contains("arenas=2", "-Xmx" + heap + "k", "-Xmn" + young + "m", "a file")
                    .containsSubsequence(arguments);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "train --train a --model m",
        "plan --train a --max-memory 600m",
        "train --train a --max-memory many",
        "train --train a --max-memory",
        "train --train a --max-memory 100m",
        "train --train a --max-model-size 600m",
    })
    void otherwiseTheHeapIsAPartOfTheMemoryThereIs(String arguments) throws IOException, InterruptedException {
        assertThat(started(arguments.split(" ")))
                .contains("arenas=", "-XX:MaxRAMPercentage=70", "-Xmn64m")
                .noneMatch(argument -> argument.startsWith("-Xmx"));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        }
    }

    /** A Java that keeps classes where it is told to, and else writes down its arguments. */
    @Test
    void aServerIsGivenAHeapToReadInUnlessTheCallerSaysWhichOne() throws IOException, InterruptedException {
        assertThat(started("serve", "--model", "m"))
                .contains("-XX:InitialHeapSize=160m", "-XX:CompileThresholdScaling=4");
        assertThat(startedWith("-Xmx100m", "serve", "--model", "m"))
                .contains("-Xmx100m", "-XX:CompileThresholdScaling=4")
                .doesNotContain("-XX:InitialHeapSize=160m");
        assertThat(started("predict", "--model", "serve"))
                .noneMatch(argument -> argument.contains("InitialHeapSize") || argument.contains("CompileThreshold"));
    }

    private void java(String version) throws IOException {
        Files.writeString(
                folder.resolve("jdk/bin/java"),
                "#!/bin/sh\nfor argument; do case $argument in -XX:ArchiveClassesAtExit=*)"
                        + " echo classes >\"${argument#*=}\"; exit;; esac; done\nprintf '%s\\n' \"$@\"\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base\"\n");
    }

    @Test
    void loadedClassesAreKeptOnceForEachJavaAndItsJars() throws IOException, InterruptedException {
        assertThat(started("info")).noneMatch(argument -> argument.startsWith("-XX:SharedArchiveFile"));
        assertThat(archives()).as("an empty one where Java makes none").hasSize(1);
        assertThat(started("info")).noneMatch(line -> line.startsWith("keeping loaded classes"));

        java("17.0.2");
        assertThat(started("info"))
                .contains("keeping loaded classes for later starts, once ...")
                .contains("-XX:SharedArchiveFile=" + archives().get(0));
        assertThat(archives()).hasSize(1);
        assertThat(started("info"))
                .noneMatch(line -> line.startsWith("keeping loaded classes"))
                .contains("-XX:SharedArchiveFile=" + archives().get(0));

        Path before = archives().get(0);
        Files.writeString(folder.resolve("lib/more.jar"), "more");
        assertThat(started("info")).contains("keeping loaded classes for later starts, once ...");
        assertThat(archives()).hasSize(1).doesNotContain(before);
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws IOException, InterruptedException {
        String[] arguments = {"predict", "--text", "a  b * \"c\"", "--model", "it's"};
        List<String> started = started(arguments);
        assertThat(started.subList(started.size() - arguments.length, started.size()))
                .containsExactly(arguments);
    }
}
