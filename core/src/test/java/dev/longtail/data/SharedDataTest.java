package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real data beside the repository, or where the system property longtail.data says; skipped where there are none. */
class SharedDataTest {

    private static final Path DATA = Path.of(System.getProperty("longtail.data", "../../shared/data"));

    @TempDir
    Path folder;

    @BeforeAll
    static void dataAreThere() {
        assumeTrue(
                Files.isDirectory(DATA), "no data in " + DATA.toAbsolutePath().normalize());
    }

    private TrainingData prepare(String train, String names) throws IOException {
        DataFiles files =
                new DataFiles(java.util.List.of(DATA.resolve(train)), java.util.List.of(), DATA.resolve(names), null);
        return TrainingData.prepare(files, TrainingData.Settings.DEFAULT, folder, 1, ReadListener.NONE);
    }

    @Test
    void formatsAreRecognised() throws IOException {
        assertThat(DataFormat.recognise(DATA.resolve("finna-yso-en/train.tsv.gz")))
                .isEqualTo(DataFormat.ANNIF);
        assertThat(DataFormat.recognise(DATA.resolve("bibtex/train.txt.gz"))).isEqualTo(DataFormat.XC);
        assertThat(DataFormat.recognise(DATA.resolve("delicious/test.txt.gz"))).isEqualTo(DataFormat.XC);
    }

    @Test
    void finnaHasItsPublishedSize() throws IOException {
        try (TrainingData data = prepare("finna-yso-en/test.tsv.gz", "finna-yso-en/labels.tsv.gz")) {
            assertThat(data.trainReport().read()).isEqualTo(32_664);
            for (int label = 0; label < data.labels().size(); label++) {
                assertThat(data.labels().id(label)).startsWith("<http://www.yso.fi/onto/yso/p");
            }
        }
    }

    @Test
    void deliciousHasItsPublishedSize() throws IOException {
        try (TrainingData data = prepare("delicious/train.txt.gz", "delicious/labels.txt")) {
            assertThat(data.features().size()).isEqualTo(500);
            assertThat(data.labels().size()).isEqualTo(983);
            assertThat(data.trainReport().read()).isEqualTo(12_920);
            assertThat(data.trainReport().count(ExampleIssue.NO_LABELS)).isEqualTo(10);
        }
    }

    @Test
    void bibtexHasItsPublishedSize() throws IOException {
        try (TrainingData data = prepare("bibtex/train.txt.gz", "bibtex/labels.txt")) {
            assertThat(data.features().size()).isEqualTo(1836);
            assertThat(data.labels().size()).isEqualTo(159);
            assertThat(data.train().size()).isEqualTo(4880);
            assertThat(data.labels().name(0)).isEqualTo("TAG_2005");
        }
    }
}
