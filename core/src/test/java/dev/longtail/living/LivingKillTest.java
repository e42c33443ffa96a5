package dev.longtail.living;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.parallel.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they change a model lose nothing that they have acknowledged. */
class LivingKillTest {

    private static final int KILLS = 6;

    @TempDir
    Path parent;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        Path folder = LivingFolders.write(parent, LivingFolders.ARMS);
        SplittableRandom random = new SplittableRandom(5);
        long acknowledged = 0;
        try (Workers workers = new Workers(1)) {
            for (int kill = 0; kill < KILLS; kill++) {
                acknowledged = Math.max(acknowledged, run(folder, 5 + random.nextInt(400)));
                LivingModel model = LivingModel.open(folder, workers);
                assertThat(model.sequence()).isBetween(acknowledged, acknowledged + 1);
                assertThat(ArmBits.of(LivingModel.open(folder, workers).model()))
                        .isEqualTo(ArmBits.of(model.model()));
                acknowledged = model.sequence();
            }
        }
        assertThat(acknowledged).isPositive();
    }

    /** Kills a process some time after its first acknowledgement; returns the last one. */
    private static long run(Path folder, int milliseconds) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlongtail.kernels=scalar",
                        "-cp",
                        classPath,
                        Changes.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            Thread killer = new Thread(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(milliseconds);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                process.toHandle().destroyForcibly(); // that of the process would close its streams too
            });
            killer.start();
            for (; line != null; line = out.readLine()) {
                last = line.isEmpty() ? last : Long.parseLong(line);
            }
            killer.join();
        }
        process.waitFor();
        return last;
    }

    /** Gives feedback and changes labels without end, and prints a number when it is told that it is done. */
    static final class Changes {

        public static void main(String[] arguments) throws IOException {
            try (Workers workers = new Workers(1)) {
                LivingModel model = LivingModel.open(Path.of(arguments[0]), workers);
                for (int round = 0; ; round++) {
                    System.out.println(model.give(List.of(LivingFolders.feedback(round))));
                    if (round % 5 == 4) {
                        model.edit(EditList.of(
                                "edits", List.of(new LabelEdit.Rename(LivingFolders.id(1), "round " + round))));
                    }
                }
            }
        }
    }
}
