package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed again and again without warning ends with the bits of one that was left alone. */
final class TrainingKillTest {

    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    private List<String> arguments(Path model, boolean resume) throws IOException {
        Path train = folder.resolve("train.tsv");
        if (!Files.exists(train)) {
            TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        }
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train",
                train.toString(),
                "--model",
                model.toString(),
                "--checkpoint-every",
                "0",
                "--max-epochs",
                "60",
                "--set",
                "patience=60",
                "--set",
                "direct.candidates=8",
                "--set",
                "outputOptimizer.kind=adamw"));
        arguments.addAll(TinyData.SETTINGS);
        if (resume) {
            arguments.add("--resume");
        }
        return arguments;
    }

    @Test
    @Timeout(300)
    void everyBitIsThatOfAnUndisturbedRun() throws Exception {
        Path alone = folder.resolve("alone");
        assertThat(process(alone, false, Long.MAX_VALUE)).isZero();
        Path model = folder.resolve("model");
        SplittableRandom random = new SplittableRandom(3);
        int kills = 0;
        while (kills < KILLS && !Files.exists(model)) {
            if (process(model, kills > 0, random.nextLong(150)) != 0) {
                kills++;
            }
        }
        assertThat(kills).isPositive();
        if (!Files.exists(model)) {
            assertThat(process(model, true, Long.MAX_VALUE)).isZero();
        }
        assertThat(ModelSums.of(model)).isEqualTo(ModelSums.of(alone));
    }

    /** Kills a process so many milliseconds after its first epoch; returns its exit code. */
    private int process(Path model, boolean resume, long milliseconds) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlongtail.kernels=scalar",
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(arguments(model, resume));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread killer = new Thread(() -> kill(process, milliseconds));
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                if (line.startsWith("epoch ") && killer.getState() == Thread.State.NEW) {
                    killer.start();
                }
            }
        }
        int code = process.waitFor();
        killer.interrupt();
        killer.join();
        return code;
    }

    private static void kill(Process process, long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            process.toHandle().destroyForcibly(); // that of the process would close its streams too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended by itself
        }
    }
}
