package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run once so that Java keeps the classes that it needs. */
final class ClassArchiveTest {

    @TempDir
    private Path folder;

    @Test
    void aModelIsTrainedAndServedAndNothingIsLeft() throws IOException {
        assertThat(ClassArchive.run(folder)).isEqualTo(Failures.DONE);
        assertThat(folder).isEmptyDirectory();
    }
}
