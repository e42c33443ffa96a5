package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFiles;
import dev.longtail.data.DataFormat;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.RatingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Trains a model again from what its manifest tells: settings, files and options. */
final class Retraining {

    private final Console console;
    private final int threads;
    private final RecordedFiles files;

    /** @param files where the training data is now */
    Retraining(Console console, int threads, RecordedFiles files) {
        this.console = console;
        this.threads = threads;
        this.files = files;
    }

    /**
     * Trains and writes the model.
     *
     * @param manifest of the first model
     * @param temporary folder for temporary files
     * @param folder to write the new model to
     */
    void run(ObjectNode manifest, RunOrigin origin, Path temporary, Path folder) throws IOException {
        ModelTarget target = new ModelTarget(folder, false);
        if (manifest.path("task").asString("").equals(RatingModelFolder.TASK)) {
            RatingConfig config = read(RatingModelFolder::settings, manifest);
            new RateTrain(console, threads).learn(ratings(config, origin, target, temporary));
        } else {
            LabelConfig config = read(LabelModelFolder::settings, manifest);
            new TrainRun(console, threads, temporary).run(tags(config, origin, target));
        }
    }

    private static <C> C read(Function<ObjectNode, C> settings, ObjectNode manifest) {
        try {
            return settings.apply(manifest);
        } catch (IllegalArgumentException e) {
            throw new InputException("model.json", 0, String.valueOf(e.getMessage()), e);
        }
    }

    private RateTrain.Plan ratings(RatingConfig config, RunOrigin origin, ModelTarget target, Path temporary) {
        RatingFiles read = new RatingFiles(
                places(origin.all(RunOrigin.TRAIN)),
                places(origin.all(RunOrigin.VALIDATE)),
                place(origin.one(RunOrigin.ITEMS)));
        return new RateTrain.Plan(
                read,
                config,
                target,
                table("model.users", origin),
                table("model.items", origin),
                temporary,
                true,
                null,
                null);
    }

    private TrainRun.Plan tags(LabelConfig config, RunOrigin origin, ModelTarget target) throws IOException {
        Path labels = place(origin.one(RunOrigin.LABELS));
        DataFiles read = new DataFiles(
                places(origin.all(RunOrigin.TRAIN)),
                places(origin.all(RunOrigin.VALIDATE)),
                labels,
                format(origin.one(RunOrigin.FORMAT)),
                LabelNameOptions.reader(console, labels, origin.one(RunOrigin.LANGUAGE)));
        Path encoderFrom = place(origin.one(RunOrigin.ENCODER));
        LabelModel encoder =
                encoderFrom == null ? null : LabelModelFolder.read(encoderFrom).model();
        TableFiles given = new TableFiles(
                TableOptions.TAG,
                place(origin.one(RunOrigin.ANCHORS)),
                place(origin.one(RunOrigin.VECTORS)),
                places(origin.all(RunOrigin.RELATIONS)),
                List.of());
        return new TrainRun.Plan(
                read, config, propensity(origin), target, encoder, null, null, given, null, encoderFrom, null);
    }

    private TableFiles table(String table, RunOrigin origin) {
        List<Path> anchors = places(origin.ofTable(RunOrigin.ANCHORS, table));
        List<Path> vectors = places(origin.ofTable(RunOrigin.VECTORS, table));
        return new TableFiles(
                table,
                anchors.isEmpty() ? null : anchors.get(0),
                vectors.isEmpty() ? null : vectors.get(0),
                places(origin.ofTable(RunOrigin.RELATIONS, table)),
                List.of());
    }

    private static Propensity propensity(RunOrigin origin) {
        String given = origin.one(RunOrigin.PROPENSITY);
        return given == null ? Propensity.DEFAULT : Converters.propensity(given);
    }

    private static @Nullable DataFormat format(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(DataFormat.values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "model.json",
                        0,
                        "provenance.options.format is '" + Texts.printable(name) + "', which is none"));
    }

    private List<Path> places(List<String> recorded) {
        return recorded.stream().map(files::place).toList();
    }

    private @Nullable Path place(@Nullable String recorded) {
        return recorded == null ? null : files.place(recorded);
    }
}
