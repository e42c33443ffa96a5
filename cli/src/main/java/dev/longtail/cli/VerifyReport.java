package dev.longtail.cli;

import dev.longtail.format.ModelComparison;
import dev.longtail.format.ModelFolder;
import dev.longtail.format.TensorComparison.NumberDifference;
import dev.longtail.format.TensorComparison.TensorDifference;
import dev.longtail.kernel.Vectors;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What verify found out. */
final class VerifyReport {

    private static final int SHOWN_FIELDS = 10;

    private final Path place;
    private final ModelFolder folder;
    private final JsonNode provenance;
    private final List<RecordedFiles.State> data;
    private final Optional<ModelComparison> comparison;
    private final boolean trained;

    /**
     * Of a model that was to be trained again.
     *
     * @param place as the user named it
     * @param data what became of its training files
     * @param comparison with the second model; empty where there is none since the data is not what it was
     */
    VerifyReport(Path place, ModelFolder folder, List<RecordedFiles.State> data, Optional<ModelComparison> comparison) {
        this(place, folder, data, comparison, true);
    }

    private VerifyReport(
            Path place,
            ModelFolder folder,
            List<RecordedFiles.State> data,
            Optional<ModelComparison> comparison,
            boolean trained) {
        this.place = place;
        this.folder = folder;
        this.provenance = folder.manifest().path("provenance");
        this.data = data;
        this.comparison = comparison;
        this.trained = trained;
    }

    /** Of a model whose sums alone were checked, and found right. */
    static VerifyReport ofSums(Path place, ModelFolder folder) {
        return new VerifyReport(place, folder, List.of(), Optional.empty(), false);
    }

    /** Whether nothing differs. */
    boolean same() {
        return !trained || comparison.map(ModelComparison::equal).orElse(false);
    }

    void print(PrintWriter out) {
        int files = folder.files().size();
        if (!trained) {
            out.println(place + ": model.json and all " + files + " files have the sums that they should have.");
            return;
        }
        if (same()) {
            out.println(place + ": trained again, and all " + files + " files are the same, bit for bit.");
            return;
        }
        out.println(
                comparison.isPresent()
                        ? place + ": trained again, and NOT the same."
                        : place + ": NOT trained again, since its data is not what it was.");
        Table table = Table.ofTexts("what", "in the model", "now");
        machine(table);
        data(table);
        comparison.ifPresent(found -> differences(found, table));
        table.print(out);
        comparison.flatMap(ModelComparison::tensor).ifPresent(tensor -> out.println(sentence(tensor)));
        if (comparison.isPresent() && !kernels().equals(Vectors.name())) {
            out.println("Kernels of other widths add up in another order, so the last bits differ. The same: "
                    + advice(kernels()) + " in LONGTAIL_JAVA_OPTIONS, on a processor that has them.");
        }
    }

    private void machine(Table table) {
        if (!version().equals(Version.text())) {
            table.row("version", Texts.printable(version()), Version.text());
        }
        if (!kernels().equals(Vectors.name())) {
            table.row("kernels", Texts.printable(kernels()), Vectors.name());
        }
    }

    private void data(Table table) {
        for (RecordedFiles.State state : data) {
            String now = switch (state.standing()) {
                case SAME -> "";
                case CHANGED -> "changed, " + state.sha256();
                case MISSING -> "missing at " + state.place() + "; see --data-from";
            };
            if (!now.isEmpty()) {
                table.row(
                        "data " + Texts.printable(state.recorded().name()),
                        Texts.printable(state.recorded().sha256()),
                        now);
            }
        }
    }

    private static void differences(ModelComparison found, Table table) {
        found.files()
                .forEach(file -> table.row(
                        "file " + file.name(),
                        file.first().orElse("none"),
                        file.second().orElse("none")));
        found.line()
                .ifPresent(line -> table.row(
                        line.file() + ":" + line.number(),
                        Texts.printable(line.first().orElse("no such line")),
                        Texts.printable(line.second().orElse("no such line"))));
        found.fields().stream()
                .limit(SHOWN_FIELDS)
                .forEach(field -> table.row(
                        Texts.printable(field.path()),
                        Texts.printable(field.first().orElse("none")),
                        Texts.printable(field.second().orElse("none"))));
        if (found.fields().size() > SHOWN_FIELDS) {
            table.row((found.fields().size() - SHOWN_FIELDS) + " more fields of model.json", "", "");
        }
    }

    private static String sentence(TensorDifference tensor) {
        String start = "The first tensor that differs is " + tensor.tensor() + " in " + tensor.file() + ": ";
        Optional<NumberDifference> numbers = tensor.numbers();
        if (numbers.isEmpty()) {
            return start + tensor.first().orElse("none") + " in the model, "
                    + tensor.second().orElse("none") + " now.";
        }
        NumberDifference found = numbers.get();
        return String.format(
                Locale.ROOT,
                "%s%,d of %,d numbers, first at %s, which is %s in the model and %s now; the largest difference is %s.",
                start,
                found.count(),
                found.of(),
                found.place().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")),
                found.first(),
                found.second(),
                found.largest());
    }

    /** Arguments of the Java machine that choose kernels. */
    private static String advice(String kernels) {
        if (kernels.startsWith("vector-") && kernels.substring(7).matches("[0-9]{3}")) {
            return "-XX:MaxVectorSize=" + Integer.parseInt(kernels.substring(7)) / 8;
        }
        return "-Dlongtail.kernels=scalar";
    }

    private String version() {
        return provenance.path("libraryVersion").asString("");
    }

    private String kernels() {
        return provenance.path("kernels").asString("");
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("model", place.toString());
        json.put("same", same());
        json.put("trained", comparison.isPresent());
        json.put("files", folder.files().size());
        json.putObject("version").put("model", version()).put("now", Version.text());
        json.putObject("kernels").put("model", kernels()).put("now", Vectors.name());
        ArrayNode read = json.putArray("data");
        for (RecordedFiles.State state : data) {
            read.addObject()
                    .put("name", state.recorded().name())
                    .put("place", state.place().toString())
                    .put("standing", state.standing().name().toLowerCase(Locale.ROOT))
                    .put("sha256", state.recorded().sha256())
                    .put("sha256Now", state.sha256());
        }
        comparison.ifPresent(found -> put(found, json));
        return json;
    }

    private static void put(ModelComparison found, ObjectNode json) {
        ArrayNode files = json.putArray("differentFiles");
        found.files()
                .forEach(file -> files.addObject()
                        .put("name", file.name())
                        .put("model", file.first().orElse(null))
                        .put("now", file.second().orElse(null)));
        ArrayNode fields = json.putArray("differentFields");
        found.fields()
                .forEach(field -> fields.addObject()
                        .put("path", field.path())
                        .put("model", field.first().orElse(null))
                        .put("now", field.second().orElse(null)));
        found.line()
                .ifPresent(line -> json.putObject("firstLine")
                        .put("file", line.file())
                        .put("line", line.number())
                        .put("model", line.first().orElse(null))
                        .put("now", line.second().orElse(null)));
        found.tensor().ifPresent(tensor -> put(tensor, json.putObject("firstTensor")));
    }

    private static void put(TensorDifference tensor, ObjectNode json) {
        json.put("file", tensor.file()).put("tensor", tensor.tensor());
        json.put("form", tensor.first().orElse(null))
                .put("formNow", tensor.second().orElse(null));
        tensor.numbers().ifPresent(numbers -> {
            json.put("different", numbers.count()).put("numbers", numbers.of());
            numbers.place().forEach(json.putArray("place")::add);
            json.put("model", numbers.first()).put("now", numbers.second());
            json.put("largestDifference", numbers.largest());
        });
    }
}
