package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user of {@code train} sees of checkpoints. */
final class CheckpointsTest {

    private static final int EPOCHS = 40;

    @TempDir
    private Path folder;

    private Path train;
    private Path model;
    private Path root;

    @BeforeEach
    void data() throws IOException {
        train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        model = folder.resolve("model");
        root = folder.resolve("model.checkpoints");
    }

    private String[] arguments(Path target, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train",
                train.toString(),
                "--model",
                target.toString(),
                "--checkpoint-every",
                "0",
                "--max-epochs",
                String.valueOf(EPOCHS),
                "--set",
                "patience=" + EPOCHS,
                "--set",
                "direct.candidates=8"));
        arguments.addAll(TinyData.SETTINGS);
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** Interrupts a run after its third epoch, as Ctrl-C does; returns what it said. */
    private String interrupted(String... more) throws InterruptedException {
        Ran ran = Ran.interruptedAfter("epoch 3 ", arguments(model, more));
        assertThat(ran.code()).as(ran.err()).isEqualTo(Failures.INTERRUPTED);
        return ran.err();
    }

    private void requireSameAsUndisturbed() throws IOException {
        Path other = folder.resolve("undisturbed");
        assertThat(Ran.of(arguments(other)).code()).isZero();
        assertThat(ModelSums.of(model)).isEqualTo(ModelSums.of(other));
    }

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.sorted().toList();
        }
    }

    @Test
    @Timeout(120)
    void anInterruptedRunSaysHowToGoOnAndGoesOn() throws Exception {
        String said = interrupted();
        assertThat(said)
                .contains("interrupted; nothing was written to " + model + "; add --resume to the same command"
                        + " to go on after epoch ");
        assertThat(checkpoints()).hasSize(2);

        Ran without = Ran.of(arguments(model));
        assertThat(without.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(without.err()).contains(root + " holds checkpoints of a run that was not finished; add --resume");

        Ran resumed = Ran.of(arguments(model, "--resume"));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("going on from " + root).doesNotContain("epoch 1 of");
        assertThat(root).doesNotExist();
        requireSameAsUndisturbed();
    }

    @Test
    @Timeout(120)
    void aDamagedCheckpointIsToldAndTheOneBeforeIsUsed() throws Exception {
        interrupted();
        List<Path> both = checkpoints();
        Path state = both.get(1).resolve("state.safetensors");
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length / 2] ^= 1;
        Files.write(state, bytes);

        Ran resumed = Ran.of(arguments(model, "--resume"));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("a checkpoint is damaged and not used: " + state + ": does not have the SHA-256")
                .contains("going on from " + both.get(0));
        requireSameAsUndisturbed();
    }

    @Test
    @Timeout(120)
    void otherSettingsOrDataAreRefusedByName() throws Exception {
        interrupted();
        Ran settings = Ran.of(arguments(model, "--resume", "--set", "train.seed=7"));
        assertThat(settings.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(settings.err()).contains("is of another run: train.seed was 1 and is 7; give the same");
        TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 2);
        Ran data = Ran.of(arguments(model, "--resume"));
        assertThat(data.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(data.err()).contains("is of another run: the SHA-256 of file 1 was ");
        assertThat(checkpoints()).hasSize(2);
        Ran anew = Ran.of(arguments(model, "--overwrite"));
        assertThat(anew.code()).as(anew.err()).isZero();
        assertThat(root).doesNotExist();
    }

    @Test
    void withoutACheckpointARunStartsAnew() throws IOException {
        Ran ran = Ran.of(arguments(model, "--resume"));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("there is no checkpoint in " + root + " to go on from, so training starts anew");
        requireSameAsUndisturbed();
    }

    @Test
    void aRunGoesOnWhereItsStateCannotBeWritten() throws IOException {
        Files.writeString(root, "a file where the folder should be");
        Ran ran = Ran.of(arguments(model));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("a checkpoint could not be written, training goes on without it: " + root);
        requireSameAsUndisturbed();
    }

    @Test
    void aShortRunWritesNone() throws IOException {
        Ran ran = Ran.of(arguments(model, "--checkpoint-every", "5m"));
        assertThat(ran.code()).isEqualTo(Failures.WRONG_USAGE); // given twice
        List<String> once = new ArrayList<>(List.of(arguments(model)));
        once.set(once.indexOf("0"), "never");
        assertThat(Ran.of(once.toArray(String[]::new)).code()).isZero();
        assertThat(root).doesNotExist();
    }

    /** Settings that were chosen for a budget are those of the run, whatever budget it is taken up with. */
    @Test
    @Timeout(120)
    void aRunThatWasMadeToFitGoesOnWithItsSettings() throws Exception {
        List<String> wide = new ArrayList<>(List.of("train", "--train", train.toString(), "--preset", "base"));
        wide.addAll(List.of("--max-epochs", "40", "--set", "patience=40", "--checkpoint-every", "0"));
        String smaller = "20k"; // without a bound 26 kB
        Path other = folder.resolve("undisturbed");
        Ran fitted = Ran.of(with(wide, "--model", other.toString(), "--max-model-size", smaller));
        assertThat(fitted.code()).as(fitted.err()).isZero();
        assertThat(fitted.err()).contains("to fit: model.table.dimension is ");

        String[] bounded = with(wide, "--model", model.toString(), "--max-model-size", smaller);
        assertThat(Ran.interruptedAfter("epoch 3 ", bounded).code()).isEqualTo(Failures.INTERRUPTED);
        Ran resumed = Ran.of(with(wide, "--model", model.toString(), "--resume"));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(ModelSums.of(model)).isEqualTo(ModelSums.of(other));
    }

    private static String[] with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aSearchIsNotTakenUp() {
        Ran ran = Ran.of(arguments(model, "--resume", "--tune", "10s"));
        assertThat(ran.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(ran.err()).contains("--tune is a search that depends on time and cannot be taken up");
    }

    @Test
    @Timeout(120)
    void theLogGoesOn() throws Exception {
        Path log = folder.resolve("log.jsonl");
        interrupted("--log", log.toString());
        Ran resumed = Ran.of(arguments(model, "--resume", "--log", log.toString()));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines.stream().filter(line -> line.startsWith("{\"kind\":\"resume\",\"epochs\":")))
                .hasSize(1);
        assertThat(lines.stream().filter(line -> line.startsWith("{\"kind\":\"epoch\"")))
                .hasSizeGreaterThanOrEqualTo(EPOCHS);
    }
}
