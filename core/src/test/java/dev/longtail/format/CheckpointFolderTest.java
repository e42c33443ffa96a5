package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.train.Checkpoints.Moment;
import dev.longtail.train.Checkpoints.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class CheckpointFolderTest {

    @TempDir
    Path folder;

    private Path root;
    private final AtomicLong clock = new AtomicLong();
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void place() {
        root = folder.resolve("checkpoints");
    }

    /** One number of every kind. */
    private static final class Numbers implements Stateful {
        private final float[] floats = new float[3];
        private final long[] longs = new long[2];
        private float[] grown = {};
        private double real;
        private List<Tensor> tensors = List.of();
        private final Path file;

        Numbers(Path file) {
            this.file = file;
        }

        @Override
        public void carry(String name, StateCarrier state) {
            state.floats(name + ".floats", floats);
            state.longs(name + ".longs", longs);
            grown = state.resized(name + ".grown", grown);
            real = state.number(name + ".real", real);
            tensors = state.tensors(name + ".others.", tensors);
            state.file("more.bin", file);
        }
    }

    private Numbers numbers(int of) throws IOException {
        Path file = Files.writeString(folder.resolve("file" + of), "bytes of " + of);
        Numbers numbers = new Numbers(file);
        numbers.floats[1] = of + 0.5f;
        numbers.longs[1] = Long.MIN_VALUE + of;
        numbers.grown = new float[of];
        numbers.real = -1.0 / of;
        numbers.tensors = List.of(new Tensor.Bytes("small", List.of(2L), List.of(new byte[] {1, (byte) of})));
        return numbers;
    }

    private CheckpointFolder checkpoints() {
        return new CheckpointFolder(
                root,
                JsonNodeFactory.instance.objectNode().put("seed", 1),
                Map.of("seed", "1", "file", "abc"),
                new CheckpointFolder.Pace(Duration.ofNanos(10), clock::get),
                new CheckpointFolder.Listener() {
                    @Override
                    public void kept(Path checkpoint, Moment moment) {
                        heard.add("kept " + checkpoint.getFileName());
                    }

                    @Override
                    public void failed(IOException failure) {
                        heard.add("failed " + failure.getMessage());
                    }
                });
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Numbers restored(Checkpoint checkpoint) {
        CheckpointFolder next = checkpoints().startingFrom(checkpoint);
        Numbers numbers = new Numbers(folder.resolve("restored"));
        numbers.carry("run", next.resume().orElseThrow());
        next.resumed();
        return numbers;
    }

    @Test
    void everythingComesBackAndTwoStay() throws IOException {
        CheckpointFolder checkpoints = checkpoints();
        for (int of = 1; of <= 4; of++) {
            checkpoints.keep(new Moment(Stage.EPOCHS, of), numbers(of));
        }
        assertThat(names()).containsExactly("checkpoint-000003", "checkpoint-000004");
        assertThat(heard).hasSize(4).endsWith("kept checkpoint-000004");
        Checkpoint newest = Checkpoint.find(root).newest().orElseThrow();
        assertThat(newest.moment()).isEqualTo(new Moment(Stage.EPOCHS, 4));
        Numbers back = restored(newest);
        assertThat(back.floats).containsExactly(0, 4.5f, 0);
        assertThat(back.longs).containsExactly(0, Long.MIN_VALUE + 4);
        assertThat(back.grown).hasSize(4);
        assertThat(back.real).isEqualTo(-0.25);
        assertThat(((Tensor.Bytes) back.tensors.get(0)).pages().get(0)).containsExactly(1, 4);
        assertThat(back.tensors.get(0).name()).isEqualTo("small");
        assertThat(Files.readString(back.file)).isEqualTo("bytes of 4");
    }

    @Test
    void aFlippedBitInAnyFileIsDetectedAndTheOneBeforeIsUsed() throws IOException {
        CheckpointFolder checkpoints = checkpoints();
        checkpoints.keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        checkpoints.keep(new Moment(Stage.DIRECT, 2), numbers(2));
        Path newest = root.resolve("checkpoint-000002");
        List<Path> files;
        try (Stream<Path> all = Files.list(newest)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSize(4); // state, file, manifest and its sum
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 50)) {
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) (1 << at % 8);
                Files.write(file, bytes);
                Checkpoint.Found found = Checkpoint.find(root);
                assertThat(found.damaged()).as(file + " byte " + at).hasSize(1);
                assertThat(found.newest().orElseThrow().number()).isEqualTo(1);
            }
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
            assertThat(Checkpoint.find(root).newest().orElseThrow().number()).isEqualTo(1);
            Files.delete(file);
            assertThat(Checkpoint.find(root).newest().orElseThrow().number()).isEqualTo(1);
            Files.write(file, whole);
            assertThat(Checkpoint.find(root).damaged()).isEmpty();
        }
    }

    @Test
    void aDamagedOneMakesRoomForTheNext() throws IOException {
        CheckpointFolder checkpoints = checkpoints();
        for (int of = 1; of <= 2; of++) {
            checkpoints.keep(new Moment(Stage.EPOCHS, of), numbers(of));
        }
        Files.writeString(root.resolve("checkpoint-000002/more.bin"), "bytes of 3");
        Checkpoint before = Checkpoint.find(root).newest().orElseThrow();
        assertThat(restored(before).real).isEqualTo(-1);
        checkpoints().startingFrom(before).keep(new Moment(Stage.EPOCHS, 2), numbers(2));
        assertThat(names()).containsExactly("checkpoint-000001", "checkpoint-000003");
    }

    @Test
    void whatCannotBeWrittenIsToldAndTheOneBeforeStays() throws IOException {
        CheckpointFolder checkpoints = checkpoints();
        checkpoints.keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        Numbers lacking = numbers(2);
        Files.delete(lacking.file);
        checkpoints.keep(new Moment(Stage.EPOCHS, 2), lacking);
        assertThat(heard).hasSize(2);
        assertThat(heard.get(1)).startsWith("failed ");
        assertThat(names()).containsExactly("checkpoint-000001");
        assertThat(restored(Checkpoint.find(root).newest().orElseThrow()).real).isEqualTo(-1);
    }

    @Test
    void checkpointsAreDueAfterAnInterval() throws IOException {
        CheckpointFolder checkpoints = checkpoints();
        clock.set(9);
        assertThat(checkpoints.isDue()).isFalse();
        clock.set(10);
        assertThat(checkpoints.isDue()).isTrue();
        checkpoints.keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        assertThat(checkpoints.isDue()).isFalse();
        clock.set(20);
        assertThat(checkpoints.isDue()).isTrue();
    }

    @Test
    void anotherRunIsRefusedByName() throws IOException {
        checkpoints().keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        Checkpoint newest = Checkpoint.find(root).newest().orElseThrow();
        newest.requireSame(Map.of("seed", "1"));
        assertThatThrownBy(() -> newest.requireSame(Map.of("seed", "2", "file", "abc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(newest.folder().path() + " is of another run: seed was 1 and is 2");
    }

    @Test
    void numbersThatNobodyTakesAreRefused() throws IOException {
        checkpoints().keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        CheckpointFolder next =
                checkpoints().startingFrom(Checkpoint.find(root).newest().orElseThrow());
        next.resume().orElseThrow().floats("run.floats", new float[3]);
        assertThatThrownBy(next::resumed).hasMessageContaining("run.real");
    }

    @Test
    void deletingLeavesWhatIsNotOurs() throws IOException {
        checkpoints().keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        Path half = Files.createDirectory(root.resolve(".checkpoint-000002.part-" + "0".repeat(32)));
        Files.write(half.resolve(Siblings.WRITING), "".getBytes(StandardCharsets.UTF_8));
        Path other = Files.writeString(root.resolve("notes"), "mine");
        CheckpointFolder.delete(root);
        assertThat(names()).containsExactly("notes");
        Files.delete(other);
        CheckpointFolder.delete(root);
        assertThat(root).doesNotExist();
        CheckpointFolder.delete(root);
    }

    @Test
    void aCheckpointIsNoModel() throws IOException {
        checkpoints().keep(new Moment(Stage.EPOCHS, 1), numbers(1));
        assertThatThrownBy(() -> LabelModelFolder.read(root.resolve("checkpoint-000001")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("task is 'checkpoint', this reads models of task 'tag'");
    }
}
