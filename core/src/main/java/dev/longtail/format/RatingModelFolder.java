package dev.longtail.format;

import dev.longtail.config.InputException;
import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingModelConfig;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.SeenItems;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A {@link RatingModel} as a model folder: parameters, users, items, what users have rated, settings and origin. */
public final class RatingModelFolder {

    /** What the manifest calls such models. */
    public static final String TASK = "rate";

    static final String TENSORS = "parameters.safetensors";
    static final String SEEN = "seen.safetensors";
    static final String USERS = "users.tsv";
    static final String ITEMS = "items.tsv";

    private RatingModelFolder() {}

    /**
     * A rating model that was read.
     *
     * @param config settings it was trained with
     * @param manifest all of model.json
     * @param bytes size of the folder
     */
    public record Stored(RatingModel model, RatingConfig config, ObjectNode manifest, long bytes) {}

    /**
     * Writes a model; a reader sees the old folder or the new one, never a part.
     *
     * @param replace whether a model that is there may be replaced; what is no model never is
     * @throws java.nio.file.FileAlreadyExistsException when something is there and no model may be replaced; an empty
     *     folder always may
     */
    public static void write(
            Path folder, RatingModel model, RatingConfig config, RatingProvenance provenance, boolean replace)
            throws IOException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("task", TASK);
        fields.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("users", model.users().size());
        fields.put("items", model.items().size());
        fields.put("trainRatings", trainRatings(model.users()));
        facts(model, provenance).putInto(fields);
        fields.set("settings", Settings.toJson(config));
        fields.set("provenance", provenance.toJson());
        List<Payload> payloads = new ArrayList<>();
        payloads.add(Payload.ofTensors(TENSORS, model.all()));
        model.seen()
                .ifPresent(seen -> payloads.add(
                        Payload.ofTensors(SEEN, seen.tensors(model.items().size()))));
        payloads.add(LabelModelFolder.text(USERS, model.users()::write));
        payloads.add(LabelModelFolder.text(ITEMS, model.items()::write));
        if (replace) {
            ModelFolder.write(folder, fields, payloads);
        } else {
            ModelFolder.writeNew(folder, fields, payloads);
        }
    }

    /** Number of ratings that a model was trained with, which is the sum over its users. */
    public static long trainRatings(Ids users) {
        long sum = 0;
        for (int user = 0; user < users.size(); user++) {
            sum += users.count(user);
        }
        return sum;
    }

    /**
     * Reads a model. Everything is checked before parameters are allocated: every byte against its checksum, settings
     * and counts against their bounds, names, shapes and sizes of tensors against what the settings ask for.
     *
     * @throws ModelFormatException when the folder is no rating model of a version that this release reads, or damaged
     */
    public static Stored read(Path path) throws IOException {
        ModelFolder folder = ModelFolder.open(path);
        Path manifest = path.resolve(ModelManifest.NAME);
        ObjectNode json = folder.manifest();
        String task = json.path("task").asString("");
        if (!task.equals(TASK)) {
            throw new ModelFormatException(manifest, -1, "task is '" + task + "', this reads models of task 'rate'");
        }
        try (Safetensors tensors = Safetensors.open(folder.file(TENSORS))) {
            RatingConfig config = settings(json);
            Ids users;
            try (BufferedReader in = Files.newBufferedReader(folder.file(USERS), StandardCharsets.UTF_8)) {
                users = Ids.read(in, path.resolve(USERS).toString());
            }
            Items items;
            try (BufferedReader in = Files.newBufferedReader(folder.file(ITEMS), StandardCharsets.UTF_8)) {
                items = Items.read(in, path.resolve(ITEMS).toString());
            }
            check(manifest, "users", json.path("users").asInt(-1), users.size());
            check(manifest, "items", json.path("items").asInt(-1), items.size());
            Map<String, List<Long>> wanted = wanted(config, users, items.ids());
            checkShapes(path.resolve(TENSORS), tensors, config.model(), wanted);
            RatingModel model = new RatingModel(config.model(), users, items);
            for (Tensor tensor : model.fixed()) {
                tensors.copyInto(tensor);
            }
            model.take(StatedTensors.read(path.resolve(TENSORS), tensors, name -> !wanted.containsKey(name)));
            model.check();
            model.seen(seen(folder, model));
            return new Stored(model, config, json, folder.bytes());
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(path, -1, "has a text file that is not UTF-8; copy the model again");
        } catch (IllegalArgumentException | ArithmeticException | InputException e) {
            throw new ModelFormatException(manifest, -1, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The settings in a manifest; those that it lacks, being of an older release, are what that release did.
     *
     * @param manifest of a rating model
     * @throws IllegalArgumentException when they are not what settings must be
     */
    public static RatingConfig settings(ObjectNode manifest) {
        return Settings.fromJson(RatingConfig.class, OlderSettings.completedRating(manifest));
    }

    private static void check(Path manifest, String name, int stated, int found) throws ModelFormatException {
        if (stated != found || found < 1) {
            throw new ModelFormatException(
                    manifest,
                    -1,
                    name + " is " + stated + ", " + name + ".tsv has " + found + "; at least 1 is needed");
        }
    }

    private static Optional<SeenItems> seen(ModelFolder folder, RatingModel model) throws IOException {
        if (!folder.files().contains(SEEN)) {
            return Optional.empty();
        }
        Path file = folder.file(SEEN);
        try (Safetensors tensors = Safetensors.open(file)) {
            List<Tensor> read = StatedTensors.read(file, tensors, Set.of(TensorType.I32, TensorType.U16));
            return Optional.of(SeenItems.ofTensors(
                    read, model.users().size(), model.items().size()));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, -1, String.valueOf(e.getMessage()));
        }
    }

    private static AnchorFacts facts(RatingModel model, RatingProvenance provenance) {
        List<AnchorFacts.Table> tables = List.of(
                AnchorFacts.Table.of("users", model.config().users(), model.userTable()),
                AnchorFacts.Table.of("items", model.config().items(), model.itemTable()));
        return new AnchorFacts(
                tables,
                Optional.ofNullable(provenance.validation().get("MSE"))
                        .map(mse -> new AnchorFacts.Loss(AnchorFacts.MEAN_SQUARED_ERROR, mse.doubleValue())));
    }

    /** Shapes of the tensors that a model of these settings has and that do not change, all of 32-bit floats. */
    private static Map<String, List<Long>> wanted(RatingConfig config, Ids users, Ids items) {
        Map<String, List<Long>> wanted = new LinkedHashMap<>();
        wanted.put("range", List.of(3L));
        if (config.model().biases()) {
            wanted.put("users.bias", List.of((long) users.size()));
            wanted.put("items.bias", List.of((long) items.size()));
        }
        wanted.putAll(config.model().users().fixedShapes(users.counts(), "users"));
        wanted.putAll(config.model().items().fixedShapes(items.counts(), "items"));
        return wanted;
    }

    /** Whether a tensor may belong to a table whose shapes the file decides. */
    private static boolean isOfChangingTable(String name, RatingModelConfig model) {
        return name.startsWith("users.") && model.users().kind() == TableConfig.Kind.ANCHORS
                || name.startsWith("items.") && model.items().kind() == TableConfig.Kind.ANCHORS;
    }

    private static void checkShapes(
            Path file, Safetensors tensors, RatingModelConfig model, Map<String, List<Long>> wanted)
            throws ModelFormatException {
        boolean strange =
                tensors.names().stream().anyMatch(name -> !wanted.containsKey(name) && !isOfChangingTable(name, model));
        if (strange || !tensors.names().containsAll(wanted.keySet())) {
            throw new ModelFormatException(
                    file, -1, "holds " + tensors.names() + ", the settings ask for " + wanted.keySet());
        }
        for (Map.Entry<String, List<Long>> entry : wanted.entrySet()) {
            String name = entry.getKey();
            if (tensors.type(name) != TensorType.F32 || !tensors.shape(name).equals(entry.getValue())) {
                throw new ModelFormatException(
                        file,
                        -1,
                        "tensor " + name + " is " + tensors.type(name) + " " + tensors.shape(name)
                                + ", the settings ask for F32 " + entry.getValue());
            }
        }
    }
}
