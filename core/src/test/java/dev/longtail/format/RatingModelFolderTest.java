package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingSet;
import dev.longtail.rating.SeenItems;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RatingModelFolderTest {

    @TempDir
    Path folder;

    private static RatingConfig config(String items) {
        return Settings.override(
                RatingConfig.DEFAULT,
                Map.of(
                        "model.users.dimension", "4",
                        "model.items.dimension", "4",
                        "model.items.kind", items,
                        "model.items.buckets", "3",
                        "model.items.anchors.count", "3",
                        "maxEpochs", "2"));
    }

    private static RatingData data() {
        Random random = new Random(1);
        RatingSet train = RatingSet.of(
                random.ints(40, 0, 4).toArray(), random.ints(40, 0, 5).toArray(), floats(40, random));
        RatingSet held = RatingSet.of(new int[] {0, 3}, new int[] {4, -1}, new float[] {1, 5});
        Ids users = Ids.of(List.of("a\tb", "é", "3", "4"), new int[] {15, 10, 10, 5});
        Ids items = Ids.of(List.of("v", "w", "x", "y", "z"), new int[] {8, 8, 8, 8, 8});
        Items named = new Items(
                items,
                List.of("Vé", "", "X\\", "Y", "Z"),
                List.of(List.of("A", "B"), List.of(), List.of("B"), List.of(), List.of()));
        return RatingData.of(train, Optional.of(held), users, named, 1);
    }

    private static float[] floats(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 1 + random.nextInt(5);
        }
        return values;
    }

    /** Trains and writes a model. */
    private RatingModel write(String name, RatingConfig config, int threads) throws IOException {
        RatingData data = data();
        RatingModel model = config.newModel(data);
        try (Workers workers = new Workers(threads)) {
            List<RatingEpochReport> epochs = new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, data.train(), data.validation());
            model.seen(Optional.of(SeenItems.of(data.train(), data.users().size())));
            RatingModelFolder.write(folder.resolve(name), model, config, RatingProvenance.of(data, epochs), false);
        }
        return model;
    }

    @ParameterizedTest
    @CsvSource({"dense, true", "hashed, false", "anchors, true"})
    void aModelReadBackGivesTheSameScores(String items, boolean biases) throws IOException {
        RatingConfig config = Settings.override(config(items), Map.of("biases", String.valueOf(biases)));
        RatingModel model = write("model", config, 1);

        RatingModelFolder.Stored stored = RatingModelFolder.read(folder.resolve("model"));

        assertThat(stored.config()).isEqualTo(config);
        RatingModel read = stored.model();
        for (int user = -1; user < 4; user++) {
            for (int item = -1; item < 5; item++) {
                assertThat(read.score(user, item)).isEqualTo(model.score(user, item));
            }
        }
        assertThat(read.rating(9)).isEqualTo(model.rating(9)).isEqualTo(5);
        assertThat(read.users().id(0)).isEqualTo("a\tb");
        assertThat(read.users().counts()).containsExactly(15, 10, 10, 5);
        assertThat(read.items().name(2)).isEqualTo("X\\");
        assertThat(read.items().genres(0)).containsExactly("A", "B");
        assertThat(read.seen().orElseThrow().of(2))
                .containsExactly(model.seen().orElseThrow().of(2));
        assertThat(stored.manifest().path("provenance").path("history")).hasSize(2);
        assertThat(stored.manifest().path("trainRatings").asInt()).isEqualTo(40);
        AnchorFacts facts = AnchorFacts.read(folder.resolve("model"));
        assertThat(facts.tables()).hasSize(2);
        assertThat(facts.tables().get(0)).isEqualTo(AnchorFacts.Table.full("users", 4, 4));
        assertThat(facts.parameters()).isEqualTo(model.tableParameters());
        assertThat(facts.loss().orElseThrow().value())
                .isEqualTo(stored.manifest()
                        .path("provenance")
                        .path("validation")
                        .path("MSE")
                        .asDouble());
        assertThat(ModelFolder.task(folder.resolve("model"))).isEqualTo("rate");
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("task is 'rate'");
    }

    @Test
    void theSameSeedWritesTheSameBytesForAnyNumberOfThreads() throws IOException {
        write("one", config("dense"), 1);
        write("two", config("dense"), 2);
        for (String name : List.of("parameters.safetensors", "seen.safetensors", "users.tsv", "items.tsv")) {
            assertThat(Files.mismatch(
                            folder.resolve("one").resolve(name),
                            folder.resolve("two").resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
        assertThat(settled("two")).isEqualTo(settled("one"));
    }

    private List<String> settled(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("model.json")).stream()
                .filter(line -> !line.contains("\"created\""))
                .toList();
    }

    /** Every bit of the smaller files, some of the larger ones. */
    @Test
    void aFlippedBitIsNoticed() throws IOException {
        write("model", config("dense"), 1);
        Random random = new Random(3);
        int flips = 0;
        try (Stream<Path> files = Files.list(folder.resolve("model"))) {
            for (Path file : files.toList()) {
                byte[] whole = Files.readAllBytes(file);
                int step = whole.length <= 100 ? 1 : 1 + whole.length * 8 / 200;
                for (int bit = random.nextInt(step); bit < whole.length * 8; bit += step) {
                    byte[] flipped = whole.clone();
                    flipped[bit / 8] ^= (byte) (1 << bit % 8);
                    Files.write(file, flipped);
                    assertThatThrownBy(() -> RatingModelFolder.read(folder.resolve("model")))
                            .as("bit " + bit + " of " + file)
                            .isInstanceOf(ModelFormatException.class);
                    flips++;
                }
                Files.write(file, whole);
            }
        }
        assertThat(flips).isGreaterThan(800);
        RatingModelFolder.read(folder.resolve("model"));
    }

    /** Folders whose checksums are right and whose content is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dimension | tensor users.rows is F32 [4, 4], the settings ask for F32 [4, 5]",
                "biases    | holds [items.bias, items.rows, range, users.bias, users.rows], the settings ask for",
                "hashed    | tensor items.rows is F32 [5, 4], the settings ask for F32 [3, 4]",
                "users     | users is 9, users.tsv has 4",
                "seen      | seen.starts must be 5 numbers long, got 4",
                "range     | range must be mean, lowest and highest rating",
                "setting   | train.batch is missing",
            })
    void contentThatDoesNotFitIsRefused(String what, String message) throws IOException {
        RatingModel model = write("model", config("dense"), 1);
        ObjectNode fields = ModelFolder.open(folder.resolve("model")).manifest();
        fields.remove(List.of("format", "formatVersion", "files"));
        ObjectNode settings = fields.withObject("settings");
        switch (what) {
            case "dimension" -> {
                settings.withObject("model").withObject("users").put("dimension", 5);
                settings.withObject("model").withObject("items").put("dimension", 5);
            }
            case "biases" -> settings.withObject("model").put("biases", false);
            case "hashed" -> settings.withObject("model").withObject("items").put("kind", "hashed");
            case "users" -> fields.put("users", 9);
            case "seen" -> assertThat(model.seen()).isPresent();
            case "range" -> ((Tensor.Floats) model.all().get(0)).pages().get(0)[1] = Float.NaN;
            default -> settings.withObject("train").remove("batch");
        }
        ModelFolder.write(
                folder.resolve("model"),
                fields,
                List.of(
                        Payload.ofTensors("parameters.safetensors", model.all()),
                        Payload.ofTensors(
                                "seen.safetensors", shortened(model.seen().orElseThrow(), what)),
                        LabelModelFolder.text("users.tsv", model.users()::write),
                        LabelModelFolder.text("items.tsv", model.items()::write)));
        assertThatThrownBy(() -> RatingModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(message);
    }

    private static List<Tensor> shortened(SeenItems seen, String what) {
        if (!what.equals("seen")) {
            return seen.tensors(5);
        }
        return List.of(
                new Tensor.Ints("seen.starts", List.of(4L), List.of(new int[4])),
                new Tensor.Chars("seen.items", List.of(0L), List.of(new char[0])));
    }

    @Test
    void aModelIsReplacedOnlyWhenThatIsWanted() throws IOException {
        write("model", config("dense"), 1);
        assertThatThrownBy(() -> write("model", config("dense"), 1)).isInstanceOf(FileAlreadyExistsException.class);
        ModelFolder.write(
                folder.resolve("other"), JsonNodeFactory.instance.objectNode().put("task", "tag"), List.of());
        assertThatThrownBy(() -> RatingModelFolder.read(folder.resolve("other")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("task is 'tag', this reads models of task 'rate'");
    }
}
