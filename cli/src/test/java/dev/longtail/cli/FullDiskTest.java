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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that finds no room for what it writes. The system lets a process write files up to a size and refuses what
 * goes past it, in the middle of a write, as a full disk does.
 */
@DisabledOnOs(OS.WINDOWS)
final class FullDiskTest {

    /** Bytes of the unit of {@code ulimit -f}. */
    private static final long BLOCK = 512;

    @TempDir
    private Path folder;

    /** @param code exit code */
    private record Said(int code, String err) {}

    /** A training with files of at most so many bytes, 0 for any. */
    private Process start(long most, Path model, String... more) throws IOException {
        Path data = folder.resolve("train.tsv");
        if (!Files.exists(data)) {
            TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        }
        String limit = most == 0 ? "" : "ulimit -f " + most / BLOCK + " && ";
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "exec \"$@\"", "sh", java));
        command.addAll(List.of("-XX:-UsePerfData", "-Dlongtail.kernels=scalar", "-cp", classPath));
        command.addAll(List.of(Main.class.getName(), "train", "--train", data.toString(), "--model", model.toString()));
        command.addAll(List.of("--max-epochs", "3", "--set", "patience=3", "--set", "table.dimension=2048"));
        command.addAll(List.of("--set", "tableOptimizer.kind=adamw", "--set", "outputOptimizer.kind=adamw"));
        command.addAll(TinyData.SETTINGS);
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Said train(long most, Path model, String... more) throws IOException, InterruptedException {
        Process process = start(most, model, more);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), err);
    }

    /** Kills a training after its first epoch, when that is kept. */
    private void trainAndKill(Path model, String... more) throws IOException, InterruptedException {
        Process process = start(0, model, more);
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                if (line.startsWith("epoch ")) {
                    process.toHandle().destroyForcibly(); // that of the process would close its streams too
                }
            }
        }
        assertThat(process.waitFor()).isNotZero();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** The largest file of a model. */
    private static long largest(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.mapToLong(file -> file.toFile().length()).max().orElseThrow();
        }
    }

    @Test
    @Timeout(180)
    void aRunWithoutRoomForCheckpointsWarnsAndGoesOn() throws Exception {
        Path alone = folder.resolve("alone");
        assertThat(train(0, alone, "--checkpoint-every", "never").code).isZero();
        Path model = folder.resolve("model");
        // the update rule keeps two numbers of each weight, so a checkpoint is about three times as large
        Said said = train(2 * largest(alone), model, "--checkpoint-every", "0");
        assertThat(said.code).as(said.err).isZero();
        assertThat(said.err
                        .lines()
                        .filter(line -> line.startsWith("a checkpoint could not be written, training goes"
                                + " on without it: writing " + folder.resolve("model.checkpoints"))))
                .hasSize(3)
                .allMatch(line -> line.contains("is there room on the disk?"));
        assertThat(ModelSums.of(model)).isEqualTo(ModelSums.of(alone));
        assertThat(folder.resolve("model.checkpoints")).doesNotExist();
    }

    @Test
    @Timeout(180)
    void aModelWithoutRoomIsOneErrorAndTheCheckpointsStay() throws Exception {
        String[] plain = {"--set", "validationFraction=0", "--checkpoint-every", "0"};
        String[] resume = {"--set", "validationFraction=0", "--checkpoint-every", "0", "--resume"};
        Path alone = folder.resolve("alone");
        assertThat(train(0, alone, plain).code).isZero();
        Path model = folder.resolve("model");
        trainAndKill(model, plain);
        Path root = folder.resolve("model.checkpoints");
        List<String> kept = names(root);
        assertThat(kept).isNotEmpty();

        Said full = train(largest(alone) / 2, model, resume);
        assertThat(full.code).as(full.err).isEqualTo(Failures.FAILED);
        assertThat(full.err.lines().filter(line -> line.startsWith("longtail: ")))
                .singleElement()
                .asString()
                .startsWith("longtail: writing " + folder)
                .contains("nothing was changed, is there room on the disk?");
        assertThat(full.err)
                .contains("the checkpoints in " + root + " stay; add --resume to the same command to go on");
        assertThat(names(root)).isEqualTo(kept);
        assertThat(model).doesNotExist();

        Said resumed = train(0, model, resume);
        assertThat(resumed.code).as(resumed.err).isZero();
        assertThat(ModelSums.of(model)).isEqualTo(ModelSums.of(alone));
        assertThat(names(folder)).doesNotContain("model.checkpoints");
    }
}
