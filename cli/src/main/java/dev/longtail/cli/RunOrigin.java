package dev.longtail.cli;

import dev.longtail.data.DataFiles;
import dev.longtail.data.DataFormat;
import dev.longtail.data.SourceFile;
import dev.longtail.metrics.Propensity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Options of train that are no settings and that the model depends on, as its provenance keeps them: names without
 * dashes, to what was given. With settings and files it is all that is needed to train the model again.
 */
final class RunOrigin {

    static final String TRAIN = "train";
    static final String VALIDATE = "validate";
    static final String LABELS = "labels";
    static final String LANGUAGE = "label-language";
    static final String FORMAT = "format";
    static final String PROPENSITY = "propensity";
    static final String ENCODER = "encoder-from";
    static final String ITEMS = "items";
    static final String ANCHORS = "anchors-from";
    static final String VECTORS = "vectors-from";
    static final String RELATIONS = "relations";

    private static final String MANIFEST = "model.json";

    private final Map<String, List<String>> options;

    private RunOrigin(Map<String, List<String>> options) {
        this.options = options;
    }

    /** The options of a run that tags. */
    static Map<String, List<String>> of(TrainRun.Plan plan) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        DataFiles files = plan.files();
        put(options, TRAIN, files.train());
        put(options, VALIDATE, files.validation());
        put(options, LABELS, files.labelNames());
        put(options, LANGUAGE, LabelNameOptions.language(files.nameReader()));
        DataFormat format = files.format();
        put(options, FORMAT, format == null ? null : format.name().toLowerCase(Locale.ROOT));
        if (!plan.propensity().equals(Propensity.DEFAULT)) {
            put(
                    options,
                    PROPENSITY,
                    plan.propensity().a() + "," + plan.propensity().b());
        }
        put(options, ENCODER, plan.encoderFrom());
        put(options, ANCHORS, plan.given().anchors());
        put(options, VECTORS, plan.given().vectors());
        put(options, RELATIONS, plan.given().relations());
        return options;
    }

    /** The options of a run that rates. */
    static Map<String, List<String>> of(RateTrain.Plan plan) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        put(options, TRAIN, plan.files().train());
        put(options, VALIDATE, plan.files().validation());
        put(options, ITEMS, plan.files().items());
        for (TableFiles table : List.of(plan.users(), plan.items())) {
            String prefix = prefix(table.table());
            add(options, ANCHORS, prefix, table.anchors());
            add(options, VECTORS, prefix, table.vectors());
            table.relations().forEach(file -> add(options, RELATIONS, prefix, file));
        }
        return options;
    }

    /** The manifest of the model that the encoder was taken from, which has the sums of its other files. */
    static List<SourceFile> encoder(TrainRun.Plan plan) throws IOException {
        Path folder = plan.encoderFrom();
        return folder == null ? List.of() : List.of(SourceFile.of(folder.resolve(MANIFEST)));
    }

    /** The options in a manifest; empty where it tells none, being of a run in a program or of an older release. */
    static Optional<RunOrigin> read(ObjectNode manifest) {
        if (!(manifest.path("provenance").path("options") instanceof ObjectNode given)
                || given.path(TRAIN).isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> options = new LinkedHashMap<>();
        given.properties().forEach(option -> {
            List<String> values = new ArrayList<>();
            for (JsonNode value : option.getValue()) {
                values.add(value.asString(""));
            }
            options.put(option.getKey(), values);
        });
        return Optional.of(new RunOrigin(options));
    }

    /** What was given to an option, empty where it was not. */
    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** What was given to an option that takes one value, null for none. */
    @Nullable
    String one(String option) {
        List<String> values = all(option);
        return values.isEmpty() ? null : values.get(0);
    }

    /** What was given to an option for one table of a model that rates. */
    List<String> ofTable(String option, String table) {
        String prefix = prefix(table);
        return all(option).stream()
                .filter(value -> value.startsWith(prefix))
                .map(value -> value.substring(prefix.length()))
                .toList();
    }

    private static String prefix(String table) {
        return table.substring(table.lastIndexOf('.') + 1) + "=";
    }

    private static void put(Map<String, List<String>> options, String name, List<Path> files) {
        if (!files.isEmpty()) {
            options.put(name, files.stream().map(Path::toString).toList());
        }
    }

    private static void put(Map<String, List<String>> options, String name, @Nullable Object value) {
        if (value != null) {
            options.put(name, List.of(value.toString()));
        }
    }

    private static void add(Map<String, List<String>> options, String name, String prefix, @Nullable Path file) {
        if (file != null) {
            options.computeIfAbsent(name, key -> new ArrayList<>()).add(prefix + file);
        }
    }
}
