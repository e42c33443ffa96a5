package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.config.SettingsFile;
import dev.longtail.loss.Loss;
import dev.longtail.loss.ObjectiveConfig.Normalisation;
import dev.longtail.table.TableConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings that are shipped for published data sets. */
class ExampleSettingsTest {

    private static final Path FOLDER = Path.of("..", "examples", "settings");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("README.md") && !isOfRatings(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfRatings(Path file) {
        return file.getFileName().toString().startsWith("ratings-");
    }

    private static LabelConfig read(Path file) throws IOException {
        return SettingsFile.read(file).applyTo(LabelConfig.Preset.BASE.config());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsUnderstood(Path file) throws IOException {
        assertThat(file.toString()).endsWith(".properties");
        assertThat(SettingsFile.read(file).values()).isNotEmpty();
        assertThat(read(file).model().output().fanIn()).isBetween(64, 128);
    }

    /** Tables 16_1 and 17_1 of the paper's summary: fan-in, intermediate layer, rewire interval, epochs. */
    @ParameterizedTest
    @CsvSource({
        "wiki10-31k, 64, 4096, 300, 100",
        "amazontitles-131k, 128, 0, 1000, 100",
        "wikiseealso-320k, 128, 0, 800, 101",
        "wiki-500k, 128, 0, 600, 50",
        "amazon-670k, 128, 0, 800, 110",
        "amazon-3m, 128, 0, 750, 51"
    })
    void thePaperIsTranslated(String name, int fanIn, int intermediate, int interval, int epochs) throws IOException {
        LabelConfig config = read(FOLDER.resolve(name + ".properties"));
        assertThat(config.model().output().fanIn()).isEqualTo(fanIn);
        assertThat(config.model().body().intermediate()).isEqualTo(intermediate);
        assertThat(config.rewire().interval()).isEqualTo(interval);
        assertThat(config.train().maxEpochs()).isEqualTo(epochs);
        assertThat(config.train().objective().normalisation())
                .isEqualTo(config.model().loss() == Loss.LOGISTIC ? Normalisation.SUM : Normalisation.MEAN);
        assertThat(config.train().outputSchedule()).isEqualTo(config.train().schedule());
    }

    @Test
    void theDefaultsAreThoseOfTheDataSetTheyWereChosenOn() throws IOException {
        assertThat(read(FOLDER.resolve("finna-yso-en.properties"))).isEqualTo(LabelConfig.Preset.BASE.config());
    }

    @Test
    void ratingsAreOfUsersAndItemsThatAreMixedOfAnchors() throws IOException {
        RatingConfig config =
                SettingsFile.read(FOLDER.resolve("ratings-anchors.properties")).applyTo(RatingConfig.DEFAULT);
        assertThat(config.model().users()).isEqualTo(config.model().items());
        assertThat(config.model().users().kind()).isEqualTo(TableConfig.Kind.ANCHORS);
        assertThat(config.train().solver()).isEqualTo(RatingTrainConfig.Solver.VARIATIONAL);
    }

    @Test
    void gridsStartFromTheEmbeddingArm() throws IOException {
        assertThat(read(FOLDER.resolve("embedding-arm.properties"))).isEqualTo(LabelConfig.embedding(512, 128));
    }
}
