package dev.longtail.living;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFormat;
import dev.longtail.data.LabelNames;
import dev.longtail.data.LabelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditListTest {

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("file" + lines.length + ".tsv"), List.of(lines));
    }

    @Test
    void linesAreChanges() throws IOException {
        EditList list = EditList.read(file(
                "{\"add\": \"a\", \"name\": \"A\", \"examples\": [\"one\", \"two\"]}",
                "",
                "{\"add\": \"b\", \"examples\": [\"one\"], \"revive\": true}",
                "{\"rename\": \"c\", \"name\": \"C\"}",
                "{\"retire\": \"d\"}",
                "{\"merge\": \"e\", \"into\": \"f\"}"));
        assertThat(list.edits())
                .containsExactly(
                        new LabelEdit.Add("a", "A", List.of("one", "two"), false),
                        new LabelEdit.Add("b", "", List.of("one"), true),
                        new LabelEdit.Rename("c", "C"),
                        new LabelEdit.Retire("d"),
                        new LabelEdit.Merge("e", "f"));
        assertThat(list.wrong(2, "is wrong").getMessage()).endsWith(".tsv:4: is wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retire d",
                "[]",
                "{}",
                "{\"retire\": 3}",
                "{\"retire\": \"\"}",
                "{\"retire\": \"a\", \"why\": \"b\"}",
                "{\"retire\": \"a\", \"retire\": \"b\"}",
                "{\"add\": \"a\"}",
                "{\"add\": \"a\", \"name\": \"A\", \"examples\": \"one\"}",
                "{\"add\": \"a\", \"name\": \"A\", \"revive\": \"yes\"}",
                "{\"rename\": \"a\"}",
                "{\"merge\": \"a\"}",
                "{\"merge\": \"a\", \"into\": \"a\"}",
            })
    void otherLinesAreRefusedByTheirNumber(String line) throws IOException {
        Path file = file("{\"retire\": \"d\"}", line);
        assertThatThrownBy(() -> EditList.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file2.tsv:2: ");
    }

    @Test
    void twoEditionsMakeChanges() throws IOException {
        LabelNames before = LabelNames.read(
                file("u:1\tone", "u:2\ttwo", "u:3\tthree", "u:8\teight", "u:9\tnine"), DataFormat.ANNIF);
        LabelNames after = LabelNames.read(
                file("u:2\ttwo", "u:3\tdrei", "u:4\tfour", "u:5\tfive", "u:9\tneun", "u:2\ttwo"), DataFormat.ANNIF);
        LabelSet labels = new LabelSet(
                List.of("<u:1>", "<u:2>", "<u:3>", "<u:5>"), List.of("one", "two", "three", "five"), new int[4]);
        VocabularyDifference difference = VocabularyDifference.of(before, after, labels);
        assertThat(difference.edits())
                .containsExactly(
                        new LabelEdit.Retire("<u:1>"),
                        new LabelEdit.Rename("<u:3>", "drei"),
                        new LabelEdit.Add("<u:4>", "four", List.of(), true));
        assertThat(difference.unknown()).isEqualTo(2);
        assertThat(difference.present()).isEqualTo(1);
    }
}
