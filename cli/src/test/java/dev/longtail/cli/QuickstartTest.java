package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickstartTest {

    private final String homeBefore = System.getProperty(Sample.HOME);

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        if (homeBefore == null) {
            System.clearProperty(Sample.HOME);
        } else {
            System.setProperty(Sample.HOME, homeBefore);
        }
    }

    @Test
    void aSampleIsLearnedMeasuredAndAsked() throws IOException {
        Path sample = Files.createDirectories(folder.resolve("examples/data/finna-yso-sample"));
        compress(TinyData.write(folder, "a", TinyData.Format.ANNIF, 1), sample.resolve("train.tsv.gz"));
        compress(TinyData.write(folder, "b", TinyData.Format.ANNIF, 2), sample.resolve("validate.tsv.gz"));
        compress(TinyData.write(folder, "c", TinyData.Format.ANNIF, 3), sample.resolve("test.tsv.gz"));
        compress(TinyData.labelNames(folder), sample.resolve("labels.tsv.gz"));
        System.setProperty(Sample.HOME, folder.toString());
        String model = folder.resolve("model").toString();

        Ran ran = Ran.of("quickstart", "--model", model);
        assertThat(ran.err()).contains("400 to validate on, 20 labels");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("of 400 examples", "Birds of the northern forests", "Name of word")
                .contains("longtail evaluate --model " + model + " --test " + sample.resolve("test.tsv.gz"));
        assertThat(Ran.of("inspect", "--model", model).code()).isZero();
    }

    @Test
    void aMissingSampleIsToldBeforeAnythingElse() {
        System.setProperty(Sample.HOME, folder.toString());
        Ran ran = Ran.of("quickstart", "--model", folder.resolve("model").toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("the sample is missing, looked for it in " + folder);
    }

    private static void compress(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
    }
}
