package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of {@code train --task rate} sees of checkpoints. */
final class RateResumeTest {

    private static final int EPOCHS = 60;

    @TempDir
    private Path folder;

    private Path ratings() throws IOException {
        Path file = folder.resolve("train.csv");
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("userId,movieId,rating"));
        for (int i = 0; i < 3000; i++) {
            int user = random.nextInt(60);
            int item = random.nextInt(20);
            lines.add("u" + user + ",i" + item + "," + ((user % 2 == item % 2 ? 4 : 2) + random.nextInt(2)));
        }
        return Files.write(file, lines);
    }

    private String[] arguments(Path model, String more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--task", "rate", "--train", ratings().toString()));
        arguments.addAll(List.of("--model", model.toString(), "--max-epochs", String.valueOf(EPOCHS)));
        arguments.addAll(List.of("--set", "patience=" + EPOCHS, "--set", "batch=50", "--checkpoint-every", "0"));
        arguments.addAll(List.of(more.strip().split(" +")));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @Timeout(120)
    @ValueSource(
            strings = {
                "--dimension 4",
                "--dimension 6 --set solver=variational",
                "--dimension 4 --set users.kind=anchors --set items.kind=anchors --set users.initialScale=1"
                        + " --set items.initialScale=1 --set nonparametric.learned=true --set budget.start=4"
            })
    void anInterruptedRunSaysHowToGoOnAndGoesOn(String settings) throws Exception {
        Path model = folder.resolve("model");
        Ran interrupted = Ran.interruptedAfter("epoch 3 ", arguments(model, settings));
        assertThat(interrupted.code()).as(interrupted.err()).isEqualTo(Failures.INTERRUPTED);
        assertThat(interrupted.err()).contains("add --resume to the same command to go on after epoch ");
        Path root = folder.resolve("model.checkpoints");
        assertThat(root).isDirectory();

        Ran other = Ran.of(arguments(model, "--resume --set l2=0.5 " + settings));
        assertThat(other.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(other.err()).contains("is of another run: train.l2 was ");

        Ran resumed = Ran.of(arguments(model, "--resume " + settings));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("going on from " + root).doesNotContain("epoch 1 of");
        assertThat(root).doesNotExist();

        Path alone = folder.resolve("alone");
        assertThat(Ran.of(arguments(alone, settings)).code()).isZero();
        assertThat(ModelSums.of(model)).isEqualTo(ModelSums.of(alone));
    }

    @Test
    void aStreamIsNotTakenUp() throws IOException {
        // --checkpoint-every is among the arguments, and refused without the others too
        for (String option : List.of("--resume", "--checkpoints " + folder.resolve("states"), "")) {
            Ran ran = Ran.of(arguments(
                    folder.resolve("model"), "--online --set users.kind=anchors --set items.kind=anchors " + option));
            assertThat(ran.code()).isEqualTo(Failures.WRONG_USAGE);
            assertThat(ran.err()).contains("--online reads a stream, of which nothing is kept, and cannot be taken up");
        }
    }
}
