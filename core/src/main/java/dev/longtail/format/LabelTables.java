package dev.longtail.format;

import dev.longtail.table.TableConfig.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of a label model whose manifest has no field for it, from its settings and counts. */
final class LabelTables {

    private static final String NAME = "features";

    private LabelTables() {}

    /** The input table, or none in a model without an embedding arm. */
    static List<AnchorFacts.Table> of(Path file, ObjectNode manifest) throws ModelFormatException {
        JsonNode model = OlderSettings.completed(manifest).path("model");
        if (!model.path("embedding").asBoolean(true)) {
            return List.of();
        }
        JsonNode table = model.path("table");
        JsonNode features = manifest.path("features");
        boolean all = table.path("ngrams").asBoolean(true) || !features.has("words");
        long read = AnchorFacts.count(file, features, all ? "size" : "words");
        int dimension = Math.toIntExact(AnchorFacts.count(file, table, "dimension"));
        String kind = table.path("kind").asString("");
        if (kind.equals(text(Kind.DENSE))) {
            return List.of(AnchorFacts.Table.full(NAME, read, dimension));
        }
        if (kind.equals(text(Kind.HASHED))) {
            long buckets = AnchorFacts.count(file, table, "buckets");
            return List.of(AnchorFacts.Table.hashed(NAME, read, buckets, dimension));
        }
        throw new ModelFormatException(
                file, -1, "has a table of kind '" + kind + "' and no field " + AnchorFacts.FIELD + " that counts it");
    }

    /** The share of validation examples whose best suggestion is wrong. */
    static Optional<AnchorFacts.Loss> loss(ObjectNode manifest) {
        JsonNode precision = manifest.path("provenance").path("validation").path("P@1");
        return precision.isNumber()
                ? Optional.of(new AnchorFacts.Loss(AnchorFacts.WRONG_FIRST, 1 - precision.doubleValue()))
                : Optional.empty();
    }

    private static String text(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
