package dev.longtail.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.Issues.Occurrence;
import dev.longtail.data.ReadListener;
import dev.longtail.relation.EdgeListReader.EdgeList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeListTest {

    private static final List<String> NAMES = List.of("bird", "canary", "new york", "bank", "animal");

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static EdgeList read(double leastWeight, Path... files) throws IOException {
        return new EdgeListReader(NAMES.size(), NAMES::indexOf, leastWeight, ReadListener.NONE).read(List.of(files));
    }

    private static List<String> pairs(Neighbours neighbours) {
        List<String> pairs = new ArrayList<>();
        neighbours.forEach((u, v) -> pairs.add(NAMES.get(u) + "-" + NAMES.get(v)));
        return pairs;
    }

    @Test
    void pairsAreRelatedUnrelatedOrWeighed() throws IOException {
        EdgeList list = read(
                0.5,
                file(
                        "pairs.tsv",
                        "bird\tcanary\n" + "animal\tbird\trelated\n" + "canary\tbird\n" + "animal\tbank\tunrelated\n"
                                + "bank\tnew york\t0.5\n" + "canary\tbank\t.49\n" + "bird\tbank\t-3\n"));
        assertThat(pairs(list.graph().related())).containsExactly("bird-canary", "bird-animal", "new york-bank");
        assertThat(pairs(list.graph().unrelated())).containsExactly("bank-animal");
        assertThat(list.report().read()).isEqualTo(7);
        assertThat(list.report().kept()).isEqualTo(5);
        assertThat(list.report().count(RelationIssue.LIGHT)).isEqualTo(2);
        assertThat(list.report().issues().occurrences())
                .extracting(Occurrence::detail)
                .containsExactly(".49", "-3");
    }

    @Test
    void unknownObjectsAreCountedAndNamed() throws IOException {
        Path file = file("pairs.tsv", "bird\tdodo\n" + "roc\tbird\n" + "bird\tbird\n" + "bird\tanimal\n");
        EdgeList list = read(0, file);
        assertThat(pairs(list.graph().related())).containsExactly("bird-animal");
        assertThat(list.report().issues().counts())
                .containsOnlyKeys(RelationIssue.UNKNOWN_OBJECT, RelationIssue.SAME_OBJECT);
        assertThat(list.report().issues().occurrences())
                .contains(
                        new Occurrence<>(RelationIssue.UNKNOWN_OBJECT, file.toString(), 1, "dodo"),
                        new Occurrence<>(RelationIssue.UNKNOWN_OBJECT, file.toString(), 2, "roc"),
                        new Occurrence<>(RelationIssue.SAME_OBJECT, file.toString(), 3, "bird"));
    }

    @Test
    void filesMayBeCompressedAndMany() throws IOException {
        Path zipped = folder.resolve("more.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("bird\tbank\r\n".getBytes(StandardCharsets.UTF_8));
        }
        EdgeList list = read(0, file("pairs.tsv", "bird\tcanary"), zipped);
        assertThat(pairs(list.graph().related())).containsExactly("bird-canary", "bird-bank");
        assertThat(list.report().files()).hasSize(2);
        assertThat(list.report().files().get(1).bytes()).isEqualTo(Files.size(zipped));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bird",
                "",
                "bird\t",
                "\tbird",
                "bird canary",
                "bird\tcanary\tRelated",
                "bird\tcanary\tNaN",
                "bird\tcanary\t0x1p3",
                "bird\tcanary\t",
                "bird\tcanary\t1\t1",
                "bird\tbird\tunrelated"
            })
    void wrongLinesAreErrorsThatNameFileAndLine(String line) throws IOException {
        Path file = file("pairs.tsv", "bird\tanimal\n" + line + "\nbird\tbank\n");
        assertThatThrownBy(() -> read(0, file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ":2: ");
    }

    @Test
    void aContradictionNamesBothLines() throws IOException {
        Path first = file("first.tsv", "canary\tbank\nbird\tbank\tunrelated\nbird\tbank\tunrelated\n");
        Path second = file("second.tsv", "animal\tbird\nbank\tbird\t2\n");
        assertThatThrownBy(() -> read(0, first, second))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(second + ":2: 'bank' and 'bird'")
                .hasMessageContaining(first + ":2");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        RelationGraphBuilder builder = new RelationGraphBuilder(NAMES.size());
        builder.relate(0, 2);
        builder.relate(1, 0);
        builder.separate(3, 4);
        StringWriter text = new StringWriter();
        EdgeListWriter.write(builder.build(), NAMES::get, text);
        assertThat(text).hasToString("bird\tcanary\trelated\nbird\tnew york\trelated\nbank\tanimal\tunrelated\n");
        EdgeList list = read(0, file("pairs.tsv", text.toString()));
        assertThat(pairs(list.graph().related())).containsExactly("bird-canary", "bird-new york");
        assertThat(pairs(list.graph().unrelated())).containsExactly("bank-animal");
        assertThatThrownBy(() -> EdgeListWriter.write(builder.build(), id -> "a\tb", new StringWriter()))
                .hasMessageContaining("without tabs");
    }
}
