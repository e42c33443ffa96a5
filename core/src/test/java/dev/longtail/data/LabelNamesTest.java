package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelNamesTest {

    @TempDir
    Path folder;

    private LabelNames read(DataFormat format, String content) throws IOException {
        return LabelNames.read(TestFiles.write(folder, "names", content), format);
    }

    @Test
    void readsIdsAndNames() throws IOException {
        LabelNames names = read(DataFormat.ANNIF, "\ufeff<x:1>\tone\tmore\r\nx:2\ttwo words\n<x:1>\tone\n<x:3>\t");
        assertThat(names.ids()).containsExactly("<x:1>", "<x:2>", "<x:3>");
        assertThat(names.name("<x:1>")).isEqualTo("one");
        assertThat(names.name("<x:2>")).isEqualTo("two words");
        assertThat(names.name("<x:3>")).isEmpty();
        assertThat(names.name("<x:4>")).isNull();
        assertThat(names.repetitions()).isEqualTo(1);
    }

    @Test
    void leavesIdsOfOtherFormatsAsTheyAre() throws IOException {
        assertThat(read(DataFormat.JSONL, "x:2\ttwo\n").ids()).containsExactly("x:2");
    }

    @Test
    void numbersTheLinesForXc() throws IOException {
        LabelNames names = read(DataFormat.XC, "zero\none\n\none\n");
        assertThat(names.name("0")).isEqualTo("zero");
        assertThat(names.name("2")).isEmpty();
        assertThat(names.name("3")).isEqualTo("one");
        assertThat(names.ids()).hasSize(4);
    }

    @Test
    void namesBothLinesOfAContradiction() {
        assertThatThrownBy(() -> read(DataFormat.ANNIF, "<x:1>\tone\n<x:2>\ttwo\n<x:1>\tuno\n"))
                .hasMessage(folder.resolve("names")
                        + ":3: label <x:1> is named 'uno' here and 'one' on line 1; keep one of the lines");
    }

    @Test
    void namesALineWithoutTabOrId() {
        assertThatThrownBy(() -> read(DataFormat.ANNIF, "<x:1>\tone\n<x:2>\n"))
                .hasMessageStartingWith(folder.resolve("names") + ":2: expected the id of a label, a tab");
        assertThatThrownBy(() -> read(DataFormat.JSONL, "\tone\n")).hasMessageContaining(":1: expected the id");
    }

    @Test
    void takesNamesThatWereReadElsewhere() {
        SourceFile file = new SourceFile("v.ttl", 1, "00");
        Map<String, String> names = new LinkedHashMap<>();
        names.put("x:2", "two");
        names.put("x:1", "one");
        LabelNames annif = LabelNames.of(names, DataFormat.ANNIF, file);
        assertThat(annif.ids()).containsExactly("<x:2>", "<x:1>");
        assertThat(annif.name("<x:1>")).isEqualTo("one");
        assertThat(annif.sourceFile()).isEqualTo(file);
        assertThat(LabelNames.of(names, DataFormat.JSONL, file).ids()).containsExactly("x:2", "x:1");
    }
}
