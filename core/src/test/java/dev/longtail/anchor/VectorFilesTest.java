package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.anchor.VectorReader.ReadVectors;
import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFilesTest {

    private static final List<String> NAMES = List.of("bird", "canary", "new york", "bank", "7");

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("vectors.txt"), content);
    }

    private static ReadVectors vectors(Path file) throws IOException {
        return new VectorReader(NAMES.size(), NAMES::indexOf, ReadListener.NONE).read(file);
    }

    private static ImportedAnchors anchors(Path file) throws IOException {
        return ImportedAnchors.read(file, NAMES::indexOf, ReadListener.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 2\nbird 1 2.5 \nbank -1e-2 3 \nroc 9 9 \n",
                "bird 1 2.5\nbank -.01 3\nroc 9 9",
                "bird\t1 2.5\nbank\t-0.01\t3\nroc\tnot looked at\n"
            })
    void word2vecGloveAndTabs(String content) throws IOException {
        ReadVectors read = vectors(file(content));
        assertThat(read.vectors().dimension()).isEqualTo(2);
        assertThat(read.vectors().objects()).isEqualTo(5);
        assertThat(read.vectors().knownCount()).isEqualTo(2);
        assertThat(Points.row(read.vectors(), 0)).containsExactly(1, 2.5f);
        assertThat(Points.row(read.vectors(), 3)).containsExactly(-0.01f, 3);
        assertThat(read.vectors().known(1)).isFalse();
        assertThat(read.report().read()).isEqualTo(3);
        assertThat(read.report().kept()).isEqualTo(2);
        assertThat(read.report().unknown()).isEqualTo(1);
        assertThat(read.report().examples()).containsExactly("roc");
    }

    @Test
    void namesWithSpacesNeedATabAndTheFirstOfRepeatedLinesCounts() throws IOException {
        Path zipped = folder.resolve("vectors.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("new york\t1 2 3\nbird 4 5 6\nbird 7 8 9\n".getBytes(StandardCharsets.UTF_8));
        }
        ReadVectors read = vectors(zipped);
        assertThat(Points.row(read.vectors(), 2)).containsExactly(1, 2, 3);
        assertThat(Points.row(read.vectors(), 0)).containsExactly(4, 5, 6);
        assertThat(read.report().repeated()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bird 1 2 3", "bird 1", "bird", "bird\t", "bird 1 x", "bird 1 NaN", "bird 1 1e39"})
    void wrongLinesAreErrorsThatNameFileAndLine(String line) throws IOException {
        Path file = file("bank 0 0\n" + line + "\n");
        assertThatThrownBy(() -> vectors(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ":2: ");
    }

    @Test
    void filesThatAreCutShortOrStrangeAreErrors() throws IOException {
        assertThatThrownBy(() -> vectors(file("3 2\nbird 1 2\nbank 1 2\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("declares 3 vectors and holds 2");
        assertThatThrownBy(() -> vectors(file("2 2\nbird 1 2 3\n"))).hasMessageContaining(":2: expected a name and 2");
        assertThatThrownBy(() -> vectors(file("roc 1 2\n"))).hasMessageContaining("names none of the objects");
        assertThatThrownBy(() -> vectors(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void anchorsThatAreNames() throws IOException {
        ImportedAnchors read = anchors(file("bank\nnew york\nroc\nlarge bird\n7\nbird\n"));
        assertThat(read.objects()).containsExactly(3, 2, 4, 0);
        assertThat(read.vectors()).isNull();
        assertThat(read.report().unknown()).isEqualTo(2);
        assertThat(read.report().examples()).containsExactly("roc", "large bird");
        assertThat(read.first(2).objects()).containsExactly(3, 2);
    }

    @Test
    void anchorsThatAreVectorsNeedNotBeObjects() throws IOException {
        ImportedAnchors read = anchors(file("3 2\nbank 1 2\ncentre-1 3 4\nbird 5 6\n"));
        assertThat(read.objects()).containsExactly(3, -1, 0);
        assertThat(read.dimension()).isEqualTo(2);
        assertThat(read.vectors()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.first(2).vectors()).containsExactly(1, 2, 3, 4);
        assertThat(anchors(file("new york\t1\ncentre 2\t2\n")).objects()).containsExactly(2, -1);
    }

    @Test
    void wrongAnchorsAreErrors() throws IOException {
        assertThatThrownBy(() -> anchors(file("bird\nbank\nbird\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(":3: 'bird' is an anchor on an earlier line");
        assertThatThrownBy(() -> anchors(file("bird\nbank 1 2\n")))
                .hasMessageContaining(":2: some lines hold a vector");
        assertThatThrownBy(() -> anchors(file("bank 1 2\nbird\n")))
                .hasMessageContaining(":2: some lines hold a vector");
        assertThatThrownBy(() -> anchors(file("roc\n"))).hasMessageContaining("names none");
    }
}
