package dev.longtail.format;

import dev.longtail.config.Require;
import dev.longtail.model.TableFacts;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.table.InputTable;
import dev.longtail.table.TableConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model's manifest says of its tables and of its loss, in the field {@code anchors}: all that {@link
 * AnchorObjective} needs to compare stored models, so that no parameter is read for it.
 *
 * @param tables at least none, with distinct names
 * @param loss on validation examples; empty where none were held out
 */
public record AnchorFacts(List<Table> tables, Optional<Loss> loss) {

    /** Field of the manifest. */
    public static final String FIELD = "anchors";

    /** Loss of ratings: mean squared error. */
    public static final String MEAN_SQUARED_ERROR = "MSE";

    /** Loss of language models, as in Table 15 of the paper. */
    public static final String LOG_PERPLEXITY = "ln perplexity";

    /**
     * Loss of models that tag: the share of validation examples whose best suggestion is wrong, 1 - P@1. Their training
     * records no other loss on validation examples, and those that it lowers are not comparable from one to the next.
     */
    public static final String WRONG_FIRST = "1 - P@1";

    /**
     * A table. What has no anchors is a special case of E = T A, and counted as one: in a full table every object is
     * its own anchor and T is the identity, so it has as many anchors and as many non-zeros as objects. Its T is not
     * stored, hence no part of the parameters.
     *
     * @param name such as "users"
     * @param anchors K, at least 0
     * @param nnz non-zeros of T, at least 0
     * @param parameters numbers that are stored, indices not counted: "#Emb" of the paper
     */
    public record Table(String name, long anchors, long nnz, long parameters) {

        public Table {
            Require.that(!name.isBlank(), "name of a table", "not blank", "'" + name + "'");
            Require.that(anchors >= 0, "anchors of table " + name, "at least 0", anchors);
            Require.that(nnz >= 0, "nnz of table " + name, "at least 0", nnz);
            Require.that(parameters >= 0, "parameters of table " + name, "at least 0", parameters);
        }

        /**
         * A table of a kind. Every object of a dense one is its own anchor; penalties and short rows leave less of it.
         */
        static Table of(String name, TableConfig config, InputTable table) {
            return switch (config.kind()) {
                case DENSE, MIXED -> new Table(name, table.features(), table.features(), table.parameters());
                case HASHED -> new Table(name, config.buckets(), table.features(), table.parameters());
                case ANCHORS -> {
                    TableFacts facts = TableFacts.of(table);
                    yield mixed(name, facts.anchors(), config.dimension(), facts.nonZeros());
                }
            };
        }

        /** A table of anchors and a sparse T. */
        public static Table mixed(String name, long anchors, int dimension, long nnz) {
            return new Table(name, anchors, nnz, AnchorObjective.parameters(anchors, dimension, nnz));
        }

        /** A table that has a row for every object. */
        public static Table full(String name, long objects, int dimension) {
            return hashed(name, objects, objects, dimension);
        }

        /** A table in which every object has one of so many rows, which it may share: a T with a single 1 in a row. */
        public static Table hashed(String name, long objects, long buckets, int dimension) {
            return new Table(name, buckets, objects, AnchorObjective.parameters(buckets, dimension, 0));
        }
    }

    /**
     * A mean loss on validation examples.
     *
     * @param name what it is; losses of different names are not compared
     * @param value finite
     */
    public record Loss(String name, double value) {

        public Loss {
            Require.that(!name.isBlank(), "lossName", "not blank", "'" + name + "'");
            Require.that(Double.isFinite(value), "loss", "a finite number", value);
        }
    }

    public AnchorFacts {
        tables = List.copyOf(tables);
        Set<String> names = new HashSet<>();
        for (Table table : tables) {
            Require.that(names.add(table.name()), "names of tables", "distinct", table.name());
        }
    }

    /** Tables of a model, and its loss on validation examples. */
    public AnchorFacts(List<Table> tables, String lossName, double loss) {
        this(tables, Optional.of(new Loss(lossName, loss)));
    }

    /** K of all tables. */
    public long anchors() {
        return sum(Table::anchors);
    }

    /** Non-zeros of T of all tables. */
    public long nnz() {
        return sum(Table::nnz);
    }

    /** Parameters of all tables. */
    public long parameters() {
        return sum(Table::parameters);
    }

    private long sum(ToLongFunction<Table> part) {
        return tables.stream().mapToLong(part).sum();
    }

    /** Puts this among the fields of a manifest that is to be written. */
    public void putInto(ObjectNode fields) {
        fields.set(FIELD, toJson());
    }

    /**
     * {@code {"tables": [{"name", "anchors", "nnz", "parameters"}, ...], "loss": x, "lossName": "MSE"}}; without the
     * last two where no loss is known.
     */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("tables");
        for (Table table : tables) {
            list.addObject()
                    .put("name", table.name())
                    .put("anchors", table.anchors())
                    .put("nnz", table.nnz())
                    .put("parameters", table.parameters());
        }
        loss.ifPresent(recorded -> json.put("loss", recorded.value()).put("lossName", recorded.name()));
        return json;
    }

    /**
     * Reads the manifest of a model and no other file. A model that tags and records no anchors has a table that is
     * full or hashed, of which its settings and counts tell the same; one that records no loss has P@1 among its
     * measures on the validation part.
     *
     * @throws ModelFormatException when the folder is no model, its manifest is damaged, or it tells nothing of tables
     */
    public static AnchorFacts read(Path folder) throws IOException {
        Path place = Siblings.of(folder).readable();
        Path file = folder.resolve(ModelManifest.NAME);
        ObjectNode manifest = ModelManifest.read(place).json();
        boolean tags = manifest.path("task").asString("").equals("tag");
        if (!manifest.has(FIELD) && !tags) {
            throw new ModelFormatException(
                    file, -1, "tells nothing of anchors or tables; train the model again with this release");
        }
        try {
            List<Table> tables =
                    manifest.has(FIELD) ? tables(file, manifest.path(FIELD)) : LabelTables.of(file, manifest);
            Optional<Loss> loss = loss(file, manifest.path(FIELD));
            return new AnchorFacts(tables, loss.isEmpty() && tags ? LabelTables.loss(manifest) : loss);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFormatException(file, -1, String.valueOf(e.getMessage()));
        }
    }

    private static List<Table> tables(Path file, JsonNode json) throws ModelFormatException {
        JsonNode list = json.path("tables");
        check(list.isArray(), file, FIELD + ".tables must be a list, is " + list);
        List<Table> tables = new ArrayList<>();
        for (JsonNode table : list) {
            check(table.path("name").isString(), file, "a table in " + FIELD + ".tables has no name: " + table);
            tables.add(new Table(
                    table.path("name").stringValue(),
                    count(file, table, "anchors"),
                    count(file, table, "nnz"),
                    count(file, table, "parameters")));
        }
        return tables;
    }

    private static Optional<Loss> loss(Path file, JsonNode json) throws ModelFormatException {
        JsonNode value = json.path("loss");
        JsonNode name = json.path("lossName");
        if (value.isMissingNode() && name.isMissingNode()) {
            return Optional.empty();
        }
        check(value.isNumber(), file, FIELD + ".loss must be a number, is " + value);
        check(name.isString(), file, FIELD + ".lossName must be a text, is " + name);
        return Optional.of(new Loss(name.stringValue(), value.doubleValue()));
    }

    /** A whole number of an object. */
    static long count(Path file, JsonNode json, String name) throws ModelFormatException {
        JsonNode count = json.path(name);
        boolean whole = count.isIntegralNumber() && count.canConvertToLong() && count.longValue() >= 0;
        check(whole, file, name + " must be a whole number, at least 0, in " + json);
        return count.longValue();
    }

    private static void check(boolean holds, Path file, String reason) throws ModelFormatException {
        if (!holds) {
            throw new ModelFormatException(file, -1, reason);
        }
    }
}
