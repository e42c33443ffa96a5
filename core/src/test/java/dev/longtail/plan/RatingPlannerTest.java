package dev.longtail.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.data.ReadListener;
import dev.longtail.format.CheckpointFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.format.RatingProvenance;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.rating.SeenItems;
import dev.longtail.train.Checkpoints;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RatingPlannerTest {

    private static final int USERS = 700;
    private static final int ITEMS = 300;
    private static final int RATINGS = 40_000;

    @TempDir
    private Path folder;

    private RatingFiles files() throws IOException {
        Path file = folder.resolve("ratings.csv");
        StringBuilder lines = new StringBuilder("user,item,rating,timestamp\n");
        Random random = new Random(1);
        for (int pair : random.ints(RATINGS, 0, USERS * ITEMS).toArray()) {
            lines.append("user-").append(pair / ITEMS).append(",item-").append(pair % ITEMS);
            lines.append(',')
                    .append(1 + random.nextInt(5))
                    .append(',')
                    .append(pair)
                    .append('\n');
        }
        Files.writeString(file, lines);
        return new RatingFiles(List.of(file), List.of(), null);
    }

    private static RatingConfig config(String... settings) {
        RatingConfig config = Settings.override(RatingConfig.DEFAULT, Map.of("maxEpochs", "3"));
        for (String setting : settings) {
            int at = setting.indexOf('=');
            config = Settings.override(config, Map.of(setting.substring(0, at), setting.substring(at + 1)));
        }
        return config;
    }

    private static RatingData read(RatingFiles files, RatingConfig config) throws IOException {
        return RatingData.read(files, config.data(), config.train().seed(), ReadListener.NONE);
    }

    private RatingPlan plan(RatingConfig config, RatingData data, Workers workers) throws IOException {
        return new RatingPlanner(
                        new Cost(2, 1),
                        new JavaMachine(1L << 32),
                        workers,
                        new Planner.Tools(new Cost.Clock(System::nanoTime), folder, true))
                .plan(config, data, RatingShape.of(data, config.data(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.users.kind=dense",
                "model.items.kind=hashed",
                "model.items.kind=mixed",
                "model.users.kind=anchors",
                "solver=variational",
                "keepSeen=false"
            })
    void theModelHasTheSizeThatWasPlanned(String setting) throws IOException {
        RatingConfig config = config(setting);
        RatingData data = read(files(), config);
        try (Workers workers = new Workers(2)) {
            RatingPlan plan = plan(config, data, workers);
            RatingModel model = config.newModel(data);
            List<RatingEpochReport> epochs = new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, data.train(), data.validation());
            if (config.data().keepSeen()) {
                model.seen(Optional.of(SeenItems.of(data.train(), data.users().size())));
            }
            Path written = folder.resolve("model");
            RatingModelFolder.write(written, model, config, RatingProvenance.of(data, epochs), false);
            assertThat(plan.modelBytes()).isCloseTo(sizeOf(written), Percentage.withPercentage(8));
            assertThat(plan.modelBytes())
                    .isEqualTo(plan.model().users()
                            + plan.model().items()
                            + plan.model().seen()
                            + plan.model().texts());
            assertThat(plan.model().seen() > 0).isEqualTo(config.data().keepSeen());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.users.kind=dense", "model.items.kind=hashed", "model.users.kind=mixed"})
    void shapesTellTheSizesOfTables(String setting) throws IOException {
        RatingConfig config = config(setting, "model.items.mixed.temperature=0.3");
        RatingData data = read(files(), config);
        RatingSizes sizes = RatingSizes.of(config, data);
        long bytes = 0;
        for (Tensor tensor : config.newModel(data).all()) {
            boolean known = tensor.name().startsWith("users.") || tensor.name().startsWith("items.");
            bytes += known ? tensor.elements() * TensorPages.numberBytes(tensor) : 0;
        }
        assertThat(sizes.users() + sizes.items()).isEqualTo(bytes);
        assertThat(sizes.mostUsers()).isEqualTo(sizes.users());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.kind=yogi",
                "optimizer.kind=adagrad",
                "optimizer.kind=factored-adamw",
                "model.biases=false",
                "model.users.rowPenalty.l1=0.001",
                "model.items.kind=hashed",
                "model.items.kind=mixed",
                "model.users.kind=anchors",
                "solver=variational",
                "validationFraction=0"
            })
    void checkpointsHaveTheSizeThatWasPlanned(String setting) throws IOException {
        RatingConfig config = config(setting);
        RatingData data = read(files(), config);
        List<Long> sizes = new ArrayList<>();
        CheckpointFolder.Listener listener = new CheckpointFolder.Listener() {
            @Override
            public void kept(Path checkpoint, Checkpoints.Moment moment) {
                sizes.add(sizeOf(checkpoint));
            }

            @Override
            public void failed(IOException failure) {
                throw new AssertionError(failure);
            }
        };
        try (Workers workers = new Workers(2)) {
            RatingPlan plan = plan(config, data, workers);
            new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .keeping(new CheckpointFolder(
                            folder.resolve("checkpoints"),
                            Settings.toJson(config),
                            Map.of(),
                            new CheckpointFolder.Pace(Duration.ZERO, System::nanoTime),
                            listener))
                    .train(config.newModel(data), data.train(), data.validation());
            assertThat(sizes).hasSize(config.train().maxEpochs());
            long most = sizes.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(plan.checkpointBytes() / 3).isCloseTo(most, Percentage.withPercentage(5));
        }
    }

    private static long sizeOf(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void memoryIsOfTheArraysOfEachWayToLearn() throws IOException {
        RatingConfig steps = config();
        RatingData data = read(files(), steps);
        int known = data.users().size() + data.items().size();
        try (Workers workers = new Workers(2)) {
            MemoryPlan ofSteps = plan(steps, data, workers).alive();
            assertThat(ofSteps.bytes(Phase.LEARNING, Part.USER_TABLE) + ofSteps.bytes(Phase.LEARNING, Part.ITEM_TABLE))
                    .isEqualTo((16 + 1L) * Float.BYTES * known);
            // Yogi remembers two numbers for each, AdaGrad one for each bias
            assertThat(ofSteps.bytes(Phase.LEARNING, Part.OPTIMIZER_STATE))
                    .isBetween((2L * 16 + 1) * Float.BYTES * known, (2L * 16 + 1) * Float.BYTES * known + 1_000);
            assertThat(ofSteps.bytes(Phase.LEARNING, Part.CHECKPOINT)).isBetween(1L << 20, (1L << 20) + 1_000);
            assertThat(ofSteps.bytes(Phase.LEARNING, Part.RATINGS)).isEqualTo(5L * RATINGS);
            assertThat(ofSteps.bytes(Phase.LEARNING, Part.BELIEFS)).isZero();

            MemoryPlan ofSweeps =
                    plan(config("solver=variational"), data, workers).alive();
            assertThat(ofSweeps.bytes(Phase.LEARNING, Part.OPTIMIZER_STATE)).isZero();
            long beliefs = (16 + 16L * 17 / 2) * Float.BYTES * known;
            long ordered = 2L * 3 * data.train().size();
            assertThat(ofSweeps.bytes(Phase.LEARNING, Part.BELIEFS))
                    .isBetween(beliefs + ordered, beliefs + ordered + 8L * known);

            // of each of 40,000 lines 12 bytes, and 8 of its time
            assertThat(plan(config("split=time"), data, workers).alive().bytes(Phase.READING, Part.RATINGS))
                    .isEqualTo(20L * RATINGS);
        }
    }

    @Test
    void twiceTheEpochsTakeTwiceTheTimeAndHeldOutRatingsLieInAFile() throws IOException {
        RatingData data = read(files(), config());
        try (Workers workers = new Workers(1)) {
            RatingPlan few = plan(config("maxEpochs=100"), data, workers);
            RatingPlan many = plan(config("maxEpochs=1000"), data, workers);
            double ratio = many.time().cost(Phase.LEARNING).seconds()
                    / few.time().cost(Phase.LEARNING).seconds();
            assertThat(ratio).isBetween(3.0, 30.0); // measured twice, on a machine that does other things as well
            assertThat(few.temporaryBytes())
                    .isEqualTo(few.model().users() + few.model().items() + 3L * Float.BYTES);
            RatingConfig all = config("validationFraction=0");
            assertThat(plan(all, read(files(), all), workers).temporaryBytes()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonparametric.learned=true", "online.stream=true"})
    void sizesThatAreNotKnownBeforeAreRefused(String setting) throws IOException {
        RatingConfig config = config("model.users.kind=anchors", "model.items.kind=anchors", setting);
        RatingData data = read(files(), config);
        try (Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> plan(config, data, workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("where a run is planned, must be false");
        }
    }
}
