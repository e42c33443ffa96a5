package dev.longtail.format;

import dev.longtail.config.InputException;
import dev.longtail.config.Settings;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.LabelSet;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.model.TableFacts;
import dev.longtail.output.AnchorLayer;
import dev.longtail.parallel.Aside;
import dev.longtail.train.LabelConfig;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A {@link LabelModel} as a model folder: parameters, labels, vocabulary, settings and where they come from. */
public final class LabelModelFolder {

    static final String TENSORS = "parameters.safetensors";
    static final String LABELS = "labels.tsv";

    private LabelModelFolder() {}

    /**
     * A label model that was read.
     *
     * @param config settings it was trained with
     * @param manifest all of model.json
     * @param bytes size of the folder
     */
    public record Stored(LabelModel model, LabelConfig config, ObjectNode manifest, long bytes) {}

    /**
     * Writes a model; a reader sees the old folder or the new one, never a part.
     *
     * @param replace whether a model that is there may be replaced; what is no model never is
     * @throws java.nio.file.FileAlreadyExistsException when something is there and no model may be replaced; an empty
     *     folder always may
     */
    public static void write(Path folder, LabelModel model, LabelConfig config, Provenance provenance, boolean replace)
            throws IOException {
        write(folder, model, config, provenance.toJson(), replace);
    }

    /**
     * Writes a model that was made from a stored one.
     *
     * @param provenance where it comes from
     * @param replace whether a model that is there may be replaced; what is no model never is
     * @throws java.nio.file.FileAlreadyExistsException as {@link #write}
     */
    public static void write(
            Path folder, LabelModel model, LabelConfig config, ShrunkProvenance provenance, boolean replace)
            throws IOException {
        write(folder, model, config, provenance.toJson(), replace);
    }

    /**
     * Writes a model whose labels were changed, or that learned from feedback; it may replace the one that it was made
     * from, and no other file in the folder.
     *
     * @param provenance where it comes from
     */
    public static void write(Path folder, LabelModel model, LabelConfig config, LivingProvenance provenance)
            throws IOException {
        write(folder, model, config, provenance.toJson(), true);
    }

    /**
     * SHA-256 of the manifest of the model in a folder, which tells it from every other model; empty when there is
     * none.
     */
    public static String identity(Path folder) throws IOException {
        try {
            return Checksums.of(Siblings.of(folder).readable().resolve(ModelManifest.NAME));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static void write(Path folder, LabelModel model, LabelConfig config, ObjectNode provenance, boolean replace)
            throws IOException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("task", "tag");
        fields.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("trainExamples", model.trainExamples());
        fields.put("labels", model.labels().size());
        fields.set("features", FeatureSpaces.toJson(model.features()));
        fields.set("settings", Settings.toJson(config));
        fields.set("provenance", provenance);
        facts(model, provenance).ifPresent(facts -> facts.putInto(fields));
        List<Payload> payloads = new ArrayList<>();
        payloads.add(Payload.ofTensors(TENSORS, model.tensors()));
        ArmsFile.payload(model).ifPresent(payloads::add);
        CalibrationFile.payload(model).ifPresent(payloads::add);
        payloads.add(text(LABELS, model.labels()::write));
        FeatureSpaces.payload(model.features()).ifPresent(payloads::add);
        if (replace) {
            ModelFolder.write(folder, fields, payloads);
        } else {
            ModelFolder.writeNew(folder, fields, payloads);
        }
    }

    /**
     * Reads a model. Everything is checked before parameters are allocated: every byte against its checksum, settings
     * and counts against their bounds, names, shapes and sizes of tensors against what the settings ask for.
     *
     * @throws ModelFormatException when the folder is no label model of a version that this release reads, or damaged
     */
    public static Stored read(Path path) throws IOException {
        ModelFolder folder = ModelFolder.open(path);
        Path manifest = path.resolve(ModelManifest.NAME);
        ObjectNode json = folder.manifest();
        String task = json.path("task").asString("");
        if (!task.equals("tag")) {
            throw new ModelFormatException(manifest, -1, "task is '" + task + "', this reads models of task 'tag'");
        }
        try (Safetensors tensors = Safetensors.open(folder.file(TENSORS))) {
            LabelConfig config = settings(json);
            LabelModel model = model(folder, config, tensors);
            return new Stored(model, config, json, folder.bytes());
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(path, -1, "has a text file that is not UTF-8; copy the model again");
        } catch (IllegalArgumentException | ArithmeticException | InputException e) {
            throw new ModelFormatException(manifest, -1, String.valueOf(e.getMessage()));
        }
    }

    /** Features and arms are read on threads of their own: each takes about as long as all else. */
    private static LabelModel model(ModelFolder folder, LabelConfig config, Safetensors tensors) throws IOException {
        try (Aside<FeatureSpace> features =
                Aside.begin("longtail-features", () -> FeatureSpaces.read(folder, config))) {
            LabelSet labels;
            try (BufferedReader in = Files.newBufferedReader(folder.file(LABELS), StandardCharsets.UTF_8)) {
                labels = LabelSet.read(in, folder.file(LABELS).toString());
            }
            int size = FeatureSpaces.size(folder);
            int read = config.model().table().ngrams() ? size : FeatureSpaces.words(folder);
            Path file = folder.file(TENSORS);
            TensorShapes.check(file, tensors, config, read, labels.size());
            try (Aside<Optional<ArmsFile>> arms =
                    Aside.begin("longtail-arms", () -> ArmsFile.read(folder, config, labels.size(), size))) {
                int trainExamples = folder.manifest().path("trainExamples").asInt(-1);
                LabelModel model = LabelModel.stored(config.model(), features.get(), labels, trainExamples);
                for (Tensor tensor : model.fixed()) {
                    tensors.copyInto(tensor);
                }
                model.take(StatedTensors.read(file, tensors, name -> TensorShapes.isStated(config.model(), name)));
                model.check();
                arms.get().ifPresent(found -> found.giveTo(model));
                CalibrationFile.read(folder, config, model);
                return model;
            }
        }
    }

    /**
     * The settings in a manifest; those that it lacks, being of an older release, are what that release did.
     *
     * @param manifest of a label model
     * @throws IllegalArgumentException when they are not what settings must be
     */
    public static LabelConfig settings(ObjectNode manifest) {
        return Settings.fromJson(LabelConfig.class, OlderSettings.completed(manifest));
    }

    /** What other models of anchors are compared by; dense tables tell it by their settings. */
    private static Optional<AnchorFacts> facts(LabelModel model, ObjectNode provenance) {
        List<AnchorFacts.Table> tables = new ArrayList<>();
        if (model.output() instanceof AnchorLayer labels) {
            TableFacts facts = TableFacts.of(labels.table());
            tables.add(AnchorFacts.Table.mixed("output", facts.anchors(), labels.inputs(), facts.nonZeros()));
        }
        if (model.table().isFixed() && tables.isEmpty()) {
            return Optional.empty();
        }
        tables.add(0, AnchorFacts.Table.of("table", model.config().table(), model.table()));
        JsonNode precision = provenance.path("validation").path("P@1");
        return Optional.of(new AnchorFacts(
                tables,
                precision.isNumber()
                        ? Optional.of(new AnchorFacts.Loss(AnchorFacts.WRONG_FIRST, 1 - precision.asDouble()))
                        : Optional.empty()));
    }

    /** A text file in UTF-8. */
    static Payload text(String name, TextContent content) {
        return new Payload(name, channel -> {
            Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            content.write(out);
            out.flush();
        });
    }

    /** Writes text. */
    @FunctionalInterface
    interface TextContent {
        void write(Writer out) throws IOException;
    }
}
