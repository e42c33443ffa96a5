package dev.longtail.server.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelFoldersTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "models/mine,mine,models/mine",
        "mine,mine,mine",
        "en=models/English,en,models/English",
        "a.b-c_2=x,a.b-c_2,x",
        "en=a=b,en,a=b",
        "models/A=b/c,c,models/A=b/c",
    })
    void aSourceIsAFolderWithOrWithoutAName(String text, String name, Path path) {
        assertThat(ModelSource.parse(text)).isEqualTo(new ModelSource(name, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mine", "models/My Model", "models/\u00e4", "/", "", "x/.hidden"})
    void otherNamesAreRefused(String text) {
        assertThatThrownBy(() -> ModelSource.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be no name of a model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a b", "A", "-a"})
    void namesThatCouldBePathsAreNone(String name) {
        assertThatThrownBy(() -> new ModelSource(name, Path.of("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileNamesFoldersBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("models.txt"), "# models\n\n en = english \nfi=/models/finnish\n");
        assertThat(ModelFolders.file(file).read())
                .containsExactly(
                        new ModelSource("en", folder.resolve("english")),
                        new ModelSource("fi", Path.of("/models/finnish")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "english          | :1: expected name = folder, got 'english'",
                "a=x;a=y          | :2: a second model of name a",
                "A=x              | :1: name of a model must be",
                "# nothing        | names no model",
            })
    void aWrongFileIsToldWithItsLine(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("models.txt"), text.replace(';', '\n'));
        assertThatThrownBy(() -> ModelFolders.file(file).read())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesStandOnce() {
        assertThatThrownBy(() -> ModelFolders.of(List.of())).hasMessageContaining("at least one model");
        assertThatThrownBy(() -> ModelFolders.of(List.of(ModelSource.parse("a/x"), ModelSource.parse("b/x"))))
                .hasMessageContaining("two models have the name x");
    }
}
