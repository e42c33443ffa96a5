package dev.longtail.format;

import static dev.longtail.format.ModelFolderTest.fields;
import static dev.longtail.format.ModelFolderTest.payloads;
import static dev.longtail.format.ModelFolderTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is replaced, with and without interruption at every step of the way. */
class FolderReplacementTest {

    private static final String PART = ".model.part-0123456789abcdef0123456789abcdef";
    private static final String OLD = ".model.old-0123456789abcdef0123456789abcdef";

    @TempDir
    Path parent;

    private Path model;

    @BeforeEach
    void writeOldModel() throws IOException {
        model = parent.resolve("model");
        ModelFolder.write(model, fields("old"), payloads("old"));
    }

    @Test
    void newModelTakesThePlace() throws IOException {
        ModelFolder.write(model, fields("new"), List.of(text("other.tsv", "x")));
        assertThat(title()).isEqualTo("new");
        assertThat(Siblings.list(parent)).containsExactly(model);
        assertThat(model.resolve("labels.tsv")).doesNotExist();
    }

    @Test
    void aFailingPayloadLeavesTheOldModel() throws IOException {
        Payload failing = new Payload("labels.tsv", channel -> {
            channel.write(ByteBuffer.allocate(100));
            throw new IOException("no space left on device");
        });
        assertThatThrownBy(() -> ModelFolder.write(model, fields("new"), List.of(failing)))
                .hasMessageStartingWith("writing " + parent)
                .hasMessageEndingWith(
                        "labels.tsv failed: no space left on device; nothing was changed, is there room on"
                                + " the disk?");
        assertThat(title()).isEqualTo("old");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    @Test
    void aKilledWriterLeavesTheOldModel() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        HaltedWriter.class.getName(),
                        model.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(HaltedWriter.EXIT_CODE);
        assertThat(Siblings.list(parent)).hasSize(2);
        assertThat(title()).isEqualTo("old");

        ModelFolder.write(model, fields("new"), payloads("new"));
        assertThat(title()).isEqualTo("new");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    /** Stops like a killed process in the middle of a payload. */
    static final class HaltedWriter {
        static final int EXIT_CODE = 77;

        public static void main(String[] args) throws IOException {
            Payload halting = new Payload("second.tsv", channel -> {
                channel.write(ByteBuffer.allocate(100));
                Runtime.getRuntime().halt(EXIT_CODE);
            });
            ModelFolder.write(Path.of(args[0]), fields("new"), List.of(text("first.tsv", "x"), halting));
        }
    }

    @Test
    void killedBetweenTheTwoMoves() throws IOException {
        Path part = newModelAt(PART);
        Files.move(model, parent.resolve(OLD));
        assertThat(title()).isEqualTo("old");
        assertThat(ModelFolder.open(model).path()).isEqualTo(parent.resolve(OLD));
        assertThat(part).exists();

        // The next writer puts it back first, so that its own failure cannot lose the old model.
        Payload failing = new Payload("labels.tsv", channel -> {
            throw new IOException("full");
        });
        assertThatThrownBy(() -> ModelFolder.write(model, fields("newer"), List.of(failing)))
                .hasMessageContaining("full");
        assertThat(ModelFolder.open(model).path()).isEqualTo(model);
        assertThat(title()).isEqualTo("old");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    @Test
    void killedBeforeTheOldModelWasDeleted() throws IOException {
        Files.move(model, parent.resolve(OLD));
        newModelAt("model");
        assertThat(title()).isEqualTo("new");
        Files.delete(parent.resolve(OLD).resolve("labels.tsv")); // killed while deleting
        ModelFolder.write(model, fields("newer"), payloads("newer"));
        assertThat(title()).isEqualTo("newer");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    @Test
    void theOnlyModelIsNotDeletedForWhatSomebodyPutInItsPlace() throws IOException {
        Files.move(model, parent.resolve(OLD));
        Path notes = Files.writeString(Files.createDirectory(model).resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> ModelFolder.write(model, fields("new"), payloads("new")))
                .hasMessageContaining("holds files and no model");
        assertThat(parent.resolve(OLD).resolve("model.json")).exists();

        Files.delete(notes); // an empty folder is as good as none
        assertThat(title()).isEqualTo("old");
        ModelFolder.write(model, fields("new"), payloads("new"));
        assertThat(title()).isEqualTo("new");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    @Test
    void leftoversOfOthersStay() throws IOException {
        Path notOurs = Files.createDirectory(parent.resolve(PART));
        Files.writeString(notOurs.resolve("thesis.tex"), "x");
        Path nested = Files.createDirectories(parent.resolve(OLD).resolve("folder"));
        Path otherName = Files.createDirectory(parent.resolve(".model.part-12"));
        Path file = Files.createFile(parent.resolve(PART.replace("0123", "4567")));
        Path link = Files.createSymbolicLink(parent.resolve(PART.replace("0123", "89ab")), model);
        ModelFolder.write(model, fields("new"), payloads("new"));
        assertThat(title()).isEqualTo("new");
        assertThat(notOurs.resolve("thesis.tex")).exists();
        assertThat(nested).exists();
        assertThat(otherName).exists();
        assertThat(file).exists();
        assertThat(link).exists();
    }

    @Test
    void aPartFolderInUseStays() throws IOException {
        Path part = Files.createDirectory(parent.resolve(PART));
        Path writing = part.resolve(Siblings.WRITING);
        try (FileChannel lock = FileChannel.open(writing, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            ModelFolder.write(model, fields("new"), payloads("new"));
            assertThat(writing).exists();
        }
        ModelFolder.write(model, fields("newer"), payloads("newer"));
        assertThat(part).doesNotExist();
    }

    @Test
    void twoWritersAtOnceLeaveOneWholeModel() throws IOException {
        Payload interrupting =
                new Payload("labels.tsv", channel -> ModelFolder.write(model, fields("inner"), payloads("inner")));
        ModelFolder.write(model, fields("outer"), List.of(interrupting));
        assertThat(title()).isEqualTo("outer");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    @Test
    void aModelThatMayNotBeReplacedStays() throws IOException {
        assertThatThrownBy(() -> ModelFolder.writeNew(model, fields("new"), payloads("new")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is there already");
        assertThat(title()).isEqualTo("old");
        assertThat(Siblings.list(parent)).containsExactly(model);
    }

    @Test
    void ofTwoNewModelsTheFirstStays() throws IOException {
        Path place = Files.createDirectory(parent.resolve("place"));
        Payload interrupting =
                new Payload("labels.tsv", channel -> ModelFolder.write(place, fields("inner"), payloads("inner")));
        assertThatThrownBy(() -> ModelFolder.writeNew(place, fields("outer"), List.of(interrupting)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(ModelFolder.open(place).manifest().path("title").asString()).isEqualTo("inner");
        assertThat(Siblings.list(parent)).containsExactlyInAnyOrder(model, place);
    }

    @Test
    void whatIsNoModelIsNotOverwritten() throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        Path file = Files.writeString(other.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> ModelFolder.write(other, fields("new"), payloads("new")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(other + ": holds files and no model; choose another folder, or empty this one");
        assertThatThrownBy(() -> ModelFolder.write(file, fields("new"), payloads("new")))
                .hasMessage(file + ": is a file, a model is a folder; choose another name");
        Path foreign = Files.createDirectory(parent.resolve("foreign"));
        Files.writeString(foreign.resolve("model.json"), "{\"format\":\"other\"}");
        assertThatThrownBy(() -> ModelFolder.write(foreign, fields("new"), payloads("new")))
                .hasMessageContaining("holds files and no model");
        assertThat(file).hasContent("mine");
        assertThat(Siblings.list(parent)).containsExactly(foreign, model, other);
    }

    @Test
    void filesOfOthersInAModelAreNotDeleted() throws IOException {
        Path notes = Files.writeString(model.resolve("notes.txt"), "mine");
        assertThat(title()).isEqualTo("old"); // reading does not mind
        assertThatThrownBy(() -> ModelFolder.write(model, fields("new"), payloads("new")))
                .hasMessage(notes + ": is not part of the model beside it, which is to be replaced; move it elsewhere");
        assertThat(title()).isEqualTo("old");

        Files.delete(notes);
        Payload meanwhile = new Payload("labels.tsv", channel -> Files.writeString(notes, "mine"));
        assertThatThrownBy(() -> ModelFolder.write(model, fields("new"), List.of(meanwhile)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("notes.txt: is not part of the model");
        assertThat(title()).isEqualTo("new");
        assertThat(Siblings.list(parent)).hasSize(2);
        assertThat(Siblings.list(parent).get(0).resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void emptyFoldersAreTaken() throws IOException {
        Path empty = Files.createDirectory(parent.resolve("empty"));
        ModelFolder.write(empty, fields("new"), payloads("new"));
        assertThat(ModelFolder.open(empty).files()).hasSize(2);
    }

    @Test
    void linksAreFollowed() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("latest"), model);
        ModelFolder.write(link, fields("new"), payloads("new"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(title()).isEqualTo("new");
    }

    private String title() throws IOException {
        return ModelFolder.open(model).manifest().get("title").stringValue();
    }

    private Path newModelAt(String name) throws IOException {
        Path elsewhere = parent.resolve("elsewhere");
        ModelFolder.write(elsewhere, fields("new"), payloads("new"));
        return Files.move(elsewhere, parent.resolve(name));
    }
}
